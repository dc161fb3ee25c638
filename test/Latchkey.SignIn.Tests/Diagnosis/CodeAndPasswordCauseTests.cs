using Latchkey.SignIn.Diagnosis;

namespace Latchkey.SignIn.Tests.Diagnosis;

[Trait("Engine", "none")]
public sealed class CodeAndPasswordCauseTests
{
    static readonly DiagnosisFacts WithPassword = Known.Customer() with { Policy = SignInPolicy.Password, Password = new() { IsSet = true } };

    static AttemptFacts Typed(int codes, double minutesAgo) => Known.Asked(12) with { WrongCodes = codes, CodeTriedAt = Known.Ago(minutesAgo) };

    [Fact]
    public void A_wrong_code() => Known.Customer(Typed(1, 5)).ShouldBe(Cause.CodeWrong, Fix.SendSignInLink);

    [Fact]
    public void A_code_after_its_time() => Known.Customer(Typed(1, 1)).ShouldBe(Cause.CodeExpired, Fix.SendSignInLink);

    [Fact]
    public void No_try_at_the_code_left() => Known.Customer(Typed(5, 5)).ShouldBe(Cause.CodeLocked, Fix.SendSignInLink);

    [Fact]
    public void Codes_refused_for_a_while_over_many_requests() => (Known.Customer(Typed(1, 5)) with { CodesLimitedUntil = Known.Ago(-5) }).ShouldBe(Cause.CodeLocked, Fix.SendSignInLink);

    [Fact]
    public void A_wrong_password() => (WithPassword with { Password = new() { IsSet = true, Failures = 1, RefusedAt = Known.Ago(1) } }).ShouldBe(Cause.WrongPassword, Fix.SendResetLink);

    [Fact]
    public void A_pause_after_wrong_passwords() =>
        (WithPassword with { Password = new() { IsSet = true, Failures = 5, RefusedAt = Known.Ago(1), LockedUntil = Known.Ago(-14) } }).ShouldBe(Cause.PasswordLocked, Fix.SendResetLink);

    [Fact]
    public void A_password_where_there_is_none() => (WithPassword with { Password = new() { IsTyped = true } }).ShouldBe(Cause.PasswordWhereNone, Fix.SendSignInLink);

    [Fact]
    public void A_link_for_a_new_password_that_was_not_used_in_time() =>
        (WithPassword with { Password = new() { IsSet = true, Failures = 1, RefusedAt = Known.Ago(90), ResetAt = Known.Ago(80), ResetEndsAt = Known.Ago(20) } }).ShouldBe(Cause.ResetLinkExpired, Fix.SendResetLink);

    [Fact]
    public void A_registration_that_was_never_confirmed() =>
        (WithPassword with { Account = WithPassword.Account! with { State = AccountState.Unproven, LastSignedInAt = null, IsSelfMade = true }, Password = new() { IsWaiting = true } })
            .ShouldBe(Cause.EmailNotConfirmed, Fix.ResendConfirmation);

    [Fact]
    public void A_registration_with_an_address_that_has_an_account() =>
        (WithPassword with { OtherMails = [Known.Mail(3, MailAbout.HasAccount)] }).ShouldBe(Cause.TakenAtSignUp, Fix.SendSignInLink);

    [Fact]
    public void A_mail_with_a_new_password_that_was_refused() =>
        (WithPassword with { OtherMails = [new() { About = MailAbout.Reset, CreatedAt = Known.Ago(2), FailedAt = Known.Ago(2) }], Password = new() { IsSet = true, ResetAt = Known.Ago(2), ResetEndsAt = Known.Ago(-58) } })
            .Verdict().Cause.ShouldBe(Cause.MailRejected);

    [Fact]
    public void Somebody_who_may_look_for_a_password()
    {
        var facts = Known.Customer() with { Policy = SignInPolicy.Storage };
        Diagnose.Of(facts with { Account = facts.Account! with { LastSignedInAt = null } }).Select(f => f.Cause).ShouldBe([Cause.NeverSentLink, Cause.NoPasswordHere]);
    }
}
