using System.Globalization;
using Latchkey.Features.SignIn.Attempts;
using Latchkey.Platform.Mail;
using Latchkey.Platform.Web;
using Microsoft.Extensions.Localization;

namespace Latchkey.Features.Why;

/// <summary>One step of the attempt, as the timeline says it.</summary>
public static class StepTexts
{
    public static string Of(IStringLocalizer<Texts> l, AttemptStep step)
    {
        string times = step.Times.ToString(CultureInfo.CurrentCulture), detail = step.Detail ?? "";
        return step.Kind switch
        {
            AttemptStepKind.Asked => detail == "customer" ? l["Asked for a link"] : l["Your team asked for a link"],
            AttemptStepKind.AskedAgain => l["Asked again. Times: {0}", times],
            AttemptStepKind.Limited => l["Asked too often, and was told to wait"],
            AttemptStepKind.Resolved => l["An account was found"],
            AttemptStepKind.Unknown => l["No account was found"],
            AttemptStepKind.ToldRightStorefront => l["A mail says where to sign in"],
            AttemptStepKind.ToldUnknown => l["A mail says that there is no account"],
            AttemptStepKind.Queued => l["The mail was written"],
            AttemptStepKind.Sent => l["The mail server took the mail"],
            AttemptStepKind.Texted => l["The text message was sent"],
            AttemptStepKind.Delivered => l["Delivered"],
            AttemptStepKind.Failed => detail.Length == 0 ? l["Failed"] : l["Failed: {0}", MailReasons.Shown(l, detail)],
            AttemptStepKind.OpenedByAsker => l["Opened in the browser that asked. Times: {0}", times],
            AttemptStepKind.OpenedElsewhere => l["Opened in another browser. Times: {0}", times],
            AttemptStepKind.OpenedByProgram => l["Opened by a program, such as a mail scanner. Times: {0}", times],
            AttemptStepKind.NumberWrong => l["Wrong number typed. Times: {0}", times],
            AttemptStepKind.CodeWrong => l["Code typed that did not sign in. Times: {0}", times],
            AttemptStepKind.ConfirmedElsewhere => l["The button was pressed in another browser"],
            AttemptStepKind.Redeemed => l["Signed in by {0}", Reasons.Means(l, detail)],
            AttemptStepKind.Expired => l["The link stopped working"],
            AttemptStepKind.Revoked => l["The link was ended: {0}", Reasons.Of(l, detail)],
            AttemptStepKind.CookieKept => l["The browser kept the cookie"],
            AttemptStepKind.CookieNotKept => l["The browser did not keep the cookie"],
        };
    }

    /// <summary>Whether the way ends here.</summary>
    public static bool IsBroken(AttemptStepKind kind) => kind is AttemptStepKind.Limited or AttemptStepKind.Unknown or AttemptStepKind.Failed or AttemptStepKind.NumberWrong
        or AttemptStepKind.CodeWrong or AttemptStepKind.Expired or AttemptStepKind.Revoked or AttemptStepKind.CookieNotKept;
}
