using Latchkey.Platform.Mail.Inbox;
using Latchkey.Platform.Staff;
using Latchkey.Platform.Web;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Localization;

namespace Latchkey.Features.MailDelivery.Console;

/// <summary>One report of a mail provider.</summary>
internal sealed class WebhookPageModel(FindWebhooks webhooks, ReplayWebhook replay, IStringLocalizer<Texts> l) : PageModel
{
    public ReceivedEvent Event { get; private set; } = null!;
    public string? Payload { get; private set; }
    public string? Problem { get; private set; }
    public bool WasReplayed => Request.Query.ContainsKey("replayed");

    public async Task<IActionResult> OnGetAsync(Guid id, CancellationToken cancel)
    {
        if (await webhooks.RunAsync(HttpContext.Staff().OrganizationId, id, cancel) is not { } found) return NotFound();
        (Event, Payload) = found;
        return Page();
    }

    public async Task<IActionResult> OnPostReplayAsync(Guid id, CancellationToken cancel)
    {
        var staff = HttpContext.Staff();
        if (await replay.RunAsync(staff.OrganizationId, id, staff.Name)) return Redirect($"/console/webhooks/{id}?replayed");
        var answer = await OnGetAsync(id, cancel);
        if (answer is not PageResult) return answer;
        Problem = l["It is worked off, or is about to be: there is nothing to take up again."];
        Response.StatusCode = StatusCodes.Status409Conflict;
        return answer;
    }
}
