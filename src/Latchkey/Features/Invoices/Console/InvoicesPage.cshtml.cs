using Latchkey.Features.Layouts;
using Latchkey.Platform.Staff;
using Latchkey.Platform.Web;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Localization;

namespace Latchkey.Features.Invoices.Console;

/// <summary>An organization's invoices, the newest first.</summary>
public sealed class InvoicesPageModel(ReadInvoices readInvoices, IStringLocalizer<Texts> l) : PageModel
{
    public const string Address = "/console/invoices";
    private static readonly string[] Known = ["due", "overdue", "processing", "failed", "paid", "refunded", "void"];

    public IReadOnlyList<Invoice> Rows { get; private set; } = [];
    public PagerLinks Pager { get; private set; } = new(null, null);
    public string Typed { get; private set; } = "";
    public string? State { get; private set; }
    public DateOnly Today => readInvoices.Today;
    public bool IsNarrowed => Typed.Length > 0 || State is not null;

    public async Task OnGetAsync(CancellationToken cancel)
    {
        Typed = Request.Query.ReadText("q");
        State = Known.FirstOrDefault(s => s == Request.Query["state"]);
        var after = Request.Query.ReadId("after");
        var list = await readInvoices.FindAsync(HttpContext.Staff().OrganizationId, Typed, State, after, cancel);
        Rows = list.Rows;
        Pager = new(after is null ? null : At(State), list.HasMore ? At(State, Rows[^1].Id) : null);
    }

    /// <summary>This list, otherwise filtered.</summary>
    public string At(string? state, Guid? after = null) => ListAddress.Of(Address, ("q", Typed), ("state", state), ("after", after?.ToString()));

    public IEnumerable<(string? State, string Word)> States =>
    [
        (null, l["All"]), ("due", l["Due"]), ("overdue", l["Overdue"]), ("processing", l["Processing"]), ("failed", l["Failed"]), ("paid", l["Paid"]), ("refunded", l["Refunded"]), ("void", l["Void"]),
    ];
}
