using System.Globalization;
using Latchkey.Features.Account;
using Latchkey.Features.SignIn.Staff;
using Latchkey.Features.Why;
using Latchkey.Platform.Staff;
using Latchkey.Platform.Tenancy;
using Latchkey.Platform.Web;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Localization;

namespace Latchkey.Features.Contacts.Console;

/// <summary>One customer: what matters now and the button that helps, then what happened.</summary>
public sealed class ContactPageModel(
    FindContact findContact, VerdictOfContact verdictOfContact, FollowLink followLink, SendPortalLink sendPortalLink, RevokeSessions revokeSessions, DisableAccount disableAccount,
    PublicAddress addresses, TimeProvider clock, IStringLocalizer<Texts> l) : PageModel
{
    public ContactRecord Record { get; private set; } = null!;
    public SentLink? Sent { get; private set; }
    /// <summary>Why they cannot sign in; null while the page waits for what became of a link.</summary>
    public Diagnosed? Diagnosed { get; private set; }
    public string? Problem { get; private set; }

    public string Address => $"/console/contacts/{Record.Contact.Id}";
    public string PortalLink => addresses.PortalOf(Record.Storefront);
    public bool MayAct => HttpContext.Staff().May(Permission.Act);

    public string? Notice => Request.Query["done"].ToString() switch
    {
        "saved" => l["Your changes are saved."].Value,
        "saved-account" => l["Your changes are saved. The customer was signed out, earlier links are dead, and both addresses are told. Send a new link now."],
        "revoked" => Revoked(Number("devices"), Number("links")),
        "disabled" => l["The account is disabled. Nobody signs in to it until you enable it."],
        "enabled" => l["The account is enabled. Send a new link: the earlier ones stay dead."],
        _ => null,
    };

    public async Task<IActionResult> OnGetAsync(Guid id, CancellationToken cancel)
    {
        if (!await FindAsync(id, cancel)) return NotFound();
        if (Guid.TryParse(Request.Query["sent"], out var request)) Sent = await followLink.RunAsync(HttpContext.Staff().OrganizationId, id, request, cancel);
        else Diagnosed = await verdictOfContact.RunAsync(Record.Storefront, id, cancel);
        return Page();
    }

    /// <summary>What became of a link, for the page that waits for it.</summary>
    public async Task<IActionResult> OnGetOutcomeAsync(Guid id, CancellationToken cancel)
    {
        if (!Guid.TryParse(Request.Query["sent"], out var request)
            || await followLink.RunAsync(HttpContext.Staff().OrganizationId, id, request, cancel) is not { } sent) return NotFound();
        if (sent.IsOver) Response.Headers["Latchkey-Live"] = "over";
        return Partial("SentLink", sent);
    }

    public async Task<IActionResult> OnPostSendAsync(Guid id, CancellationToken cancel)
    {
        if (!await FindAsync(id, cancel)) return NotFound();
        if (Record.IsSuppressed)
            return Refuse(StatusCodes.Status409Conflict, l["Mail to this address fails, so nothing was sent. Correct the address first."]);
        var answer = await sendPortalLink.RunAsync(Record.Storefront, id, HttpContext.Staff().Name, cancel);
        return answer.Outcome switch
        {
            PortalLinkOutcome.Sent => Redirect($"{Address}?sent={answer.RequestId}#account"),
            PortalLinkOutcome.NoContact => NotFound(),
            PortalLinkOutcome.NoAddress => Refuse(StatusCodes.Status409Conflict, l["This contact has no address that mail can reach. Edit the record first."]),
            PortalLinkOutcome.AccountClosed => Refuse(StatusCodes.Status409Conflict, l["The account is disabled, so nothing was sent. Enable it first."]),
            PortalLinkOutcome.Limited => Refuse(StatusCodes.Status429TooManyRequests,
                l["Too many mails went to this address. The next one can be sent in {0}. A link that has already arrived still works.", Dates.Wait(Seconds(answer.AgainAt))]),
        };
    }

    public async Task<IActionResult> OnPostRevokeAsync(Guid id, CancellationToken cancel)
    {
        if (!await FindAsync(id, cancel) || Record.Account is not { } account) return NotFound();
        var revoked = await revokeSessions.RunAsync(Record.Storefront, account.Id, id, HttpContext.Staff().Name, cancel);
        return Redirect($"{Address}?done=revoked&devices={revoked.Devices}&links={revoked.Links}");
    }

    public async Task<IActionResult> OnPostDisableAsync(Guid id, CancellationToken cancel)
    {
        if (!await FindAsync(id, cancel) || Record.Account is not { } account) return NotFound();
        await disableAccount.RunAsync(Record.Storefront, account.Id, id, HttpContext.Staff().Name, cancel);
        return Redirect($"{Address}?done=disabled");
    }

    public async Task<IActionResult> OnPostEnableAsync(Guid id, CancellationToken cancel)
    {
        if (!await FindAsync(id, cancel) || Record.Account is not { } account) return NotFound();
        await disableAccount.UndoAsync(Record.Storefront, account.Id, id, HttpContext.Staff().Name, cancel);
        return Redirect($"{Address}?done=enabled");
    }

    private async Task<bool> FindAsync(Guid id, CancellationToken cancel)
    {
        if (await findContact.RunAsync(HttpContext.Staff().OrganizationId, id, cancel) is not { } record) return false;
        Record = record;
        return true;
    }

    private PageResult Refuse(int status, string problem)
    {
        (Problem, Response.StatusCode) = (problem, status);
        return Page();
    }

    private string Revoked(int devices, int links) => (devices, links) switch
    {
        (0, 0) => l["Nobody was signed in, and no link was on its way."],
        (1, _) => l["1 device is signed out. Links and codes on their way are dead."],
        (0, _) => l["Nobody was signed in. Links and codes on their way are dead."],
        _ => l["{0} devices are signed out. Links and codes on their way are dead.", devices],
    };

    private int Number(string name) => int.TryParse(Request.Query[name], NumberStyles.None, CultureInfo.InvariantCulture, out int number) ? number : 0;

    private int Seconds(DateTimeOffset at) => Math.Max(1, (int)Math.Ceiling((at - clock.GetUtcNow()).TotalSeconds));
}
