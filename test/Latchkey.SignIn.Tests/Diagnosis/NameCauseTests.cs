using Latchkey.SignIn.Diagnosis;

namespace Latchkey.SignIn.Tests.Diagnosis;

[Trait("Engine", "none")]
public sealed class NameCauseTests
{
    static readonly AttemptFacts AskedInVain = Known.Asked(3) with { FoundAccount = false, Mails = [] };

    [Fact]
    public void A_page_that_is_none_of_ours() => (Known.Nobody() with { UnknownHost = "portal.riverbnd.example" }).ShouldBe(Cause.UnknownHost, Fix.GoToStorefront);

    [Fact]
    public void A_browser_that_keeps_no_cookies_by_the_code_of_its_page() =>
        (Known.Nobody() with { Page = new(Known.Ago(1), Cause.CookiesOff) }).ShouldBe(Cause.CookiesOff, Fix.TellCookies);

    [Fact]
    public void A_damaged_link_by_the_code_of_its_page() =>
        (Known.Nobody() with { Page = new(Known.Ago(1), Cause.LinkDamaged) }).ShouldBe(Cause.LinkDamaged, Fix.None);

    [Fact]
    public void A_record_without_an_address_that_mail_can_reach() =>
        (Known.Nobody() with { Contact = Known.Record with { Email = "ann at example", IsDeliverable = false, IsLinked = false } }).ShouldBe(Cause.NoValidAddress, Fix.CorrectAddress);

    [Fact]
    public void A_record_without_an_account() =>
        (Known.Nobody(AskedInVain) with { Contact = Known.Record with { IsLinked = false } }).ShouldBe(Cause.NoAccountYet, Fix.CreateAccountAndSend);

    [Fact]
    public void An_address_that_was_the_accounts_until_it_was_changed()
    {
        var facts = Known.Customer(AskedInVain);
        facts = facts with { Account = facts.Account! with { Email = "ann@new.example", IsUnderName = false }, Contact = null, AddressChangedAt = Known.Ago(600) };
        facts.ShouldBe(Cause.AddressChanged, Fix.SendSignInLink);
    }

    [Fact]
    public void A_link_that_went_to_the_address_before_the_change() =>
        Known.Customer((Known.Asked(10) with { RevokedAt = Known.Ago(8), RevokedReason = "email changed by staff" }).TurnedAway(LinkStatus.Revoked, 5)).ShouldBe(Cause.AddressChanged, Fix.SendSignInLink);

    [Fact]
    public void An_address_on_record_whose_account_has_another()
    {
        var facts = Known.Customer(AskedInVain);
        (facts with { Account = facts.Account! with { Email = "ann@work.example", IsUnderName = false } }).ShouldBe(Cause.OtherAddressOnRecord, Fix.SendSignInLink);
    }

    [Fact]
    public void An_unknown_address_that_spells_the_name_of_somebody_with_another() =>
        (Known.Nobody(AskedInVain) with { Near = [new("archer77@mail.example", "Ann Archer", 12, true)] }).ShouldBe(Cause.OtherAddressOnRecord, Fix.CorrectAddress, Confidence.Likely);

    [Fact]
    public void An_address_of_another_storefront() => (Known.Nobody(AskedInVain) with { Elsewhere = ["Riverbend Boats"] }).ShouldBe(Cause.WrongStorefront, Fix.GoToStorefront);

    [Fact]
    public void An_address_with_a_typing_error() =>
        (Known.Nobody(AskedInVain) with { Near = [new("ann@example.com", "Ann Archer", 1, false)] }).ShouldBe(Cause.AddressMistyped, Fix.SendSignInLink, Confidence.Likely);

    [Fact]
    public void A_number_that_nobody_has() => (Known.Nobody(AskedInVain) with { IsPhone = true }).ShouldBe(Cause.NoPhone, Fix.None);

    [Fact]
    public void An_address_that_nobody_has_nor_one_like_it() => Known.Nobody(AskedInVain).ShouldBe(Cause.UnknownAddress, Fix.None);

    [Fact]
    public void An_unknown_address_that_asked_too_often_is_first_of_all_unknown() =>
        (Known.Nobody(AskedInVain) with { LimitedUntil = Known.Ago(-3) }).ShouldBe(Cause.UnknownAddress, Fix.None);
}
