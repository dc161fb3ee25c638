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
        ];
        foreach (var facts in names) With(facts, symptom).Verdict().Say.ShouldBe(say, With(facts, symptom).Verdict().Cause.ToString());
    }

    static DiagnosisFacts With(DiagnosisFacts facts, string symptom) => symptom switch
    {
        "limited" => facts with { LimitedUntil = Known.Ago(-3) },
        "code" => facts with { Attempts = [facts.Attempts[0] with { WrongCodes = 1, CodeTriedAt = Known.Ago(1) }] },
        "password" => facts with { Policy = SignInPolicy.Password, Password = new() { IsTyped = true } },
        "relay" => facts with { Relay = new() { Waiting = 5, WaitingSince = Known.Ago(9) } },
        _ => facts,
    };
}
