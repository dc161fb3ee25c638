using Latchkey.Features.Layouts;
using Latchkey.Features.MailDelivery;
using Latchkey.Platform.Mail.Inbox;
using Latchkey.Platform.Payments;
using Latchkey.Platform.Staff;
using Latchkey.Platform.Tenancy;
using Latchkey.Platform.Web;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Localization;

namespace Latchkey.Features.Payments.Console;

/// <summary>What the payment provider reported, and what became of each event; one that was left can be taken up again.</summary>
internal sealed class EventsPageModel(WebhookInbox inbox, ReplayWebhook replayWebhook, PublicAddress addresses, IStringLocalizer<Texts> l) : PageModel
{
    private const int PageSize = 50;
    private static readonly string[] Known = ["queued", "done", "unmatched", "failed"];

    public IReadOnlyList<UnsettledEvent> Rows { get; private set; } = [];
    public PagerLinks Pager { get; private set; } = new(null, null);
    public string? State { get; private set; }
    public bool WasReplayed => Request.Query.ContainsKey("replayed");
    public bool MayAct => HttpContext.Staff().May(Permission.Act);
    public string HookAddress => StripeHooks.AddressFor(addresses, HttpContext.Staff().OrganizationId);

    public IEnumerable<(string? State, string Word)> States => [(null, l["All"]), ("queued", l["Waiting"]), ("done", l["Done"]), ("unmatched", l["Unmatched"]), ("failed", l["Failed"])];

    public async Task OnGetAsync()
    {
        State = Known.FirstOrDefault(s => s == Request.Query["state"]);
        var after = Request.Query.ReadId("after");
        var found = await inbox.OfPaymentsAsync(HttpContext.Staff().OrganizationId, State, PageSize + 1, after);
        Rows = [.. found.Take(PageSize)];
        Pager = new(after is null ? null : At(State), found.Count > PageSize ? At(State, Rows[^1].Id) : null);
    }

    public async Task<IActionResult> OnPostReplayAsync(CancellationToken cancel)
    {
        var form = await Request.ReadPlainFormAsync(cancel);
        return Guid.TryParse(form["event"], out var id) && await replayWebhook.RunAsync(HttpContext.Staff().OrganizationId, id, HttpContext.Staff().Name)
            ? Redirect("/console/payments/events?replayed") : NotFound();
    }

    /// <summary>This list, otherwise filtered.</summary>
    public static string At(string? state, Guid? after = null) => ListAddress.Of("/console/payments/events", ("state", state), ("after", after?.ToString()));

    public (string Colour, string Icon, string Word) Chip(UnsettledEvent happened) => happened.State switch
    {
        WebhookState.Queued => ("neutral", "clock", l["Waiting"]),
        WebhookState.Done => ("success", "check", l["Done"]),
        WebhookState.Unmatched => ("warning", "question", l["Unmatched"]),
        WebhookState.Failed => ("danger", "alert", l["Failed"]),
    };
}
