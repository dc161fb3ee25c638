using System.Globalization;
using Latchkey.Features.Errors;
using Latchkey.Platform.Web;
using Latchkey.SignIn;
using Microsoft.Extensions.Localization;

namespace Latchkey.Features.Passwords.Portal;

/// <summary>The dead ends of passwords and of the links in their mails, each with the one step that leads on.</summary>
public sealed class PasswordDeadEnds(Failures failures, SignInKey key, IStringLocalizer<Texts> l, TimeProvider clock)
{
    public async Task<DeadEnd> TooManyPasswordsAsync(HttpContext context, DateTimeOffset againAt, EmailAddress address)
    {
        int seconds = Math.Max(1, (int)Math.Ceiling((againAt - clock.GetUtcNow()).TotalSeconds));
        context.Response.Headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture);
        return new DeadEnd
        {
            Kind = FailureKind.PasswordLimited,
            Status = StatusCodes.Status429TooManyRequests,
            Title = l["Too many requests"],
            Message = seconds < 120
                ? l["A password was typed too often. Please wait {0} seconds, then try again.", seconds]
                : l["A password was typed too often. Please wait {0} minutes, then try again.", (seconds + 59) / 60],
            Note = l["A sign-in link works all the time."],
            Next = new DeadEnd.NextStep(l["Back to sign-in"], DeadEnds.SignIn(context)),
            WaitSeconds = seconds,
            HelpCode = await failures.NoteAsync(context, FailureKind.PasswordLimited, key.Fingerprint(address.Value)),
        };
    }

    /// <summary>The link of a confirmation that cannot be used.</summary>
    public Task<DeadEnd> ConfirmAsync(HttpContext context, LinkStatus status, LinkToken? token, OneTimeLink? link) => status switch
    {
        LinkStatus.AlreadyUsed => ShowAsync(context, link, FailureKind.RegistrationNotConfirmed, StatusCodes.Status410Gone, l["Your address is confirmed"], l["This link has done its work: there is nothing more to confirm."], ToSignIn(context)),
        LinkStatus.Expired => ShowAsync(context, link, FailureKind.RegistrationNotConfirmed, StatusCodes.Status410Gone, l["Link expired"], l["A confirmation link works for {0} hours. One press sends a new one to the same address.", (int)PasswordAsks.ConfirmLifetime.TotalHours], Again(context, "confirm", token)),
        LinkStatus.Revoked => ShowAsync(context, link, FailureKind.RegistrationNotConfirmed, StatusCodes.Status410Gone, l["Link no longer valid"], l["This link was ended, for example by a newer mail. One press sends a new one to the same address."], Again(context, "confirm", token)),
        LinkStatus.AccountClosed => ShowAsync(context, link, FailureKind.RegistrationNotConfirmed, StatusCodes.Status410Gone, l["This link does not open an account"], l["The account was closed, or its address was changed."], ToSignIn(context)),
        _ => DamagedAsync(context, FailureKind.RegistrationNotConfirmed, new(l["Ask for a new link"], $"{context.Request.PathBase}/portal/confirm")),
    };

    /// <summary>The link of a reset that cannot be used.</summary>
    public Task<DeadEnd> ResetAsync(HttpContext context, LinkStatus status, LinkToken? token, OneTimeLink? link) => status switch
    {
        LinkStatus.AlreadyUsed => ShowAsync(context, link, FailureKind.PasswordNotReset, StatusCodes.Status410Gone, l["Link already used"], l["Each link sets one new password, and this one has done so. One press sends a new one to the same address."], Again(context, "reset", token)),
        LinkStatus.Expired => ShowAsync(context, link, FailureKind.PasswordNotReset, StatusCodes.Status410Gone, l["Link expired"], l["A link works for {0} minutes. One press sends a new one to the same address.", (int)PasswordAsks.ResetLifetime.TotalMinutes], Again(context, "reset", token)),
        LinkStatus.Revoked => ShowAsync(context, link, FailureKind.PasswordNotReset, StatusCodes.Status410Gone, l["Link no longer valid"], l["This link was ended, for example by a newer mail. One press sends a new one to the same address."], Again(context, "reset", token)),
        LinkStatus.AccountClosed => ShowAsync(context, link, FailureKind.PasswordNotReset, StatusCodes.Status410Gone, l["This link does not open an account"], l["The account was closed, or its address was changed."], ToSignIn(context)),
        _ => DamagedAsync(context, FailureKind.PasswordNotReset, new(l["Ask for a new link"], $"{context.Request.PathBase}/portal/forgot-password")),
    };

    private DeadEnd.NextStep Again(HttpContext context, string page, LinkToken? token) => new(l["Send a new link"], $"{context.Request.PathBase}/portal/{page}?handler=Again")
    {
        Fields = new Dictionary<string, string>(StringComparer.Ordinal) { ["token"] = token!.Value },
    };

    private DeadEnd.NextStep ToSignIn(HttpContext context) => new(l["Go to sign-in"], DeadEnds.SignIn(context));

    private Task<DeadEnd> DamagedAsync(HttpContext context, FailureKind kind, DeadEnd.NextStep next) => ShowAsync(
        context, null, kind, StatusCodes.Status404NotFound, l["Link damaged"],
        l["Some mail programs cut links in two. Copy the whole address from the mail, or ask for a new link."], next);

    private async Task<DeadEnd> ShowAsync(HttpContext context, OneTimeLink? link, FailureKind kind, int status, string title, string message, DeadEnd.NextStep next) => new()
    {
        Kind = kind,
        Status = status,
        Title = title,
        Message = message,
        Next = next,
        HelpCode = link is null ? await failures.NoteAsync(context, kind) : failures.CodeOfLink(link.Id),
    };
}
