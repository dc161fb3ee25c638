using Latchkey.Features.Errors;
using Latchkey.Platform.Data;
using Latchkey.Platform.Tenancy;
using Latchkey.Platform.Web;
using Latchkey.SignIn;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Latchkey.Features.SignIn.Portal;

/// <summary>
/// "Can't sign in?", for the customer: asks what they see, never who they are, and leads to one next step. It goes by what their browser and
/// the link they paste tell, and looks no account up.
/// </summary>
[AllowAnonymous, RequestSizeLimit(SignInModel.MostBytes)]
public sealed class HelpPageModel(
    Database database, SignInRequests requests, SignInLinks links, StorefrontDirectory storefronts, PublicAddress addresses,
    Cookies cookies, HelpAnswers answers, LinkDeadEnds deadEnds, TimeProvider clock) : PageModel
{
    private const string CookieGiven = "cookie";
    private const int MostPasted = 4000;

    /// <summary>What they see; null as long as they have not said it.</summary>
    public HelpTopic? Topic { get; private set; }
    public HelpAnswer? Answer { get; private set; }
    /// <summary>The one clock's time, for the browser to compare with its own.</summary>
    public long NowMs => clock.GetUtcNow().ToUnixTimeMilliseconds();
    public string Here => $"{Request.PathBase}/portal/sign-in/help";

    public async Task<IActionResult> OnGetAsync(CancellationToken cancel)
    {
        if (HttpContext.Customer() is not null) return Redirect($"{HttpContext.RootPath()}/portal");
        if (cookies.Browser(HttpContext) is null)
        {
            // There and back once: a browser that keeps cookies brings it along the second time.
            if (Request.Query.ContainsKey(CookieGiven)) return Redirect($"{Request.PathBase}/portal/sign-in/cookies");
            cookies.BrowserOrNew(HttpContext);
            return Redirect($"{Here}?{CookieGiven}=given");
        }
        Topic = Enum.TryParse<HelpTopic>(Request.Query["about"], ignoreCase: true, out var topic) && Enum.IsDefined(topic) ? topic : null;
        if (Topic is { } asked and not HelpTopic.Link) Answer = answers.About(HttpContext, asked, await IsWaitingAsync(cancel));
        return Page();
    }

    /// <summary>Looks at what was pasted. A link's own page says the same to whoever has the link.</summary>
    public async Task<IActionResult> OnPostAsync(CancellationToken cancel)
    {
        var form = await Request.ReadPlainFormAsync(cancel);
        string text = form["link"] is [{ Length: <= MostPasted } pasted] ? pasted.Trim() : "";
        Topic = HelpTopic.Link;
        var link = await PastedLink.ReadAsync(text, [addresses.Installation.Host, Request.Host.Host], storefronts, cancel);
        if (link is not { Kind: PastedKind.SignIn } || link.There!.Key != HttpContext.Storefront().Key)
        {
            Answer = answers.About(HttpContext, link);
            return Page();
        }
        var seen = link.Token is null ? null : await database.ReadAsync(c => links.LookAsync(c, HttpContext.Storefront().Key, link.Token, cancel), cancel);
        var status = seen?.StatusFor(HttpContext.Storefront().Policy, cookies.Browser(HttpContext), HttpContext.Ip()) ?? LinkStatus.Unknown;
        bool asksForNumber = status == LinkStatus.OtherBrowser && HttpContext.Storefront().Policy.OtherBrowser == OtherBrowser.Match && seen!.NumberTries < SignInLinks.MostNumbers;
        if (status != LinkStatus.Ready && !asksForNumber)
            return ((await deadEnds.ForAsync(HttpContext, status, seen, seen is null ? null : link.Token)) with { Status = StatusCodes.Status200OK }).ToResult();
        Answer = answers.Works(HttpContext, link.Token!);
        return Page();
    }

    /// <summary>Whether this browser asked for a link lately; whether it was for an account is not looked at.</summary>
    private async Task<bool> IsWaitingAsync(CancellationToken cancel) =>
        await database.ReadAsync(c => requests.FindAsync(c, HttpContext.Storefront().Key, null, cookies.Browser(HttpContext)!, cancel), cancel) is { } waiting
        && clock.GetUtcNow() - waiting.LastAskedAt < HttpContext.Storefront().Policy.RequestLifetime;
}

/// <summary>What somebody sees who cannot sign in.</summary>
public enum HelpTopic
{
    /// <summary>No mail has come.</summary>
    Mail,
    /// <summary>The link does not work.</summary>
    Link,
    /// <summary>The code is not taken.</summary>
    Code,
    /// <summary>The sign-in page comes again and again.</summary>
    Again,
    /// <summary>A password is looked for, or not taken.</summary>
    Password,
    /// <summary>Something else.</summary>
    Other,
}
