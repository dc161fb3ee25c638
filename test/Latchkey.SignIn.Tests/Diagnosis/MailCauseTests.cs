using Latchkey.SignIn.Diagnosis;

namespace Latchkey.SignIn.Tests.Diagnosis;

[Trait("Engine", "none")]
public sealed class MailCauseTests
{
    static readonly MailFacts Refused = new() { About = MailAbout.SignIn, CreatedAt = Known.Ago(5), FailedAt = Known.Ago(5), Reason = "5.1.1 No such user" };

    [Fact]
    public void Nobody_answers_at_the_mail_server() =>
        (Known.Customer(Known.Asked(5, Known.Waiting(5))) with { Relay = new() { Waiting = 1, WaitingSince = Known.Ago(5), LastTakenAt = Known.Ago(60), IsUnreachable = true } })
            .ShouldBe(Cause.RelayDown, Fix.WaitForRelay);

    [Fact]
    public void The_mail_server_puts_everybody_off() =>
        (Known.Customer(Known.Asked(5, Known.Waiting(5))) with { Relay = new() { Waiting = 3, WaitingSince = Known.Ago(5) } }).ShouldBe(Cause.RelayDown, Fix.WaitForRelay);

    [Fact]
    public void The_mail_server_puts_one_addressee_off() =>
        (Known.Customer(Known.Asked(5, Known.Waiting(5))) with { Relay = new() { Waiting = 3, WaitingSince = Known.Ago(5), LastTakenAt = Known.Ago(1) } })
            .ShouldBe(Cause.MailQueued, Fix.WaitForRelay);

    [Fact]
    public void The_request_was_not_looked_at_yet() =>
        Known.Customer(Known.Asked(0) with { ResolvedAt = null, FoundAccount = false, Mails = [] }).ShouldBe(Cause.MailQueued, Fix.WaitForRelay);

    [Fact]
    public void Mail_to_the_address_is_held_back() =>
        (Known.Customer(Known.Asked(5, Refused)) with { Suppression = new(Known.Ago(900), "complained") }).ShouldBe(Cause.AddressSuppressed, Fix.LiftSuppression);

    [Fact]
    public void The_mail_was_given_back() => Known.Customer(Known.Asked(5, Refused with { SentAt = Known.Ago(5), IsBounced = true })).ShouldBe(Cause.MailBounced, Fix.CorrectAddress);

    [Fact]
    public void The_mail_was_refused() => Known.Customer(Known.Asked(5, Refused)).ShouldBe(Cause.MailRejected, Fix.CorrectAddress);

    [Fact]
    public void The_mails_of_a_whole_domain_are_refused_so_the_address_is_right()
    {
        var facts = Known.Customer(Known.Asked(5, Refused)) with { Domain = new("example.com", Known.Ago(90), IsRefusing: true, Waiting: 7) };
        facts.ShouldBe(Cause.DomainRefusing, Fix.CorrectAddress);
        (facts with { Attempts = [Known.Asked(5)] }).Verdict().Cause.ShouldBe(Cause.NotOpened); // theirs left
    }

    [Fact]
    public void The_mails_of_a_whole_domain_are_put_off() =>
        (Known.Customer(Known.Asked(5, Known.Waiting(5))) with { Domain = new("example.com", Known.Ago(90), IsRefusing: false, Waiting: 7) }).Verdict()
            .Evidence.ShouldContain(e => e.Kind == EvidenceKind.DomainPutsOff && e.Number == 7);

    [Fact]
    public void The_text_failed_for_who_asked_by_number() =>
        (Known.Customer(Known.Asked(5, Known.Mail(5), Refused with { About = MailAbout.Text })) with { IsPhone = true }).ShouldBe(Cause.SmsFailed, Fix.SendSignInLink);

    [Fact]
    public void The_text_failed_for_who_has_the_mail_too() =>
        Diagnose.Of(Known.Customer(Known.Asked(5, Known.Mail(5), Refused with { About = MailAbout.Text }))).Select(f => f.Cause).ShouldBe([Cause.NotOpened, Cause.SmsFailed]);

    [Fact]
    public void No_number_is_on_file_for_the_text() =>
        Diagnose.Of(Known.Customer(Known.Asked(5)) with { SmsIsOn = true, Policy = SignInPolicy.Subscription }).Select(f => f.Cause).ShouldBe([Cause.NotOpened, Cause.NoPhone]);

    [Fact]
    public void The_mail_was_sent_and_nobody_opened_it() => Known.Customer(Known.Asked(5)).ShouldBe(Cause.NotOpened, Fix.SendSignInLink, Confidence.Likely);

    [Fact]
    public void Asking_is_refused_for_a_while() => (Known.Customer(Known.Asked(5)) with { LimitedUntil = Known.Ago(-3) }).ShouldBe(Cause.TooManyRequests, Fix.ClearLimit);

    [Fact]
    public void A_refusal_that_is_over_is_no_cause() => (Known.Customer(Known.Asked(5)) with { LimitedUntil = Known.Ago(1) }).Verdict().Cause.ShouldBe(Cause.NotOpened);

    [Fact]
    public void A_mail_that_failed_explains_why_somebody_asks_too_often() =>
        (Known.Customer(Known.Asked(5, Refused)) with { LimitedUntil = Known.Ago(-3) }).Verdict().Cause.ShouldBe(Cause.MailRejected);
}
