using Latchkey.SignIn.Diagnosis;

namespace Latchkey.SignIn.Tests.Diagnosis;

/// <summary>Which words are chosen goes by what the caller can see, so the choice tells nothing either.</summary>
[Trait("Engine", "none")]
public sealed class WhatIsSaidTests
{
    static readonly AttemptFacts Unanswered = Known.Asked(3) with { FoundAccount = false, Mails = [] };

    public static TheoryData<string, Say> Symptoms => new()
    {
        { "asked", Say.AskAndLook }, { "limited", Say.WaitAMoment }, { "code", Say.AskForFreshCode }, { "password", Say.UseLinkOrReset }, { "relay", Say.WaitForMail },
    };

    [Theory]
    [MemberData(nameof(Symptoms))]
    public void Is_the_same_for_the_same_symptom_whoever_the_name_belongs_to(string symptom, Say say)
    {
        var known = Known.Customer(Known.Asked(3));
        DiagnosisFacts[] names =
        [
            known, Known.Nobody(Unanswered), known with { Account = known.Account! with { State = AccountState.Disabled } }, Known.Nobody(Unanswered) with { Contact = Known.Record },
            Known.Nobody(Unanswered) with { Elsewhere = ["Boats"] }, Known.Nobody(Unanswered) with { Near = [new("ann@example.com", "Ann", 1, false)] },
            known with { Attempts = [Known.Asked(3, Known.Waiting(3))] },
            known with { Attempts = [Known.Asked(3).TurnedAway(LinkStatus.Expired, 1)] }, known with { Attempts = [Known.Asked(3).Redeemed(2).TurnedAway(LinkStatus.AlreadyUsed, 1)] },
            known with { Attempts = [Known.Asked(3).TurnedAway(LinkStatus.OtherBrowser, 1)] }, known with { Sessions = [Known.Session(3).Ended(2, Sessions.CookieLost) with { KeptAt = null }] },
            known with { OtherAccounts = [new("ann@work.example", true)] },
        ];
        foreach (var facts in names) With(facts, symptom).Verdict().Say.ShouldBe(say, With(facts, symptom).Verdict().Cause.ToString());
    }

    [Theory]
    [InlineData(LinkStatus.Expired, Say.AskForFreshLink)]
    [InlineData(LinkStatus.AlreadyUsed, Say.AskForFreshLink)]
    [InlineData(LinkStatus.OtherNetwork, Say.OpenWhereAsked)]
    [InlineData(LinkStatus.OtherBrowser, Say.OpenWhereAsked)]
    public void Names_what_stands_on_the_page_behind_a_link_to_whoever_tells_its_help_code(LinkStatus status, Say say)
    {
        var turnedAway = Known.Asked(3).TurnedAway(status, 1);
        if (status == LinkStatus.AlreadyUsed) turnedAway = Known.Asked(3).Redeemed(2).TurnedAway(status, 1);
        Known.Customer(turnedAway with { IsNamed = true }).Verdict().Say.ShouldBe(say);
        Known.Customer(turnedAway).Verdict().Say.ShouldBe(Say.AskAndLook);
    }

    static DiagnosisFacts With(DiagnosisFacts facts, string symptom) => symptom switch
    {
        "limited" => facts with { LimitedUntil = Known.Ago(-3), Symptoms = new() { LimitedUntil = Known.Ago(-3) } },
        "code" => facts with { Attempts = [facts.Attempts[0] with { WrongCodes = 1, CodeTriedAt = Known.Ago(1) }], Symptoms = new() { HasTypedCodes = true } },
        "password" => facts with { Policy = SignInPolicy.Password, Password = new() { IsTyped = true }, Symptoms = new() { HasTypedPassword = true } },
        "relay" => facts with { Relay = new() { Waiting = 5, WaitingSince = Known.Ago(9) } },
        _ => facts,
    };
}
