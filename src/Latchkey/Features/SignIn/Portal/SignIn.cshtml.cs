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

/// <summary>The portal's door: one field, one button. It says the same to every address.</summary>
[AllowAnonymous, RequestSizeLimit(MostBytes)]
public sealed class SignInModel(
    Database database, SignInRequests requests, AskHere askHere, SmsChannel sms, RedeemCode redeemCode,
    Cookies cookies, AfterSignIn afterSignIn, DeadEnds deadEnds, Failures failures, IStringLocalizer<Texts> l) : PageModel
{
    public const int MostBytes = 8 * 1024;
    private const int MostCodeCharacters = 64;

    public string? Problem { get; private set; }
    public string? Typed { get; private set; }
    /// <summary>Where the customer wanted to go; it travels with the form, and is read again there.</summary>
    public ReturnPath? Next => ReturnPath.Read(Request.Query["next"]);
    public bool TakesPhones => sms.IsOn && HttpContext.Storefront().Policy.CodeBySms;

    /// <summary>Set when this browser was signed in and is not any more.</summary>
    public SessionEnd? Ended { get; private set; }
    public string? HelpCode => Ended is null ? null : failures.CodeOf(Ended.SessionId);

    public async Task<IActionResult> OnGetAsync(CancellationToken cancel)
    {
        if (HttpContext.Customer() is not null) return Redirect($"{Request.PathBase}/portal");
        cookies.BrowserOrNew(HttpContext);
        if (cookies.Session(HttpContext) is { Length: > 0 } token)
            Ended = await database.ReadAsync(c => Sessions.FindEndAsync(c, HttpContext.Storefront().Key, token, cancel), cancel);
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancel)
    {
        var form = await Request.ReadPlainFormAsync(cancel);
        if (form.ContainsKey("code")) return await TryCodeAsync(form, cancel);

        // Two values would reach us joined by a comma, and one address could ride on another (CVE-2022-35924).
        if (form["email"] is not [{ } typed] || Request.Query.ContainsKey("email")) return Refuse(null);
        var storefront = HttpContext.Storefront();
        if (!SignInName.TryRead(typed, TakesPhones, storefront.CallingCode, out var name)) return Refuse(typed);
        return await askHere.RunAsync(HttpContext, name, typed.Trim(), returnTo: ReturnPath.Read(form["next"]), cancel: cancel);
    }

    private async Task<IActionResult> TryCodeAsync(IFormCollection form, CancellationToken cancel)
    {
        if (form["code"] is not [{ Length: <= MostCodeCharacters } typed] || cookies.Browser(HttpContext) is not { } browser)
            return CheckMailModel.RedirectTo(Request, CheckMailModel.WrongCode);
        var storefront = HttpContext.Storefront();
        Guid? asked = Guid.TryParse(form["request"], CultureInfo.InvariantCulture, out var id) ? id : null;
        if (await database.ReadAsync(c => requests.FindAsync(c, storefront.Key, asked, browser, cancel), cancel) is not { } waiting)
            return CheckMailModel.RedirectTo(Request, CheckMailModel.WrongCode);

        var visitor = new Visitor(browser, HttpContext.Ip(), HttpContext.Device());
        var (counted, session) = await redeemCode.RunAsync(storefront, waiting.Id, typed, visitor, HttpContext.Customer(), cancel);
        if (counted.LimitedUntil is { } until) return (await deadEnds.TooManyRequestsAsync(HttpContext, until, requestId: waiting.Id)).ToResult();
        return session is null ? CheckMailModel.RedirectTo(Request, CheckMailModel.WrongCode) : Redirect(afterSignIn.Into(HttpContext, session));
    }

    private PageResult Refuse(string? typed)
    {
        Typed = typed is { Length: <= EmailAddress.MostCharacters } ? typed : null;
        Problem = TakesPhones
            ? l["That is neither one e-mail address nor one phone number. Type it like name@example.com or +1 555 123 4567."]
            : l["That is not one e-mail address. Type it like name@example.com."];
        Response.StatusCode = StatusCodes.Status400BadRequest;
        return Page();
    }
}
