using Latchkey.Features.Account;
using Latchkey.Features.SignIn.Staff;
using Latchkey.Platform.Staff;
using Latchkey.Platform.Tenancy;
using Latchkey.Platform.Web;
using Latchkey.SignIn;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Localization;

namespace Latchkey.Features.SignIn.Console;

/// <summary>"Magic link": a link that signs in as the customer, for a reason, shown once. They are told.</summary>
[Needs(Permission.Act)]
public sealed class MagicLinkPageModel(
    FindLinkHolder findLinkHolder, FindAccount findAccount, CopyMagicLink copyMagicLink, StorefrontDirectory storefronts, PublicAddress addresses, TimeProvider clock, IStringLocalizer<Texts> l) : PageModel
{
    public const int MostReasonCharacters = 200;

    public LinkHolder Holder { get; private set; } = null!;
    public Storefront Storefront { get; private set; } = null!;
    public string? Link { get; private set; }
    public string? Problem { get; private set; }
    public string Reason { get; private set; } = "";

    public string PortalLink => addresses.PortalOf(Storefront);
    public int Minutes => (int)Storefront.Policy.StaffLinkLifetime.TotalMinutes;

    /// <summary>Why there can be no magic link now; null when there can.</summary>
    public string? Hindrance => (Storefront.Policy.StaffMayCopyLinks, Holder.State) switch
    {
        (false, _) => l["Magic links are off for {0}. An Owner can allow them in its sign-in policy.", Storefront.Name].Value,
        (_, "unproven") => l["They have not used a mailed link yet, so nobody knows that this mailbox is theirs. Send them a sign-in link."],
        (_, "proven") => null,
        _ => l["The account is closed. Nobody can sign in to it."],
    };

    /// <summary>An account that was merged away leads to the one it was merged into.</summary>
    public async Task<IActionResult> OnGetAsync(Guid id, CancellationToken cancel)
    {
        if (!await FindAsync(id, cancel)) return NotFound();
        if (Holder.State != "merged") return Page();
        return await findAccount.RunAsync(HttpContext.Staff().OrganizationId, id, cancel) is { MergedInto: null } into ? Redirect($"/console/accounts/{into.Id}/magic-link") : NotFound();
    }

    public async Task<IActionResult> OnPostAsync(Guid id, CancellationToken cancel)
    {
        if (!await FindAsync(id, cancel)) return NotFound();
        Reason = (await Request.ReadPlainFormAsync(cancel))["reason"].ToString().Trim();
        if (Reason.Length > MostReasonCharacters || !ProfileForm.IsPlain(Reason)) return Refuse(StatusCodes.Status400BadRequest, l["A reason is one line, {0} characters at most.", MostReasonCharacters]);
        var (answer, link) = await copyMagicLink.RunAsync(Storefront, id, HttpContext.Staff().Name, Reason, cancel);
        Link = link;
        return answer.Outcome switch
        {
            StaffLinkOutcome.Made => Page(),
            StaffLinkOutcome.NoReason => Refuse(StatusCodes.Status400BadRequest, l["Say why: the reason is kept with the link."]),
            StaffLinkOutcome.Limited => Refuse(StatusCodes.Status429TooManyRequests, l["Too many links were made for this account. The next one can be made in {0}.", Dates.Wait(Seconds(answer.AgainAt))]),
            // The page says why by itself.
            StaffLinkOutcome.NotAllowed or StaffLinkOutcome.NotProven => Refuse(StatusCodes.Status409Conflict, null),
        };
    }

    private async Task<bool> FindAsync(Guid id, CancellationToken cancel)
    {
        var organization = HttpContext.Staff().OrganizationId;
        if (await findLinkHolder.RunAsync(organization, id, cancel) is not { } holder
            || await storefronts.ByKeyAsync(new StorefrontKey(organization, holder.StorefrontId), cancel) is not { } storefront) return false;
        (Holder, Storefront) = (holder, storefront);
        return true;
    }

    private PageResult Refuse(int status, string? problem)
    {
        (Problem, Response.StatusCode) = (problem, status);
        return Page();
    }

    private int Seconds(DateTimeOffset at) => Math.Max(1, (int)Math.Ceiling((at - clock.GetUtcNow()).TotalSeconds));
}
