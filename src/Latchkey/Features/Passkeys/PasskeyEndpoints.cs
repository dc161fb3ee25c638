using System.Text.Json;
using System.Text.Json.Nodes;
using Latchkey.Features.SignIn.Portal;
using Latchkey.Platform.Tenancy;
using Latchkey.Platform.Web;
using Latchkey.SignIn;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Localization;

namespace Latchkey.Features.Passkeys;

/// <summary>What passkeys.js talks to. Each answer is either a question, a page to go on to, or a sentence to show.</summary>
public static class PasskeyEndpoints
{
    private const int MostBytes = 32 * 1024;

    public static void MapPasskeys(this WebApplication app)
    {
        var routes = app.MapGroup("").WithMetadata(new RequestSizeLimitAttribute(MostBytes)).AddEndpointFilter(OnlyWhereThePolicyHasThem);
        routes.MapPost("/portal/sign-in/passkey/ask", AskToSignInAsync).AllowAnonymous();
        routes.MapPost("/portal/sign-in/passkey", SignInAsync).AllowAnonymous();
        routes.MapPost("/portal/account/passkeys/ask", AskToAddAsync).RequireAuthorization(FolderFence.Customer);
        routes.MapPost("/portal/account/passkeys/add", AddAsync).RequireAuthorization(FolderFence.Customer);
    }

    private static async ValueTask<object?> OnlyWhereThePolicyHasThem(EndpointFilterInvocationContext call, EndpointFilterDelegate next) =>
        call.HttpContext.Storefront().Policy.Passkeys ? await next(call) : Results.NotFound();

    private static async Task<IResult> AskToSignInAsync(HttpContext context, SignInByPasskey signIn, Cookies cookies, IStringLocalizer<Texts> l, CancellationToken cancel) =>
        Question(await signIn.AskAsync(context.Storefront(), Visitor(context, cookies), cancel), l);

    private static async Task<IResult> SignInAsync(
        HttpContext context, Answer answer, SignInByPasskey signIn, Cookies cookies, AfterSignIn afterSignIn, IStringLocalizer<Texts> l,
        CancellationToken cancel)
    {
        var done = await signIn.RunAsync(context.Storefront(), Visitor(context, cookies), context.Customer(), answer.Read(), cancel);
        return done.Refusal switch
        {
            PasskeyRefusal.None => GoTo(afterSignIn.Into(context, done.Session!, ReturnPath.Read(answer.Next))),
            PasskeyRefusal.Unknown => Refuse(l["This passkey is not known here any more. Use your email instead."], done.Forgotten),
            PasskeyRefusal.Failed => Refuse(l["This passkey could not be checked. Use your email instead."]),
        };
    }

    private static async Task<IResult> AskToAddAsync(
        HttpContext context, AddPasskey add, Cookies cookies, TimeProvider clock, IStringLocalizer<Texts> l, CancellationToken cancel) =>
        context.Customer()!.IsFresh(clock.GetUtcNow())
            ? Question(await add.AskAsync(context.Storefront(), context.Customer()!, Visitor(context, cookies), cancel), l)
            : GoTo(ConfirmFirst(context));

    private static async Task<IResult> AddAsync(
        HttpContext context, Answer answer, AddPasskey add, Cookies cookies, TimeProvider clock, IStringLocalizer<Texts> l, CancellationToken cancel)
    {
        if (!context.Customer()!.IsFresh(clock.GetUtcNow())) return GoTo(ConfirmFirst(context));
        if (PasskeyName.Read(answer.Name) is not { } name) return Refuse(l["Give the passkey a name of at most {0} characters.", PasskeyName.MostCharacters]);
        return await add.RunAsync(context.Storefront(), context.Customer()!, Visitor(context, cookies), answer.Read(), name, cancel) switch
        {
            AddPasskeyOutcome.Added => GoTo($"{context.Request.PathBase}/portal/account/passkeys"),
            AddPasskeyOutcome.Refused => Refuse(l["That did not work, and nothing was added. Try once more."]),
            AddPasskeyOutcome.TooMany => Refuse(l["There is no room for another passkey: an account has at most {0}. Remove one first.", AddPasskey.Most]),
        };
    }

    /// <summary>Where a customer proves to be there, before something sensitive changes.</summary>
    internal static string ConfirmFirst(HttpContext context) => $"{context.Request.PathBase}/portal/account/confirm?next=passkeys";

    internal static Visitor Visitor(HttpContext context, Cookies cookies) => new(cookies.BrowserOrNew(context), context.Ip(), context.Device());

    private static IResult Question(PasskeyQuestion question, IStringLocalizer<Texts> l) => question.Issued.LimitedUntil is null
        ? Results.Json(new { challenge = question.Issued.Id, options = JsonNode.Parse(question.Options) })
        : Results.Json(new { message = l["Too many tries from here. Wait a minute, or use your email instead."].Value }, statusCode: StatusCodes.Status429TooManyRequests);

    private static IResult GoTo(string next) => Results.Json(new { next });

    private static IResult Refuse(string message, ForgottenPasskey? forget = null) =>
        Results.Json(new { message, forget }, statusCode: StatusCodes.Status400BadRequest);

    /// <param name="Challenge">The question it belongs to.</param>
    /// <param name="Credential">What the device made; it may be anything.</param>
    /// <param name="Name">What a new passkey is to be called.</param>
    /// <param name="Next">Where to go after signing in.</param>
    private sealed record Answer(Guid Challenge, JsonElement Credential, string? Name, string? Next)
    {
        public PasskeyAnswer Read() => new(Challenge, Credential.ValueKind == JsonValueKind.Undefined ? "null" : Credential.GetRawText());
    }
}
