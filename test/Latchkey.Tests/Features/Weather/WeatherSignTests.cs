using Latchkey.Features.Weather;

namespace Latchkey.Tests.Features.Weather;

/// <summary>What an organization's newest mails say, at each threshold of docs/weather.md.</summary>
[Trait("Engine", "none")]
public sealed class WeatherSignTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 21, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void All_is_fair_when_mails_are_taken_and_single_ones_are_refused() =>
        Kinds([.. Many(20, i => Taken($"{i}@a.example", 30 + i)), Refused("gone@b.example", 20), Refused("gone@c.example", 25), Waiting("slow@d.example", 10)]).ShouldBeEmpty();

    [Fact]
    public void A_relay_that_takes_nothing_is_down_from_three_mails_on_or_when_it_does_not_answer()
    {
        TriedMail[] put = [Waiting("a@a.example", 9), Waiting("b@b.example", 5)];
        Kinds(put).ShouldBeEmpty();
        var sign = WeatherSigns.Of([.. put, Waiting("c@b.example", 3), Taken("d@a.example", 60)], Now, false).ShouldHaveSingleItem();
        (sign.Kind, sign.Since, sign.Says).ShouldBe((WeatherKind.RelayDown, Now.AddMinutes(-9), "450 later"));
        Kinds([.. put, Waiting("c@b.example", 3), Taken("d@a.example", 4)]).ShouldBeEmpty(); // it takes some
        Kinds([Waiting("a@a.example", 5) with { ReplyCode = null, Reply = "Could not connect" }]).ShouldBe([WeatherKind.RelayDown]);
        Kinds([Waiting("a@a.example", 0) with { ReplyCode = null, Reply = "Could not connect" }]).ShouldBeEmpty(); // a moment is nothing
    }

    [Fact]
    public void A_relay_is_slow_when_half_of_what_it_took_lately_had_waited()
    {
        TriedMail[] late = [.. Many(3, i => Taken($"{i}@{(i == 0 ? "a" : "b")}.example", 20, waited: 5))];
        Kinds([.. late, .. Many(3, i => Taken($"{i}@c.example", 15))]).ShouldBe([WeatherKind.RelaySlow]);
        Kinds([.. late, .. Many(4, i => Taken($"{i}@c.example", 15))]).ShouldBeEmpty();
        Kinds([.. late.Select(m => m with { Lane = 1 }), .. Many(3, i => Taken($"{i}@c.example", 15))]).ShouldBeEmpty(); // a wave waits by design
    }

    [Fact]
    public void One_domain_that_puts_off_or_refuses_is_told_apart_from_the_rest()
    {
        TriedMail[] fine = [.. Many(10, i => Taken($"{i}@fine.example", 2))];
        TriedMail[] slow = [.. Many(3, i => Waiting($"{i}@slow.example", 10))];
        WeatherSigns.Of([.. fine, .. slow], Now, false).ShouldHaveSingleItem().ShouldSatisfyAllConditions(s => s.Kind.ShouldBe(WeatherKind.DomainSlow), s => s.Domain.ShouldBe("slow.example"));
        Kinds([.. fine, .. slow.Take(2)]).ShouldBeEmpty();
        TriedMail[] refusing = [.. Many(3, i => Refused($"{i}@refusing.example", 10)), .. Many(2, i => Taken($"t{i}@refusing.example", 30))];
        WeatherSigns.Of([.. fine, .. refusing], Now, false).ShouldHaveSingleItem().ShouldSatisfyAllConditions(s => s.Kind.ShouldBe(WeatherKind.DomainFailing), s => s.Domain.ShouldBe("refusing.example"));
        Kinds([.. fine, .. refusing.Take(4)]).ShouldBeEmpty();
        Kinds([.. fine, .. refusing, .. Many(2, i => Taken($"n{i}@refusing.example", 40))]).ShouldBeEmpty(); // three of seven
        Kinds([.. fine, .. refusing.Take(3).Select(m => m with { ToAddress = "one@refusing.example" }), .. refusing.Skip(3)]).ShouldBeEmpty(); // one mailbox is nobody's weather
        Kinds([.. fine, .. Many(8, i => Refused($"{i}@refusing.example", 30)), .. Many(3, i => Taken($"n{i}@refusing.example", 5))]).ShouldBeEmpty(); // the newest are taken again
    }

    [Fact]
    public void A_provider_that_used_to_report_and_does_no_more_is_silent_until_a_report_comes()
    {
        TriedMail[] silent = [.. Many(10, i => Taken($"{i}@a.example", 40 + i) with { ProviderId = $"p{i}" })];
        var reported = Taken("r@a.example", 90) with { ProviderId = "r", Delivery = "delivered" };
        Kinds(silent).ShouldBeEmpty(); // none was ever seen: no webhook
        var sign = WeatherSigns.Of([.. silent, reported], Now, false).ShouldHaveSingleItem();
        (sign.Kind, sign.Since).ShouldBe((WeatherKind.WebhookSilent, Now.AddMinutes(-49)));
        WeatherSigns.Of(silent, Now, isSilent: true).ShouldHaveSingleItem().Kind.ShouldBe(WeatherKind.WebhookSilent);
        WeatherSigns.Of([reported with { SentAt = Now.AddMinutes(-5) }, .. silent], Now, isSilent: true).ShouldBeEmpty();
        Kinds([.. silent.Skip(1), reported]).ShouldBeEmpty();
    }

    private static IEnumerable<WeatherKind> Kinds(IReadOnlyList<TriedMail> mails) => WeatherSigns.Of(mails, Now, false).Select(s => s.Kind);

    private static IEnumerable<TriedMail> Many(int count, Func<int, TriedMail> make) => Enumerable.Range(0, count).Select(make);

    private static TriedMail Taken(string to, int minutesAgo, int waited = 0) => new()
    {
        Lane = 0, State = "sent", ToAddress = to, CreatedAt = Now.AddMinutes(-minutesAgo - waited), SentAt = Now.AddMinutes(-minutesAgo), Reply = "250 ok", ReplyCode = 250,
    };

    private static TriedMail Waiting(string to, int minutesAgo) => new()
    {
        Lane = 0, State = "queued", ToAddress = to, CreatedAt = Now.AddMinutes(-minutesAgo), Reply = "450 later", ReplyCode = 450,
    };

    private static TriedMail Refused(string to, int minutesAgo) => new()
    {
        Lane = 0, State = "failed", ToAddress = to, CreatedAt = Now.AddMinutes(-minutesAgo), FailedAt = Now.AddMinutes(-minutesAgo), Reply = "550 no", ReplyCode = 550,
    };
}
