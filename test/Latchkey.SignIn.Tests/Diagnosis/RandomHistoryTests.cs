using FsCheck;
using FsCheck.Fluent;
using Latchkey.SignIn.Diagnosis;

namespace Latchkey.SignIn.Tests.Diagnosis;

/// <summary>Whatever is on record, there is an answer, and it says nothing that the record contradicts.</summary>
[Trait("Engine", "none")]
public sealed class RandomHistoryTests
{
    static readonly Config Often = Config.QuickThrowOnFailure.WithMaxTest(1_000).WithQuietOnSuccess(true);

    [Fact]
    public void There_is_always_an_answer_and_the_surest_comes_first() => Check(facts =>
    {
        var found = Diagnose.Of(facts);
        found.ShouldNotBeEmpty();
        found.Select(f => f.Confidence).ShouldBe(found.Select(f => f.Confidence).OrderDescending());
        found.Select(f => f.Cause).ShouldBeUnique();
        found.ShouldBe(Diagnose.Of(facts), new SameFindings());
    });

    [Fact]
    public void Every_finding_rests_on_evidence_in_its_order() => Check(facts =>
    {
        foreach (var finding in Diagnose.Of(facts))
        {
            finding.Evidence.ShouldNotBeEmpty();
            var times = finding.Evidence.Select(e => e.At).OfType<DateTimeOffset>().ToList();
            times.ShouldBe(times.Order());
            Enum.IsDefined(finding.WhoMay).ShouldBeTrue();
        }
    });

    [Fact]
    public void No_finding_contradicts_the_record() => Check(facts =>
    {
        foreach (var finding in Diagnose.Of(facts)) Contradiction(facts, finding).ShouldBeNull();
    });

    [Fact]
    public void What_mails_the_account_is_offered_only_where_somebody_can_be_mailed() => Check(facts =>
    {
        foreach (var finding in Diagnose.Of(facts).Where(f => f.Fix is Fix.SendSignInLink))
            (facts.Account is not null || facts.Near.Count > 0).ShouldBeTrue(finding.Cause.ToString());
    });

    [Fact]
    public void No_words_are_chosen_by_what_only_the_record_knows() => Check(facts =>
    {
        var nobody = new DiagnosisFacts { Now = facts.Now, Policy = facts.Policy, IsPhone = facts.IsPhone, Symptoms = facts.Symptoms, Relay = facts.Relay };
        foreach (var finding in Diagnose.Of(facts)) finding.Say.ShouldBe(nobody.Verdict().Say, finding.Cause.ToString());
    });

    /// <summary>What must hold for a finding, said once more and in another way than the rules say it.</summary>
    static string? Contradiction(DiagnosisFacts facts, Finding finding)
    {
        bool holds = finding.Cause switch
        {
            Cause.AccountDisabled => facts.Account!.State == AccountState.Disabled,
            Cause.NoAccountYet or Cause.NoValidAddress => facts.Account is null && facts.Contact is not null,
            Cause.UnknownAddress or Cause.AddressMistyped or Cause.WrongStorefront => facts.Account is null && facts.Contact is null,
            Cause.LinkExpired => facts.Attempts.Any(a => a.TurnedAwayAs == LinkStatus.Expired),
            Cause.LinkUsed => facts.Attempts.Any(a => a.TurnedAwayAs == LinkStatus.AlreadyUsed),
            Cause.OldMail => facts.Attempts.Any(a => a.RevokedReason == "signed in"),
            Cause.NotOpened => facts.Attempts[0].OpenedAt is null && facts.Attempts[0].RedeemedAt is null,
            Cause.ScannerOnly => facts.Attempts[0].ProgramOpens > 0 && facts.Attempts[0].RedeemedAt is null,
            Cause.CodeWrong or Cause.CodeExpired or Cause.CodeLocked => facts.Attempts[0].WrongCodes > 0,
            Cause.DomainRefusing => facts.Domain!.IsRefusing && facts.Attempts.SelectMany(a => a.Mails).Concat(facts.OtherMails).Any(m => m.FailedAt is not null),
            Cause.TooManyRequests => facts.LimitedUntil > facts.Now,
            Cause.NothingWrong => facts.Sessions.Any(s => s.EndedAt is null && s.EndsAt > facts.Now),
            Cause.NeverSentLink or Cause.ForgottenAccount => facts.Attempts.Count == 0,
            Cause.CookieNotKept => facts.Sessions[0].KeptAt is null || facts.Sessions[0].EndedReason == Sessions.CookieLost,
            Cause.MailQueued => facts.Attempts.Concat([]).Any(a => a.Mails.Any(m => m.IsQueued) || a.ResolvedAt is null) || facts.OtherMails.Any(m => m.IsQueued),
            _ => true,
        };
        return holds ? null : finding.ToString();
    }

    static void Check(Action<DiagnosisFacts> holds) => Prop.ForAll(RandomHistory.Facts.ToArbitrary(), holds).Check(Often);

    sealed class SameFindings : IEqualityComparer<Finding>
    {
        public bool Equals(Finding? x, Finding? y) => x is not null && y is not null && x.Cause == y.Cause && x.Confidence == y.Confidence && x.Evidence.SequenceEqual(y.Evidence);

        public int GetHashCode(Finding obj) => obj.Cause.GetHashCode();
    }
}
