using FsCheck;
using FsCheck.Fluent;
using Latchkey.SignIn.Diagnosis;

namespace Latchkey.SignIn.Tests.Diagnosis;

/// <summary>Records that anybody might have left, and some that nobody could.</summary>
internal static class RandomHistory
{
    static readonly string[] Reasons = ["signed in", "revoked by staff", "email changed", "account reset", "account merged", "account disabled"];
    static readonly string[] Ends = [Sessions.CookieLost, "signed out", "revoked by staff", "account reset", "account merged", "replaced"];

    public static Gen<DiagnosisFacts> Facts =>
        from policy in Gen.Elements(SignInPolicy.New, SignInPolicy.Storage, SignInPolicy.Subscription, SignInPolicy.Password)
        from account in Maybe(Account)
        from contact in Maybe(Contact)
        from unlinked in Maybe(Contact)
        from attempts in Attempt.ListOf().Resize(4)
        from sessions in Session.ListOf().Resize(3)
        from other in Mail.ListOf().Resize(2)
        from limited in Maybe(Time)
        from suppressed in Maybe(Time)
        from password in Password
        from near in Gen.Elements<NearFact[]>([], [], [new("ann@exmaple.com", "Ann", 1, false)], [new(null, "Ann", 9, true)])
        from elsewhere in Gen.Elements<string[]>([], [], ["Boats"])
        from waiting in Maybe(Time)
        from changed in Maybe(Time)
        from phone in Gen.Elements(true, false, false)
        from domain in Gen.Elements<DomainFacts?>(null, null, new("example.com", Known.Ago(90), true, 5), new("example.com", Known.Ago(90), false, 5))
        select new DiagnosisFacts
        {
            Now = Known.Now,
            Policy = policy,
            Account = account,
            Contact = contact,
            Unlinked = account is not null && contact is { IsLinked: true } ? unlinked : null,
            Attempts = [.. attempts.OrderByDescending(a => a.LastAskedAt)],
            Sessions = account is null ? [] : [.. sessions.OrderByDescending(s => s.StartedAt)],
            OtherMails = [.. other.OrderByDescending(m => m.CreatedAt)],
            LimitedUntil = limited,
            Symptoms = new() { LimitedUntil = limited, HasTypedCodes = password.Failures > 1, HasTypedPassword = password.IsTyped },
            Suppression = suppressed is { } at ? new(at, "complained") : null,
            Password = password,
            Near = account is null && contact is null ? near : [],
            Elsewhere = elsewhere,
            AddressChangedAt = changed,
            IsPhone = phone,
            Domain = account is null ? null : domain,
            Relay = new() { Waiting = waiting is null ? 0 : 4, WaitingSince = waiting },
        };

    static Gen<DateTimeOffset> Time => Gen.Choose(-60, 3000).Select(m => Known.Ago(m));

    static Gen<AccountFacts> Account =>
        from state in Gen.Elements(AccountState.Unproven, AccountState.Proven, AccountState.Proven, AccountState.Disabled)
        from seen in Maybe(Time)
        from own in Gen.Elements(true, false)
        from under in Gen.Elements(true, true, false)
        from merged in Gen.Elements(null, null, "ann@old.example")
        select new AccountFacts { Email = "ann@example.com", State = state, CreatedAt = Known.Ago(9000), LastSignedInAt = seen, IsSelfMade = own, IsUnderName = under, MergedFrom = merged };

    static Gen<ContactFacts> Contact =>
        from reachable in Gen.Elements(true, false)
        from linked in Gen.Elements(true, false)
        select new ContactFacts("Ann", "ann@example.com", reachable, linked, true, false);

    static Gen<MailFacts> Mail =>
        from about in Gen.Elements(Enum.GetValues<MailAbout>())
        from at in Time
        from sent in Maybe(Gen.Constant(at))
        from failed in Maybe(Gen.Constant(at))
        from bounced in Gen.Elements(true, false)
        select new MailFacts { About = about, CreatedAt = at, SentAt = sent, FailedAt = failed, IsBounced = bounced };

    static Gen<AttemptFacts> Attempt =>
        from asked in Time
        from mails in Mail.ListOf().Resize(3)
        from opens in Gen.Choose(0, 2).Three()
        from away in Maybe(Gen.Elements(LinkStatus.Expired, LinkStatus.AlreadyUsed, LinkStatus.Revoked, LinkStatus.OtherBrowser, LinkStatus.OtherNetwork, LinkStatus.AccountClosed))
        from revoked in Maybe(Gen.Elements(Reasons).Select(r => r!))
        from redeemed in Maybe(Gen.Constant(asked))
        from resolved in Maybe(Gen.Constant(asked))
        from codes in Gen.Choose(0, 6)
        let opened = opens.Item1 + opens.Item2 + opens.Item3 > 0 || away is not null ? asked : (DateTimeOffset?)null
        select new AttemptFacts
        {
            AskedAt = asked, LastAskedAt = asked, ResolvedAt = resolved, FoundAccount = resolved is not null, ExpiresAt = asked.AddMinutes(15), Mails = mails,
            AskerOpens = opens.Item1, ElsewhereOpens = opens.Item2, ProgramOpens = opens.Item3, OpenedAt = opened, TurnedAwayAs = away, TurnedAwayAt = away is null ? null : asked.AddMinutes(3),
            WrongCodes = codes, CodeTriedAt = codes > 0 ? asked.AddMinutes(codes * 3) : null, CodeEndsAt = asked.AddMinutes(10),
            RedeemedAt = redeemed, RedeemedBy = redeemed is null ? null : "link", RevokedAt = revoked is null ? null : asked.AddMinutes(1), RevokedReason = revoked,
        };

    static Gen<SessionFacts> Session =>
        from at in Time
        from life in Gen.Choose(1, 4000)
        from end in Maybe(Gen.Elements(Ends).Select(e => e!))
        from kept in Maybe(Gen.Constant(at))
        select new SessionFacts(at, "link", at.AddMinutes(life), end is null ? null : at.AddMinutes(5), end, kept);

    static Gen<PasswordFacts> Password =>
        from set in Gen.Elements(true, false)
        from waiting in Gen.Elements(true, false)
        from failures in Gen.Choose(0, 6)
        from refused in Maybe(Time)
        from locked in Maybe(Time)
        from reset in Maybe(Time)
        select new PasswordFacts { IsSet = set, IsWaiting = waiting, Failures = failures, RefusedAt = refused, LockedUntil = locked, ResetAt = reset, ResetEndsAt = reset?.AddHours(1), IsTyped = failures > 0 };

    static Gen<T?> Maybe<T>(Gen<T> some) where T : class => Gen.OneOf(Gen.Constant((T?)null), some.Select(x => (T?)x));

    static Gen<DateTimeOffset?> Maybe(Gen<DateTimeOffset> some) => Gen.OneOf(Gen.Constant((DateTimeOffset?)null), some.Select(x => (DateTimeOffset?)x));

    static Gen<LinkStatus?> Maybe(Gen<LinkStatus> some) => Gen.OneOf(Gen.Constant((LinkStatus?)null), some.Select(x => (LinkStatus?)x));
}
