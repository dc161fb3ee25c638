namespace Latchkey.SignIn.Diagnosis;

/// <summary>What puts a cause right: each is one operation, or something to tell the customer.</summary>
public enum Fix
{
    /// <summary>Nothing is to be done here: what may be said is enough.</summary>
    None,
    /// <summary>Mails a sign-in link to the account.</summary>
    SendSignInLink,
    /// <summary>Makes the account and mails a sign-in link.</summary>
    CreateAccountAndSend,
    /// <summary>Corrects the address on the record, then mails a link there.</summary>
    CorrectAddress,
    /// <summary>Lets mail to the address go again, then mails a link.</summary>
    LiftSuppression,
    /// <summary>Ends the limits of this one customer.</summary>
    ClearLimit,
    /// <summary>Opens a disabled account again, then mails a link.</summary>
    EnableAccount,
    /// <summary>Asks Support to link the customer record to the account: it shows what is on it, so two people decide.</summary>
    LinkContact,
    /// <summary>Asks Support to make one account of two.</summary>
    MergeAccounts,
    /// <summary>Mails the confirmation again.</summary>
    ResendConfirmation,
    /// <summary>Mails a link that sets a new password.</summary>
    SendResetLink,
    /// <summary>Nothing is lost: the mail leaves when the mail server takes it.</summary>
    WaitForRelay,
    /// <summary>Tell them how to allow cookies.</summary>
    TellCookies,
    /// <summary>Give them the address of the right portal.</summary>
    GoToStorefront,
}

/// <summary>Whose rights a fix needs.</summary>
public enum WhoMay
{
    /// <summary>Every staff user.</summary>
    Anyone,
    /// <summary>A manager or an owner.</summary>
    Manager,
}

/// <summary>What may be said to whoever calls. Whether an address is on record is never part of it, nor of the choice: what is not seen by the caller shares words with what is.</summary>
public enum Say
{
    /// <summary>How to ask for a link, and where to look for the mail.</summary>
    AskAndLook,
    /// <summary>Mail takes longer than usual.</summary>
    WaitForMail,
    /// <summary>Asking works again in a few minutes.</summary>
    WaitAMoment,
    /// <summary>Links have a short life and work once.</summary>
    AskForFreshLink,
    /// <summary>Open the newest mail, in the browser that asked.</summary>
    OpenWhereAsked,
    /// <summary>Press the button on the page behind the link.</summary>
    PressTheButton,
    /// <summary>Codes have a short life and few tries; a link works too.</summary>
    AskForFreshCode,
    /// <summary>How to allow cookies.</summary>
    AllowCookies,
    /// <summary>Each portal has its own address.</summary>
    CheckThePortal,
    /// <summary>How passwords are set anew, and that links work too.</summary>
    UseLinkOrReset,
    /// <summary>We look into what the portal shows and get back.</summary>
    WeLookIntoIt,
}

internal static class Fixes
{
    public static WhoMay WhoMay(Fix fix) => fix switch
    {
        Fix.None or Fix.WaitForRelay or Fix.TellCookies or Fix.GoToStorefront => Diagnosis.WhoMay.Anyone,
        Fix.SendSignInLink or Fix.CreateAccountAndSend or Fix.CorrectAddress or Fix.LiftSuppression or Fix.ClearLimit or Fix.EnableAccount
            or Fix.LinkContact or Fix.MergeAccounts or Fix.ResendConfirmation or Fix.SendResetLink => Diagnosis.WhoMay.Manager,
    };
}
