using System.Globalization;
using Latchkey.Features.Layouts;
using Latchkey.Platform.Staff;
using Latchkey.Platform.Web;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Localization;

namespace Latchkey.Features.Subscriptions.Console;

/// <summary>What customers hold, the newest first.</summary>
public sealed class SubscriptionsPageModel(FindSubscriptions findSubscriptions, IStringLocalizer<Texts> l) : PageModel
{
    private static readonly string[] Known = ["active", "ended"];

    public IReadOnlyList<SubscriptionRow> Rows { get; private set; } = [];
    public PagerLinks Pager { get; private set; } = new(null, null);
    public string Typed { get; private set; } = "";
    public string? State { get; private set; }

    public bool IsNarrowed => Typed.Length > 0 || State is not null;
    public bool MayAct => HttpContext.Staff().May(Permission.Act);

    public async Task OnGetAsync(CancellationToken cancel)
    {
        Typed = Request.Query.ReadText("q");
        State = Known.FirstOrDefault(s => s == Request.Query["state"]);
        var after = Request.Query.ReadId("after");
        var list = await findSubscriptions.RunAsync(HttpContext.Staff().OrganizationId, Typed, State, after, cancel);
        Rows = list.Rows;
        Pager = new(after is null ? null : At(State), list.HasMore ? At(State, Rows[^1].Id) : null);
    }

    /// <summary>This list, otherwise filtered.</summary>
    public string At(string? state, Guid? after = null) => ListAddress.Of("/console/subscriptions", ("q", Typed), ("state", state), ("after", after?.ToString()));

    public IEnumerable<(string? State, string Word)> States => [(null, l["All"]), ("active", l["Active"]), ("ended", l["Ended"])];

    public string Kind(string kind) => kind switch
    {
        "rental" => l["Rental"],
        "membership" => l["Membership"],
        _ => l["Subscription"],
    };

    public static string Day(string iso) => DateOnly.TryParseExact(iso, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? Dates.Day(day) : iso;
}
