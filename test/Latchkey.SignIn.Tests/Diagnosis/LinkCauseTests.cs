using Latchkey.SignIn.Diagnosis;

namespace Latchkey.SignIn.Tests.Diagnosis;

[Trait("Engine", "none")]
public sealed class LinkCauseTests
{
    [Fact]
    public void Opened_after_its_time() => Known.Customer(Known.Asked(60).TurnedAway(LinkStatus.Expired, 2)).ShouldBe(Cause.LinkExpired, Fix.SendSignInLink);

    [Fact]
    public void Opened_after_it_had_signed_in() =>
        (Known.Customer(Known.Asked(60).Redeemed(59).TurnedAway(LinkStatus.AlreadyUsed, 2)) with { Sessions = [Known.Session(59)] }).ShouldBe(Cause.LinkUsed, Fix.SendSignInLink);

    [Fact]
    public void An_old_mail_whose_request_another_sign_in_had_ended() =>
        (Known.Customer(Known.Asked(60).Redeemed(59), (Known.Asked(90) with { RevokedAt = Known.Ago(59), RevokedReason = "signed in" }).TurnedAway(LinkStatus.Revoked, 2))
            with { Sessions = [Known.Session(59)] }).ShouldBe(Cause.OldMail, Fix.SendSignInLink);

    [Fact]
    public void On_another_network() => Known.Customer(Known.Asked(5).TurnedAway(LinkStatus.OtherNetwork, 2)).ShouldBe(Cause.OtherNetwork, Fix.SendSignInLink);

    [Fact]
    public void In_another_browser_that_the_policy_refuses() => Known.Customer(Known.Asked(5).TurnedAway(LinkStatus.OtherBrowser, 2)).ShouldBe(Cause.ConfirmationNotPressed, Fix.SendSignInLink);

    [Fact]
    public void In_another_browser_and_the_button_not_pressed() =>
        Known.Customer(Known.Asked(5) with { OpenedAt = Known.Ago(4), ElsewhereOpens = 1 }).ShouldBe(Cause.ConfirmationNotPressed, Fix.SendSignInLink, Confidence.Likely);

    [Fact]
    public void By_a_scanner_and_by_nobody_else() =>
        Known.Customer(Known.Asked(5) with { OpenedAt = Known.Ago(5), ProgramOpens = 2 }).ShouldBe(Cause.ScannerOnly, Fix.SendSignInLink, Confidence.Likely);

    [Fact]
    public void What_was_opened_too_late_is_history_once_they_asked_again() =>
        Known.Customer(Known.Asked(1), Known.Asked(60).TurnedAway(LinkStatus.Expired, 2)).Verdict().Cause.ShouldBe(Cause.NotOpened);

    [Fact]
    public void What_was_opened_too_late_is_over_once_they_are_in() =>
        (Known.Customer(Known.Asked(60).TurnedAway(LinkStatus.Expired, 20)) with { Sessions = [Known.Session(10)] }).ShouldBe(Cause.NothingWrong, Fix.None, Confidence.Likely);
}
