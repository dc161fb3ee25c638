using System.Globalization;
using Latchkey.Platform.Web;
using Latchkey.SignIn;
using Latchkey.SignIn.Diagnosis;
using Microsoft.Extensions.Localization;

namespace Latchkey.Features.Why;

/// <summary>
/// What may be said to whoever calls, in their language. None tells whether an address is on record, what state an account is in, or that a
/// mail went out: a caller is not the mailbox. A test holds each against the words that would.
/// </summary>
public static class SayTexts
{
    /// <summary>What callers say they see, and what may be said to it. Always all of it, whoever calls: it goes by their words, not by the record.</summary>
    public static IReadOnlyList<(string Symptom, Say Say)> BySymptom(IStringLocalizer<Texts> l, SignInPolicy policy) =>
    [
        (l["No mail has come"], Say.AskAndLook),
        (l["The link does not work"], Say.AskForFreshLink),
        (l["The page behind the link shows a button"], Say.PressTheButton),
        .. policy.CodeDigits > 0 ? [(l["The code is not taken"].Value, Say.AskForFreshCode)] : Array.Empty<(string, Say)>(),
        .. policy.Passwords ? [(l["The password is not taken"].Value, Say.UseLinkOrReset)] : Array.Empty<(string, Say)>(),
        (l["They are sent back to the sign-in page"], Say.AllowCookies),
        (l["Something is missing once they are in"], Say.WeLookIntoIt),
    ];

    /// <summary>The words in the customer's language, whatever the staff's.</summary>
    public static string In(string locale, IStringLocalizer<Texts> l, Say say, string portal)
    {
        var mine = CultureInfo.CurrentUICulture;
        CultureInfo.CurrentUICulture = Language.Culture(locale);
        try
        {
            return Of(l, say, portal);
        }
        finally
        {
            CultureInfo.CurrentUICulture = mine;
        }
    }

    public static string Of(IStringLocalizer<Texts> l, Say say, string portal) => say switch
    {
        Say.AskAndLook => l["Each of our portals has an address of its own: it stands in our mails and on our invoices, such as {0}. Please open yours, type your address with care, and press Send sign-in link. If an address matches, a mail is on its way within a few minutes. Please look in the spam folder too.", portal],
        Say.WaitForMail => l["Our mails take longer than usual at the moment. If an address matches, its mail arrives by itself. There is no need to ask again."],
        Say.WaitAMoment => l["When a link is asked for often in a short time, our sign-in page waits a few minutes before it takes the next request. Please try again in a little while at {0}.", portal],
        Say.AskForFreshLink => l["Our sign-in links work once and for a short time. Please ask for a new one at {0} and open the newest mail within a few minutes.", portal],
        Say.OpenWhereAsked => l["Please ask for a link at {0}, and open it on the same device and in the same browser.", portal],
        Say.PressTheButton => l["When you open a sign-in link, the page shows a button. Please press it: only then are you signed in."],
        Say.AskForFreshCode => l["Our codes work for a short time and a few tries. Please ask again at {0}, then press the link in the newest mail.", portal],
        Say.AllowCookies => l["Signing in needs a browser that keeps cookies. Please open {0} in a normal window, not a private one, and allow cookies for it.", portal],
        Say.CheckThePortal => l["Each of our portals has an address of its own. It stands in our mails and on our invoices. Please open it from there."],
        Say.UseLinkOrReset => l["Please press Forgot password at {0}. If an address matches, a mail is on its way. A sign-in link works in place of a password too.", portal],
        Say.WeLookIntoIt => l["Thank you for telling us. We look into it and get back to you."],
    };
}
