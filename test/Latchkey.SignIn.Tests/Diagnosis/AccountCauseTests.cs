using Latchkey.SignIn.Diagnosis;

namespace Latchkey.SignIn.Tests.Diagnosis;

[Trait("Engine", "none")]
public sealed class AccountCauseTests
{
    static DiagnosisFacts Account(Func<AccountFacts, AccountFacts> change, params SessionFacts[] sessions)
    {
        var facts = Known.Customer();
        return facts with { Account = change(facts.Account!), Sessions = sessions };
    }

    [Fact]
    public void Disabled_by_staff() => Account(a => a with { State = AccountState.Disabled }).ShouldBe(Cause.AccountDisabled, Fix.EnableAccount);

    [Fact]
    public void Reset_by_support() => Account(a => a with { State = AccountState.Unproven }, Known.Session(600).Ended(5, "account reset")).ShouldBe(Cause.AccountReset, Fix.SendSignInLink);

    [Fact]
    public void Merged_by_support() => Account(a => a with { MergedFrom = "ann@old.example", IsUnderName = false }, Known.Session(600).Ended(5, "account merged"))
        .ShouldBe(Cause.AccountMerged, Fix.SendSignInLink);

    [Fact]
    public void A_record_that_is_not_linked() =>
        (Known.Customer() with { Contact = Known.Record with { IsLinked = false }, Sessions = [Known.Session(5)] }).ShouldBe(Cause.ContactNotLinked, Fix.LinkContact);

    [Fact]
    public void A_record_of_the_same_name_that_is_not_linked()
    {
        var facts = Account(a => a with { HasHoldings = false }, Known.Session(5)) with { Unlinked = Known.Record with { Email = "ann@work.example", IsLinked = false } };
        facts.ShouldBe(Cause.ContactNotLinked, Fix.LinkContact, Confidence.Likely);
        (facts with { Account = facts.Account! with { HasHoldings = true } }).ShouldBe(Cause.NothingWrong, Fix.None, Confidence.Likely); // another Ann's, for all that is known
    }

    [Fact]
    public void Another_account_that_has_what_they_look_for()
    {
        var facts = Account(a => a with { HasHoldings = false }, Known.Session(5));
        (facts with { OtherAccounts = [new("ann@work.example", true)] }).ShouldBe(Cause.TwoAccounts, Fix.MergeAccounts);
    }

    [Fact]
    public void Made_by_themselves_and_forgotten() => Account(a => a with { LastSignedInAt = null, IsSelfMade = true }).ShouldBe(Cause.ForgottenAccount, Fix.SendSignInLink, Confidence.Likely);

    [Fact]
    public void Never_sent_a_link() => Account(a => a with { LastSignedInAt = null }).ShouldBe(Cause.NeverSentLink, Fix.SendSignInLink, Confidence.Likely);

    [Fact]
    public void The_browser_kept_no_cookie() =>
        (Known.Customer(Known.Asked(6).Redeemed(5)) with { Sessions = [Known.Session(5).Ended(5, Sessions.CookieLost) with { KeptAt = null }] }).ShouldBe(Cause.CookieNotKept, Fix.TellCookies);

    [Fact]
    public void The_cookie_never_came_back() =>
        (Known.Customer(Known.Asked(6).Redeemed(5)) with { Sessions = [Known.Session(5) with { KeptAt = null }] }).ShouldBe(Cause.CookieNotKept, Fix.TellCookies, Confidence.Likely);

    [Fact]
    public void Signed_out_by_staff() => Account(a => a, Known.Session(600).Ended(5, "revoked by staff")).ShouldBe(Cause.SessionsRevoked, Fix.SendSignInLink);

    [Fact]
    public void A_link_that_staff_ended() =>
        Known.Customer(Known.Asked(5) with { RevokedAt = Known.Ago(4), RevokedReason = "revoked by staff", TurnedAwayAs = LinkStatus.Revoked, TurnedAwayAt = Known.Ago(2), OpenedAt = Known.Ago(2) })
            .ShouldBe(Cause.SessionsRevoked, Fix.SendSignInLink);

    [Fact]
    public void A_session_whose_time_is_over() => Account(a => a, Known.Session(600, endsIn: -5)).ShouldBe(Cause.SessionExpired, Fix.SendSignInLink, Confidence.Likely);

    [Fact]
    public void Signed_in_and_well() => (Known.Customer(Known.Asked(6).Redeemed(5)) with { Sessions = [Known.Session(5)] }).ShouldBe(Cause.NothingWrong, Fix.None, Confidence.Likely);

    [Fact]
    public void Nothing_on_record_explains_it() => Known.Customer(Known.Asked(100) with { Mails = [] }).ShouldBe(Cause.Unclear, Fix.SendSignInLink, Confidence.Possible);
}
