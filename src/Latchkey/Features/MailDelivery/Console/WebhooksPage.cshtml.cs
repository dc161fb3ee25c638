using Latchkey.Features.Layouts;
using Latchkey.Platform.Mail.Inbox;
using Latchkey.Platform.Mail.Providers;
using Latchkey.Platform.Staff;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Latchkey.Features.MailDelivery.Console;

/// <summary>What mail providers reported.</summary>
internal sealed class WebhooksPageModel(FindWebhooks webhooks) : PageModel
{
    public IReadOnlyList<ReceivedEvent> Events { get; private set; } = [];
    public PagerLinks Pager { get; private set; } = new(null, null);
    public WebhookState? State { get; private set; }
    public MailProviderName? Provider { get; private set; }

    public async Task OnGetAsync(CancellationToken cancel)
    {
        (State, Provider) = (Request.Query.ReadEnum<WebhookState>("state"), Request.Query.ReadEnum<MailProviderName>("provider"));
        var after = Request.Query.ReadId("after");
        var page = await webhooks.PageAsync(HttpContext.Staff().OrganizationId, Provider?.Word(), State, after, cancel);
        Events = [.. page.Take(FindWebhooks.PageSize)];
        Pager = new(after is null ? null : At(State, Provider), page.Count > Events.Count ? At(State, Provider, Events[^1].Id) : null);
    }

    public static string At(WebhookState? state, MailProviderName? provider, Guid? after = null) =>
        ListAddress.Of("/console/webhooks", ("state", state?.ToString()), ("provider", provider?.Word()), ("after", after?.ToString()));
}
