using Latchkey.Features.Layouts;
using Latchkey.Platform.Staff;
using Latchkey.Platform.Web;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Localization;

namespace Latchkey.Features.Payments.Console;

/// <summary>An organization's payments, the newest first.</summary>
public sealed class PaymentsPageModel(ListPayments listPayments, IStringLocalizer<Texts> l) : PageModel
{
    private static readonly string[] Known = ["paid", "processing", "failed", "suspect", "disputed"];

    public IReadOnlyList<ListedPayment> Rows { get; private set; } = [];
    public PagerLinks Pager { get; private set; } = new(null, null);
    public string? State { get; private set; }

    public IEnumerable<(string? State, string Word)> States => [(null, l["All"]), ("paid", l["Paid"]), ("processing", l["Processing"]), ("failed", l["Failed"]), ("suspect", l["Not believed"]), ("disputed", l["Disputed"])];

    public async Task OnGetAsync(CancellationToken cancel)
    {
        State = Known.FirstOrDefault(s => s == Request.Query["state"]);
        var after = Request.Query.ReadId("after");
        var found = await listPayments.FindAsync(HttpContext.Staff().OrganizationId, State, after, cancel);
        Rows = [.. found.Take(ListPayments.PageSize)];
        Pager = new(after is null ? null : At(State), found.Count > ListPayments.PageSize ? At(State, Rows[^1].Id) : null);
    }

    /// <summary>This list, otherwise filtered.</summary>
    public string At(string? state, Guid? after = null) => ListAddress.Of("/console/payments", ("state", state), ("after", after?.ToString()));
}
