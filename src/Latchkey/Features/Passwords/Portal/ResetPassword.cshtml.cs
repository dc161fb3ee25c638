using Latchkey.Features.Errors;
using Latchkey.Features.SignIn.Portal;
using Latchkey.Platform.Data;
using Latchkey.Platform.Tenancy;
using Latchkey.Platform.Web;
using Latchkey.SignIn;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Latchkey.Features.Passwords.Portal;

/// <summary>The page behind a mailed reset link. Looking changes nothing; its form sets the password, and signs nobody in.</summary>
[AllowAnonymous, WithPasswords, RequestSizeLimit(SignInModel.MostBytes)]
public sealed class ResetPasswordModel(
    Database database, OneTimeLinks links, SetPassword setPassword, AskForMail askForMail, PasswordProblems problems, PasswordDeadEnds deadEnds) : PageModel
{
    public LinkToken Token { get; private set; } = null!;
    public OneTimeLink Link { get; private set; } = null!;
    public string? Problem { get; private set; }

    public async Task<IActionResult> OnGetAsync(string? token, CancellationToken cancel) => await FindAsync(token, cancel) ?? Page();

    public async Task<IActionResult> OnPostAsync(CancellationToken cancel)
    {
        var form = await Request.ReadPlainFormAsync(cancel);
        if (await FindAsync(form["token"] is [{ } token] ? token : null, cancel) is { } deadEnd) return deadEnd;
        string password = form["password"] is [{ } chosen] ? chosen : "";
        if ((Problem = problems.Find(HttpContext.Storefront(), password, Link.Address.Value)) is not null)
        {
            Response.StatusCode = StatusCodes.Status400BadRequest;
            return Page();
        }
        return await setPassword.ByLinkAsync(HttpContext.Storefront(), Token, password, cancel)
            ? Redirect($"{Request.PathBase}/portal/sign-in?notice=password-set")
            : await FindAsync(Token.Value, cancel) ?? (await deadEnds.ResetAsync(HttpContext, LinkStatus.AccountClosed, Token, Link)).ToResult();
    }

    /// <summary>Sends a new link to the address of one that ended.</summary>
    public async Task<IActionResult> OnPostAgainAsync(CancellationToken cancel)
    {
        var form = await Request.ReadPlainFormAsync(cancel);
        if (await LookAsync(form["token"] is [{ } token] ? token : null, cancel) is not { } link)
            return (await deadEnds.ResetAsync(HttpContext, LinkStatus.Unknown, null, null)).ToResult();
        return await askForMail.RunAsync(HttpContext, PasswordAskKind.Reset, link.Address, cancel);
    }

    /// <returns>The page to show when the link cannot be used.</returns>
    private async Task<IActionResult?> FindAsync(string? text, CancellationToken cancel)
    {
        var link = await LookAsync(text, cancel);
        if (link is not { Status: LinkStatus.Ready }) return (await deadEnds.ResetAsync(HttpContext, link?.Status ?? LinkStatus.Unknown, Token, link)).ToResult();
        Link = link;
        return null;
    }

    private async Task<OneTimeLink?> LookAsync(string? text, CancellationToken cancel)
    {
        if (LinkToken.Read(text) is not { } token) return null;
        Token = token;
        return await database.ReadAsync(c => links.LookAsync(c, HttpContext.Storefront().Key, OneTimePurpose.ResetPassword, token, cancel), cancel);
    }
}
