using Latchkey.Features.Errors;
using Latchkey.Features.SignIn.Portal;
using Latchkey.Platform.Data;
using Latchkey.Platform.Tenancy;
using Latchkey.Platform.Web;
using Latchkey.SignIn;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Localization;

namespace Latchkey.Features.Passwords.Portal;

/// <summary>The page behind a confirmation link. Looking changes nothing; its buttons confirm. Without a link it sends one.</summary>
[AllowAnonymous, WithPasswords, RequestSizeLimit(SignInModel.MostBytes)]
public sealed class ConfirmModel(
    Database database, OneTimeLinks links, ConfirmAddress confirm, AskForMail askForMail, AskHere askHere, AfterSignIn afterSignIn, Cookies cookies,
    PasswordDeadEnds deadEnds, IStringLocalizer<Texts> l) : PageModel
{
    public AddressField Address { get; private set; } = new();
    public LinkToken? Token { get; private set; }
    public OneTimeLink? Link { get; private set; }
    /// <summary>In a browser that chose none, where one was chosen.</summary>
    public bool AsksForPassword { get; private set; }
    public string? Problem { get; private set; }

    public async Task<IActionResult> OnGetAsync(string? token, CancellationToken cancel) =>
        token is null ? Page() : await FindAsync(token, cancel) ?? await ShowAsync(cancel);

    public async Task<IActionResult> OnPostAsync(CancellationToken cancel)
    {
        var form = await Request.ReadPlainFormAsync(cancel);
        if (await FindAsync(form["token"] is [{ } token] ? token : null, cancel) is { } deadEnd) return deadEnd;
        string? typed = form["password"] is [{ } one] ? one : null;
        var done = await confirm.RunAsync(HttpContext.Storefront(), Token!, Link!, typed, Visitor(), HttpContext.Customer(), cancel);
        return await LeadOnAsync(done, typed is not null, cancel);
    }

    public async Task<IActionResult> OnPostWithoutAsync(CancellationToken cancel)
    {
        if (await FindAsync(await TokenFieldAsync(cancel), cancel) is { } deadEnd) return deadEnd;
        return await LeadOnAsync(await confirm.WithoutAsync(HttpContext.Storefront(), Token!, Visitor(), cancel), false, cancel);
    }

    /// <summary>Sends another confirmation: to the address of a link that ended, or to one that is typed.</summary>
    public async Task<IActionResult> OnPostAgainAsync(CancellationToken cancel)
    {
        var form = await Request.ReadPlainFormAsync(cancel);
        EmailAddress? address;
        if (form["token"] is [{ } text])
        {
            if (await LookAsync(text, cancel) is not { } link) return (await deadEnds.ConfirmAsync(HttpContext, LinkStatus.Unknown, null, null)).ToResult();
            address = link.Address;
        }
        else if (!EmailAddress.TryRead(form["email"] is [{ } typed] ? typed : null, out address))
        {
            Address = new(null, l["That is not one e-mail address. Type it like name@example.com."]);
            Response.StatusCode = StatusCodes.Status400BadRequest;
            return Page();
        }
        return await askForMail.RunAsync(HttpContext, PasswordAskKind.Confirm, address, cancel);
    }

    private async Task<IActionResult> LeadOnAsync(Confirmation done, bool wasTyped, CancellationToken cancel)
    {
        switch (done.Outcome)
        {
            case ConfirmOutcome.SignedIn:
                return Redirect(afterSignIn.Into(HttpContext, done.Session!));
            case ConfirmOutcome.WithoutPassword:
                return await SendLinkAsync(cancel);
            case ConfirmOutcome.Limited:
                return (await deadEnds.TooManyPasswordsAsync(HttpContext, done.AgainAt!.Value, Link!.Address)).ToResult();
            case ConfirmOutcome.WrongPassword:
                if (wasTyped) Problem = l["That is not the password that was chosen."];
                Response.StatusCode = StatusCodes.Status400BadRequest;
                return await ShowAsync(cancel);
            case ConfirmOutcome.NotConfirmed:
            default:
                return (await deadEnds.ConfirmAsync(HttpContext, LinkStatus.AlreadyUsed, null, Link)).ToResult();
        }
    }

    /// <summary>A confirmation lives longer than a sign-in link may, so it does not sign in by itself.</summary>
    private Task<IActionResult> SendLinkAsync(CancellationToken cancel) =>
        askHere.RunAsync(HttpContext, SignInName.Of(Link!.Address), Link.Address.Masked, accountId: Link.AccountId, cancel: cancel);

    /// <returns>The page to show when the link cannot be used.</returns>
    private async Task<IActionResult?> FindAsync(string? text, CancellationToken cancel)
    {
        var link = await LookAsync(text, cancel);
        if (link is not { Status: LinkStatus.Ready }) return (await deadEnds.ConfirmAsync(HttpContext, link?.Status ?? LinkStatus.Unknown, Token, link)).ToResult();
        Link = link;
        return null;
    }

    private async Task<OneTimeLink?> LookAsync(string? text, CancellationToken cancel)
    {
        if ((Token = LinkToken.Read(text)) is not { } token) return null;
        return await database.ReadAsync(c => links.LookAsync(c, HttpContext.Storefront().Key, OneTimePurpose.ConfirmEmail, token, cancel), cancel);
    }

    private async Task<PageResult> ShowAsync(CancellationToken cancel)
    {
        var waiting = await database.ReadAsync(
            c => Registrations.FindAsync(c, HttpContext.Storefront().Key, Link!.AccountId, cookies.Browser(HttpContext), cancel), cancel);
        AsksForPassword = waiting.Count > 0 && !waiting.Any(r => r.IsOfThisBrowser);
        return Page();
    }

    private Visitor Visitor() => new(cookies.BrowserOrNew(HttpContext), HttpContext.Ip(), HttpContext.Device());

    private async Task<string?> TokenFieldAsync(CancellationToken cancel) =>
        (await Request.ReadPlainFormAsync(cancel))["token"] is [{ } token] ? token : null;
}
