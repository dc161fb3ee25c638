using System.Globalization;
using Latchkey.Features.Errors;
using Latchkey.Platform.Web;
using Latchkey.SignIn;
using Microsoft.Extensions.Localization;

namespace Latchkey.Features.Passwords.Portal;

/// <summary>The dead ends of passwords and of the links in their mails, each with the one step that leads on.</summary>
public sealed class PasswordDeadEnds(IStringLocalizer<Texts> l, TimeProvider clock)
{
    public DeadEnd TooManyPasswords(HttpContext context, DateTimeOffset againAt)
    {
        int seconds = Math.Max(1, (int)Math.Ceiling((againAt - clock.GetUtcNow()).TotalSeconds));
        context.Response.Headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture);
        return new DeadEnd
        {
            Status = StatusCodes.Status429TooManyRequests,
            Title = l["Too many requests"],
            Message = seconds < 120
                ? l["A password was typed too often. Please wait {0} seconds, then try again.", seconds]
                : l["A password was typed too often. Please wait {0} minutes, then try again.", (seconds + 59) / 60],
            Note = l["A sign-in link works all the time."],
            Next = new DeadEnd.NextStep(l["Back to sign-in"], DeadEnds.SignIn(context)),
            WaitSeconds = seconds,
        };
    }

    /// <summary>The link of a confirmation that cannot be used.</summary>
    public DeadEnd Confirm(HttpContext context, LinkStatus status, LinkToken? token) => status switch
    {
        LinkStatus.AlreadyUsed => Gone(l["Your address is confirmed"], l["This link has done its work: there is nothing more to confirm."], new(l["Go to sign-in"], DeadEnds.SignIn(context))),
        LinkStatus.Expired => Gone(l["Link expired"], l["A confirmation link works for {0} hours. One press sends a new one to the same address.", (int)PasswordAsks.ConfirmLifetime.TotalHours], Again(context, "confirm", token)),
        LinkStatus.Revoked => Gone(l["Link no longer valid"], l["This link was ended, for example by a newer mail. One press sends a new one to the same address."], Again(context, "confirm", token)),
        LinkStatus.AccountClosed => Gone(l["This link does not open an account"], l["The account was closed, or its address was changed."], new(l["Go to sign-in"], DeadEnds.SignIn(context))),
        _ => Damaged(new(l["Ask for a new link"], $"{context.Request.PathBase}/portal/confirm")),
    };

    /// <summary>The link of a reset that cannot be used.</summary>
    public DeadEnd Reset(HttpContext context, LinkStatus status, LinkToken? token) => status switch
    {
        LinkStatus.AlreadyUsed => Gone(l["Link already used"], l["Each link sets one new password, and this one has done so. One press sends a new one to the same address."], Again(context, "reset", token)),
        LinkStatus.Expired => Gone(l["Link expired"], l["A link works for {0} minutes. One press sends a new one to the same address.", (int)PasswordAsks.ResetLifetime.TotalMinutes], Again(context, "reset", token)),
        LinkStatus.Revoked => Gone(l["Link no longer valid"], l["This link was ended, for example by a newer mail. One press sends a new one to the same address."], Again(context, "reset", token)),
        LinkStatus.AccountClosed => Gone(l["This link does not open an account"], l["The account was closed, or its address was changed."], new(l["Go to sign-in"], DeadEnds.SignIn(context))),
        _ => Damaged(new(l["Ask for a new link"], $"{context.Request.PathBase}/portal/forgot-password")),
    };

    private DeadEnd.NextStep Again(HttpContext context, string page, LinkToken? token) => new(l["Send a new link"], $"{context.Request.PathBase}/portal/{page}?handler=Again")
    {
        Fields = new Dictionary<string, string>(StringComparer.Ordinal) { ["token"] = token!.Value },
    };

    private static DeadEnd Gone(string title, string message, DeadEnd.NextStep next) =>
        new() { Status = StatusCodes.Status410Gone, Title = title, Message = message, Next = next };

    private DeadEnd Damaged(DeadEnd.NextStep next) => new()
    {
        Status = StatusCodes.Status404NotFound,
        Title = l["Link damaged"],
        Message = l["Some mail programs cut links in two. Copy the whole address from the mail, or ask for a new link."],
        Next = next,
    };
}
