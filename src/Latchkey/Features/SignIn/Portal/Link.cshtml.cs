using Latchkey.Features.Errors;
using Latchkey.Platform.Data;
using Latchkey.Platform.Tenancy;
using Latchkey.Platform.Web;
using Latchkey.SignIn;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Latchkey.Features.SignIn.Portal;

/// <summary>The page behind a mailed link. Looking changes nothing, whoever looks; the form it shows redeems.</summary>
[AllowAnonymous, RequestSizeLimit(SignInModel.MostBytes)]
public sealed class LinkModel(
    Database database, SignInLinks links, RedeemLink redeemLink, AskForLink askForLink, LinkOpenings openings, Cookies cookies, LinkDeadEnds deadEnds, DeadEnds general)
    : PageModel
{
    public LinkToken Token { get; private set; } = null!;
    public SeenLink Link { get; private set; } = null!;
    /// <summary>Only in the browser that asked: a scanner that runs scripts has no such cookie.</summary>
    public bool SubmitsItself { get; private set; }

    public async Task<IActionResult> OnGetAsync(string? token, CancellationToken cancel)
    {
        if (await FindAsync(token, cancel) is { } deadEnd) return deadEnd;
        openings.Note(HttpContext.Storefront(), Token);
        var customer = HttpContext.Customer();
        if (Link.Status == LinkStatus.AlreadyUsed && customer?.AccountId == Link.AccountId) return Redirect($"{Request.PathBase}/portal");
        if (Link.Status != LinkStatus.Ready) return deadEnds.For(HttpContext, Link.Status, Token).ToResult();

        SubmitsItself = Link.WasAskedBy(cookies.Browser(HttpContext)) && (customer is null || customer.AccountId == Link.AccountId);
        cookies.BrowserOrNew(HttpContext); // so that a second press of the button is known for the same browser's
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancel)
    {
        if (LinkToken.Read(await TokenFieldAsync(cancel)) is not { } token) return deadEnds.For(HttpContext, LinkStatus.Unknown, null).ToResult();
        var visitor = new Visitor(cookies.BrowserOrNew(HttpContext), HttpContext.Ip(), HttpContext.Device());
        var answer = await redeemLink.RunAsync(HttpContext.Storefront(), token, visitor, HttpContext.Customer(), cancel);
        if (answer.Session is not { } session) return deadEnds.For(HttpContext, answer.Status, token).ToResult();
        cookies.SetSession(HttpContext, session.Token, session.Lifetime);
        return Redirect($"{Request.PathBase}/portal");
    }

    /// <summary>Heals a dead link: a fresh one to the same account, without typing and without showing the address.</summary>
    public async Task<IActionResult> OnPostAgainAsync(CancellationToken cancel)
    {
        if (await FindAsync(await TokenFieldAsync(cancel), cancel) is { } deadEnd) return deadEnd;
        bool known = cookies.Browser(HttpContext) is not null;
        var answer = await askForLink.RunAsync(HttpContext.Storefront(), new Ask
        {
            Address = Link.Address,
            Shown = Link.Address.Masked,
            Browser = cookies.BrowserOrNew(HttpContext),
            BrowserIsKnown = known,
            Ip = HttpContext.Ip(),
            Device = HttpContext.Device(),
            Locale = Link.Locale,
            AccountId = Link.AccountId,
        }, cancel);
        return answer.Outcome switch
        {
            AskOutcome.Accepted or AskOutcome.AlreadySent => CheckMailModel.RedirectTo(Request),
            AskOutcome.Limited => general.TooManyRequests(HttpContext, answer.AgainAt).ToResult(),
        };
    }

    /// <returns>The page to show when there is no such link here.</returns>
    private async Task<IActionResult?> FindAsync(string? text, CancellationToken cancel)
    {
        if (LinkToken.Read(text) is { } token
            && await database.ReadAsync(c => links.LookAsync(c, HttpContext.Storefront().Key, token, cancel), cancel) is { } link)
        {
            (Token, Link) = (token, link);
            return null;
        }
        return deadEnds.For(HttpContext, LinkStatus.Unknown, null).ToResult();
    }

    private async Task<string?> TokenFieldAsync(CancellationToken cancel) =>
        (await Request.ReadPlainFormAsync(cancel))["token"] is [{ } token] ? token : null;
}
