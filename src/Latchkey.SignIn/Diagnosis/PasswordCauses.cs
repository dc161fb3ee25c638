using static Latchkey.SignIn.Diagnosis.Situation;

namespace Latchkey.SignIn.Diagnosis;

/// <summary>What is wrong with the password, where the policy has them.</summary>
internal static class PasswordCauses
{
    public static Finding? NotConfirmed(Situation s) =>
        s is { Account: { State: AccountState.Unproven } account, Facts: { Policy.Passwords: true, Password: var password } } && (password.IsWaiting || password.IsSet)
        ? Found(Cause.EmailNotConfirmed, Confidence.Certain, account.CreatedAt, Fix.ResendConfirmation, s.Public,
            new Evidence(EvidenceKind.Registered, account.CreatedAt), new Evidence(EvidenceKind.AccountState, Text: nameof(AccountState.Unproven)))
        : null;

    public static Finding? Locked(Situation s) => s is { Account: not null, Facts.Password: { LockedUntil: { } until } password } && until > s.Facts.Now
        ? Found(Cause.PasswordLocked, s.When(password.RefusedAt), password.RefusedAt, Fix.SendResetLink, s.Public,
            Typed(password), new Evidence(EvidenceKind.PasswordPaused, until))
        : null;

    public static Finding? ResetExpired(Situation s) =>
        s is { Account: not null, Facts.Password: { ResetAt: { } at, ResetEndsAt: { } end, ResetUsedAt: null } } && end <= s.Facts.Now && !(at < s.InAt)
        ? Found(Cause.ResetLinkExpired, s.When(at), end, Fix.SendResetLink, s.Public,
            new Evidence(EvidenceKind.ResetSent, at), new Evidence(EvidenceKind.ResetEnded, end))
        : null;

    public static Finding? WhereNone(Situation s) => s is { Account: { } account, Facts: { Policy.Passwords: true, Password: { IsSet: false, IsWaiting: false, IsTyped: true } } }
        && account.State != AccountState.Disabled
        ? Found(Cause.PasswordWhereNone, s.Trying is null && s.InAt is null ? Confidence.Certain : Confidence.Possible, null, Fix.SendSignInLink, s.Public, new Evidence(EvidenceKind.NoPassword))
        : null;

    public static Finding? Wrong(Situation s) => s is { Account: not null, Facts.Password: { IsSet: true, Failures: > 0, RefusedAt: { } at } password } && !(at < s.InAt)
        ? Found(Cause.WrongPassword, s.When(at), at, Fix.SendResetLink, s.Public, Typed(password))
        : null;

    public static Finding? TakenAtSignUp(Situation s) =>
        s is { Account: not null, Facts.OtherMails: [{ About: MailAbout.HasAccount } mail, ..] } && !(mail.CreatedAt < s.InAt)
        ? Found(Cause.TakenAtSignUp, s.When(mail.CreatedAt), mail.CreatedAt, Fix.SendSignInLink, s.Public,
            new Evidence(EvidenceKind.Registered, mail.CreatedAt), new Evidence(EvidenceKind.AccountMade, s.Account.CreatedAt))
        : null;

    /// <summary>The same without passwords: the sign-up page went on, and the mail says that there is an account.</summary>
    public static Finding? TakenAtOnlineSignUp(Situation s) =>
        s is { Account: not null, NewestAttempt: { IsFromSignUp: true, RedeemedAt: null } attempt } && !(attempt.LastAskedAt < s.InAt)
        ? Found(Cause.TakenAtSignUp, s.When(attempt.LastAskedAt), attempt.LastAskedAt, Fix.SendSignInLink, s.Public,
            new Evidence(EvidenceKind.Registered, attempt.LastAskedAt), new Evidence(EvidenceKind.AccountMade, s.Account.CreatedAt))
        : null;

    /// <summary>Who never asked for a link may be looking for a field to type a password in.</summary>
    public static Finding? NoneHere(Situation s) => s is { Account.LastSignedInAt: null, Facts: { Policy.Passwords: false, Attempts.Count: 0 } }
        ? Found(Cause.NoPasswordHere, Confidence.Possible, null, Fix.SendSignInLink, s.Public, new Evidence(EvidenceKind.NotAsked))
        : null;

    private static Evidence? Typed(PasswordFacts password) =>
        password.RefusedAt is { } at ? new(EvidenceKind.WrongPasswords, at, Number: password.Failures) : null;
}
