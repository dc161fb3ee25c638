using System.Security.Claims;
using System.Text.Encodings.Web;
using Latchkey.Platform.Data;
using Latchkey.Platform.Tenancy;
using Latchkey.SignIn;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.Extensions.Options;

namespace Latchkey.Platform.Web;

/// <summary>A customer is whoever's session cookie has a live row on this storefront. Asked of the database on each request.</summary>
public sealed class CustomerAuthentication(
    IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory loggers, UrlEncoder encoder, Database database, Sessions sessions, Cookies cookies, Drafts drafts, KeptCookies kept)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, loggers, encoder)
{
    public const string Name = "Customer";

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        // The page about an error that was thrown must not need what may have thrown it.
        if (Context.Features.Get<IExceptionHandlerFeature>() is not null) return AuthenticateResult.NoResult();
        if (Context.Features.Get<CurrentStorefront>() is not { Storefront: var storefront }) return AuthenticateResult.NoResult();
        if (cookies.Session(Context) is not { Length: > 0 } token) return AuthenticateResult.NoResult();
        var session = await database.ReadAsync(c => sessions.FindAsync(c, storefront.Key, token, Context.RequestAborted), Context.RequestAborted);
        if (session is null) return AuthenticateResult.Fail("The session has ended.");

        if (sessions.IsDueForRenewal(session, storefront.Policy)
            && await database.WriteAsync(t => sessions.RenewAsync(t, storefront.Key, storefront.Policy, session.Id), Context.RequestAborted))
            cookies.SetSession(Context, token, storefront.Policy.SessionLifetime);

        if (JustStarted == session.Id) kept.Note(storefront, session.Id);
        Context.Features.Set(session);
        var identity = new ClaimsIdentity([new Claim(ClaimTypes.NameIdentifier, session.AccountId.ToString())], Name);
        return AuthenticateResult.Success(new AuthenticationTicket(new ClaimsPrincipal(identity), Name));
    }

    /// <summary>
    /// Whoever is not signed in is led to the sign-in page, and from there back to where they wanted to go, or to the form they were filling
    /// in; whoever signed in a moment ago, to the page that says why it did not last.
    /// </summary>
    protected override async Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        var storefront = Context.Storefront();
        if (storefront.IsConsole() && StrictCookie.MayHaveBeenHeldBack(Context))
        {
            await StrictCookie.ComeAgainAsync(Context);
            return;
        }
        bool isLost = JustStarted is { } id && await database.ReadAsync(c => sessions.IsCookieMissingAsync(c, storefront.Key, id, Context.RequestAborted), Context.RequestAborted);
        Response.Redirect(isLost
            ? $"{Context.RootPath()}/portal/sign-in/cookies{Marker.Of(JustStarted!.Value)}"
            : $"{Context.RootPath()}/portal/sign-in{(await drafts.KeepAsync(Context) ? $"?next={Request.Path}&kept=yes" : Next())}");
    }

    private Guid? JustStarted => Marker.Read(Request);

    private string Next() => HttpMethods.IsGet(Request.Method) && ReturnPath.Read($"{Request.Path}{Marker.Without(Request)}") is { Value: not ("/portal" or ConsoleRealm.Root) } path
        ? $"?next={Uri.EscapeDataString(path.Value)}" : "";
}

public static class CustomerOfRequest
{
    /// <summary>The signed-in customer's session; null when nobody is signed in.</summary>
    public static LiveSession? Customer(this HttpContext context) => context.Features.Get<LiveSession>();
}
