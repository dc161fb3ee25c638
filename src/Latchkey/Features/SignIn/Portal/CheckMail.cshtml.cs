using System.Globalization;
using Latchkey.Features.Errors;
using Latchkey.Platform.Data;
using Latchkey.Platform.Sms;
using Latchkey.Platform.Tenancy;
using Latchkey.Platform.Web;
using Latchkey.SignIn;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Localization;

namespace Latchkey.Features.SignIn.Portal;

/// <summary>
/// The waiting page. A real address without anything in it, so that a phone that reloads the tab shows it again; which request it is about
/// comes from the browser's own cookie.
/// </summary>
[AllowAnonymous, RequestSizeLimit(SignInModel.MostBytes)]
public sealed class CheckMailModel(
    Database database, SignInRequests requests, AskHere askHere, SmsChannel sms, Cookies cookies, Failures failures, IStringLocalizer<Texts> l, TimeProvider clock) : PageModel
{
    /// <summary>Wrong, too late and unknown look alike.</summary>
    public const string WrongCode = "?code=wrong";

    /// <summary>The browser sent no cookie of its own with the asking, and was given one.</summary>
    public const string FirstAsk = "?first=yes";

    public WaitingRequest Waiting { get; private set; } = null!;
    public string? Problem => Request.QueryString.Value != WrongCode ? null
        : TriesLeft > 0 ? l["That code is not right, or its time is over. Tries left: {0}.", TriesLeft].Value
        : l["That code is not right, or its time is over. Please ask for another link."].Value;

    public bool Texts => sms.IsOn && HttpContext.Storefront().Policy.CodeBySms;
    public bool ShowsNumber => HttpContext.Storefront().Policy.OtherBrowser == OtherBrowser.Match;
    public bool AsksForCode => HttpContext.Storefront().Policy.CodeDigits > 0;
    public int TriesLeft => HttpContext.Storefront().Policy.CodeTries - Waiting.CodeTries;
    /// <summary>Another name that this browser asked with lately. It is not compared with the code: that would be a guess that nobody counts.</summary>
    public string? Other { get; private set; }
    public string? HelpCode => Problem is null ? null : failures.CodeOf(Waiting.Id);
    public int SecondsUntilAgain =>
        Math.Max(0, (int)Math.Ceiling((Waiting.LastAskedAt + HttpContext.Storefront().Policy.ResendAfter - clock.GetUtcNow()).TotalSeconds));

    public static RedirectResult RedirectTo(HttpRequest request, string query = "") => new($"{request.PathBase}/portal/sign-in/check-mail{query}");

    public async Task<IActionResult> OnGetAsync(CancellationToken cancel)
    {
        if (cookies.Browser(HttpContext) is null && Request.QueryString.Value == FirstAsk) return Redirect($"{Request.PathBase}/portal/sign-in/cookies");
        bool found = await FindAsync(null, cancel);
        // Somebody who is signed in waits only to confirm that it is them.
        if (HttpContext.Customer() is { } customer && !(found && Waiting.Name.Value == customer.Email)) return Redirect($"{Request.PathBase}/portal");
        if (found && Problem is not null) Other = await FindOtherAsync(cancel);
        return found ? Page() : Redirect($"{Request.PathBase}/portal/sign-in");
    }

    /// <summary>Asks again for the same address: one more mail for the same request.</summary>
    public async Task<IActionResult> OnPostAsync(CancellationToken cancel)
    {
        var form = await Request.ReadPlainFormAsync(cancel);
        Guid? requestId = Guid.TryParse(form["request"], CultureInfo.InvariantCulture, out var id) ? id : null;
        if (!await FindAsync(requestId, cancel)) return Redirect($"{Request.PathBase}/portal/sign-in");

        return await askHere.RunAsync(HttpContext, Waiting.Name, Waiting.Shown, cancel: cancel);
    }

    private async Task<string?> FindOtherAsync(CancellationToken cancel)
    {
        var storefront = HttpContext.Storefront();
        var other = await database.ReadAsync(c => requests.FindOtherAsync(c, storefront.Key, Waiting.Id, cookies.Browser(HttpContext)!, cancel), cancel);
        return other is not null && clock.GetUtcNow() - other.LastAskedAt < storefront.Policy.RequestLifetime ? other.Shown : null;
    }

    private async Task<bool> FindAsync(Guid? requestId, CancellationToken cancel)
    {
        if (cookies.Browser(HttpContext) is not { } browser) return false;
        var found = await database.ReadAsync(c => requests.FindAsync(c, HttpContext.Storefront().Key, requestId, browser, cancel), cancel);
        Waiting = found!;
        return found is not null;
    }
}
