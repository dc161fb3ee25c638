using Latchkey.Platform.Web;
using Latchkey.SignIn.Diagnosis;
using Microsoft.Extensions.Localization;

namespace Latchkey.Features.Why;

/// <summary>Words of the button, and of what became of it.</summary>
public static class FixTexts
{
    /// <summary>The words of the button, or of what to do where there is none.</summary>
    public static string Of(IStringLocalizer<Texts> l, Fix fix) => fix switch
    {
        Fix.None => l["There is nothing to change here."],
        Fix.SendSignInLink => l["Send sign-in link"],
        Fix.CreateAccountAndSend => l["Create the account and send a link"],
        Fix.CorrectAddress => l["Correct the address and send a link"],
        Fix.LiftSuppression => l["Let mail go there again and send a link"],
        Fix.ClearLimit => l["End the waiting time"],
        Fix.EnableAccount => l["Enable the account and send a link"],
        Fix.LinkContact => l["Ask Support to link the record"],
        Fix.MergeAccounts => l["Ask Support to merge the accounts"],
        Fix.ResendConfirmation => l["Send the confirmation again"],
        Fix.SendResetLink => l["Send a link for a new password"],
        Fix.WaitForRelay => l["Nothing is lost. The mail leaves by itself."],
        Fix.TellCookies => l["Tell them how to allow cookies."],
        Fix.GoToStorefront => l["Give them the address of the right portal."],
    };

    /// <summary>Whether there is a button: the rest is something to tell, or to ask of others.</summary>
    public static bool IsButton(Fix fix) => fix is not (Fix.None or Fix.WaitForRelay or Fix.TellCookies or Fix.GoToStorefront or Fix.LinkContact or Fix.MergeAccounts);

    public static string Of(IStringLocalizer<Texts> l, WhoMay who) => who switch
    {
        WhoMay.Anyone => l["Everybody on the team may do this."],
        WhoMay.Manager => l["A Manager or Owner may do this."],
    };

    public static string Of(IStringLocalizer<Texts> l, FixAnswer answer) => answer.Outcome switch
    {
        FixOutcome.Sent => l["A mail is on its way."],
        FixOutcome.Done => l["Done."],
        FixOutcome.Limited => l["Too many mails went to this address. The next one can be sent on {0}.", Dates.Moment(answer.AgainAt)],
        FixOutcome.NotAnAddress => l["That is not an address that mail can reach. Type it like name@example.com."],
        FixOutcome.AnothersAddress => l["Another account has this address. Support can help."],
        FixOutcome.ProviderDidNot => l["The mail provider did not take the address off its list. Nothing was changed. Try again later."],
        FixOutcome.NotOffered => l["Something has changed meanwhile. Look at the page once more."],
    };
}
