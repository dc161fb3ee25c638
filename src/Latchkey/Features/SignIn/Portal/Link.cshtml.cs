using Latchkey.Platform.Data;
using Latchkey.Platform.Tenancy;
using Latchkey.Platform.Web;
using Latchkey.SignIn;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Localization;

namespace Latchkey.Features.SignIn.Portal;

/// <summary>The page behind a mailed link. Looking changes nothing, whoever looks; the form it shows redeems.</summary>
[AllowAnonymous, RequestSizeLimit(SignInModel.MostBytes)]
public sealed class LinkModel(
    Database database, SignInLinks links, RedeemLink redeemLink, AskHere askHere, LinkOpenings openings, Cookies cookies, AfterSignIn afterSignIn, LinkDeadEnds deadEnds,
    IStringLocalizer<Texts> l) : PageModel
{
    public LinkToken Token { get; private set; } = null!;
    public SeenLink Link { get; private set; } = null!; // both stay null when there is no such link
    /// <summary>Only in the browser that asked: a scanner that runs scripts has no such cookie.</summary>
    public bool SubmitsItself { get; private set; }
    /// <summary>In another browser, where the policy wants the number of the waiting page.</summary>
    public bool AsksForNumber { get; private set; }
    public string? Problem { get; private set; }

    public async Task<IActionResult> OnGetAsync(string? token, CancellationToken cancel)
    {
        if (await FindAsync(token, cancel) is { } deadEnd) return deadEnd;
        var browser = cookies.Browser(HttpContext);
        var customer = HttpContext.Customer();
        bool isIn = Link.Status == LinkStatus.AlreadyUsed && customer?.AccountId == Link.AccountId;
        var status = Link.StatusFor(HttpContext.Storefront().Policy, browser, HttpContext.Ip());
        AsksForNumber = status == LinkStatus.OtherBrowser && HttpContext.Storefront().Policy.OtherBrowser == OtherBrowser.Match && Link.NumberTries < SignInLinks.MostNumbers;
        openings.Note(HttpContext.Storefront(), Token, Link.WasAskedBy(browser) ? Opener.Asker : HttpContext.IsBrowser() ? Opener.OtherBrowser : Opener.Program, isIn || AsksForNumber ? LinkStatus.Ready : status);
        if (isIn) return Redirect($"{Request.PathBase}/portal");
        if (status != LinkStatus.Ready && !AsksForNumber) return await DeadEndAsync(status);

        SubmitsItself = Link.WasAskedBy(browser) && (customer is null || customer.AccountId == Link.AccountId);
        cookies.BrowserOrNew(HttpContext); // so that a second press of the button is known for the same browser's
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancel)
    {
        var form = await Request.ReadPlainFormAsync(cancel);
        if (LinkToken.Read(TokenIn(form)) is not { } token) return await DeadEndAsync(LinkStatus.Unknown);
        var visitor = new Visitor(cookies.BrowserOrNew(HttpContext), HttpContext.Ip(), HttpContext.Device());
        string? number = form["number"] is [{ Length: > 0 and <= 16 } typed] ? typed : null;
        var answer = await redeemLink.RunAsync(HttpContext.Storefront(), token, visitor, number, HttpContext.Customer(), cancel);
        if (answer.Session is { } session) return Redirect(afterSignIn.Into(HttpContext, session));
        // A wrong number: the page again, with the tries that are left.
        if (answer.Status == LinkStatus.OtherBrowser && number is not null && await OnGetAsync(token.Value, cancel) is PageResult)
        {
            Problem = l["That is not the number on the page where you asked. Tries left: {0}.", SignInLinks.MostNumbers - Link.NumberTries];
            Response.StatusCode = StatusCodes.Status400BadRequest;
            return Page();
        }
        if (await FindAsync(token.Value, cancel) is { } unknown) return unknown;
        openings.Refused(HttpContext.Storefront(), token, answer.Status);
        return await DeadEndAsync(answer.Status);
    }

    /// <summary>Heals a dead link: a fresh one to the same account, without typing and without showing the address.</summary>
    public async Task<IActionResult> OnPostAgainAsync(CancellationToken cancel)
    {
        if (await FindAsync(TokenIn(await Request.ReadPlainFormAsync(cancel)), cancel) is { } deadEnd) return deadEnd;
        if (Link.Address is not { } address) return await DeadEndAsync(LinkStatus.AccountClosed);
        return await askHere.RunAsync(HttpContext, SignInName.Of(address), address.Masked, Link.Locale, Link.AccountId, cancel: cancel);
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
        return await DeadEndAsync(LinkStatus.Unknown);
    }

    private async Task<IActionResult> DeadEndAsync(LinkStatus status) => (await deadEnds.ForAsync(HttpContext, status, Link, Token)).ToResult();

    private static string? TokenIn(IFormCollection form) => form["token"] is [{ } token] ? token : null;
}
