using System.Globalization;
using Latchkey.Features.SignIn.Portal;
using Latchkey.Platform.Data;
using Latchkey.Platform.Tenancy;
using Latchkey.Platform.Web;
using Latchkey.SignIn;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Latchkey.Features.Account.Portal;

/// <summary>
/// Behind the link that was mailed to a new address. It proves the mailbox; the session proves the account. Whoever has only one of them
/// changes nothing.
/// </summary>
[AllowAnonymous, RequestSizeLimit(AccountPageModel.MostBytes)]
public sealed class ConfirmEmailModel(
    Database database, OneTimeLinks links, ProfileOfAccount profiles, ConfirmEmail confirmEmail, AskHere askHere, Cookies cookies, EmailDeadEnds deadEnds) : PageModel
{
    private const string Here = "/portal/account/confirm-email";

    public LinkToken Token { get; private set; } = null!;
    public OneTimeLink Link { get; private set; } = null!;
    /// <summary>The address the account has now.</summary>
    public EmailAddress Current { get; private set; } = null!;
    public bool IsOwner => HttpContext.Customer()?.AccountId == Link.AccountId;

    /// <param name="token">From the mail; after signing in, from the browser's own cookie, so that it is not kept with the request.</param>
    /// <param name="cancel">Cancels the looking.</param>
    public Task<IActionResult> OnGetAsync(string? token, CancellationToken cancel) => ShowAsync(token ?? cookies.Kept(HttpContext), cancel);

    public async Task<IActionResult> OnPostAsync(CancellationToken cancel)
    {
        string? text = await TokenFieldAsync(cancel);
        if (await FindAsync(text, cancel) is { } deadEnd) return deadEnd;
        if (!IsOwner) return await ShowAsync(text, cancel);
        if (!await confirmEmail.RunAsync(HttpContext.Storefront(), Token, HttpContext.Customer()!, HttpContext.Device(), CultureInfo.CurrentUICulture.Name, cancel))
            return (await deadEnds.ConfirmAsync(HttpContext, LinkStatus.Revoked, Link)).ToResult();
        cookies.Keep(HttpContext, "", TimeSpan.Zero);
        return Redirect($"{Request.PathBase}/portal/account?saved");
    }

    /// <summary>Sends a sign-in link to the address the account has now.</summary>
    public async Task<IActionResult> OnPostSignInAsync(CancellationToken cancel)
    {
        if (await FindAsync(await TokenFieldAsync(cancel), cancel) is { } deadEnd) return deadEnd;
        cookies.Keep(HttpContext, Token.Value, TimeSpan.FromHours(1));
        return await askHere.RunAsync(HttpContext, SignInName.Of(Current), Current.Masked, accountId: Link.AccountId, returnTo: ReturnPath.Read(Here), cancel: cancel);
    }

    private async Task<IActionResult> ShowAsync(string? token, CancellationToken cancel) => await FindAsync(token, cancel) ?? Page();

    /// <returns>The page to show when the link does nothing here.</returns>
    private async Task<IActionResult?> FindAsync(string? text, CancellationToken cancel)
    {
        var storefront = HttpContext.Storefront();
        if (LinkToken.Read(text) is not { } token
            || await database.ReadAsync(c => links.LookAsync(c, storefront.Key, OneTimePurpose.ChangeEmail, token, cancel), cancel) is not { } link)
            return (await deadEnds.ConfirmAsync(HttpContext, LinkStatus.Unknown, null)).ToResult();
        if (link.Status != LinkStatus.Ready) return (await deadEnds.ConfirmAsync(HttpContext, link.Status, link)).ToResult();
        (Token, Link) = (token, link);
        Current = EmailAddress.Of((await profiles.FindAsync(storefront, link.AccountId, cancel)).Email);
        return null;
    }

    private async Task<string?> TokenFieldAsync(CancellationToken cancel) =>
        (await Request.ReadPlainFormAsync(cancel))["token"] is [{ } token] ? token : null;
}
