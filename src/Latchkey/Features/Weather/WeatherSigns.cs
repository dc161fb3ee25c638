namespace Latchkey.Features.Weather;

/// <summary>Reads the weather out of an organization's newest mails. The thresholds are those of docs/weather.md.</summary>
public static class WeatherSigns
{
    /// <summary>Mails of before say nothing about now.</summary>
    public static readonly TimeSpan LooksBack = TimeSpan.FromHours(6);

    private const int MailsThatShowIt = 3;
    private const int MailsThatShowSlowness = 5;
    private const int MailsThatShowRefusal = 5;
    private const int MailsThatShowSilence = 10;
    private static readonly TimeSpan SomeTime = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan SlowHandOver = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan Lately = TimeSpan.FromMinutes(30);
    private static readonly TimeSpan SlowDomain = TimeSpan.FromMinutes(5);

    /// <param name="mails">Mails that were tried, of the time that <see cref="LooksBack"/> tells.</param>
    /// <param name="now">The one clock's time.</param>
    /// <param name="isSilent">Whether the silence of the provider was noticed before: it lasts until a report comes.</param>
    public static IReadOnlyList<WeatherSign> Of(IReadOnlyList<TriedMail> mails, DateTimeOffset now, bool isSilent)
    {
        if (RelayDown(mails, now) is { } down) return [down]; // what else shows follows from it
        var domains = mails.GroupBy(m => m.Domain, StringComparer.Ordinal).ToList();
        return [.. new[] { RelaySlow(mails, now), WebhookSilent(mails, now, isSilent) }
            .Concat(domains.Select(d => DomainSlow(d.Key, [.. d], mails, now))).Concat(domains.Select(d => DomainFailing(d.Key, [.. d], mails))).OfType<WeatherSign>()];
    }

    /// <summary>Nothing was taken since the oldest that waits; or the server does not even answer.</summary>
    private static WeatherSign? RelayDown(IReadOnlyList<TriedMail> mails, DateTimeOffset now)
    {
        var waiting = mails.Where(m => m.IsWaiting).ToList();
        if (waiting.Count == 0 || waiting.Min(m => m.CreatedAt) is var since && (now - since < SomeTime || mails.Any(m => m.SentAt > since))) return null;
        bool isUnreachable = waiting.TrueForAll(m => m.ReplyCode is null);
        // Of one domain only it is that domain's.
        bool isForAll = waiting.Count >= MailsThatShowIt && waiting.Select(m => m.Domain).Distinct(StringComparer.Ordinal).Count() > 1;
        return isUnreachable || isForAll ? new WeatherSign(WeatherKind.RelayDown, "", waiting.Min(m => m.CreatedAt), waiting[0].Reply) : null;
    }

    /// <summary>Half of the sign-in mails that were taken lately had waited. Bulk mails wait by design.</summary>
    private static WeatherSign? RelaySlow(IReadOnlyList<TriedMail> mails, DateTimeOffset now)
    {
        var taken = mails.Where(m => m.Lane == 0 && m.SentAt > now - Lately).ToList();
        var late = taken.Where(m => m.SentAt - m.CreatedAt > SlowHandOver).ToList();
        return taken.Count >= MailsThatShowSlowness && late.Count * 2 >= taken.Count && late.Select(m => m.Domain).Distinct(StringComparer.Ordinal).Count() > 1
            ? new WeatherSign(WeatherKind.RelaySlow, "", late.Min(m => m.CreatedAt), null) : null;
    }

    private static WeatherSign? DomainSlow(string domain, List<TriedMail> own, IReadOnlyList<TriedMail> all, DateTimeOffset now)
    {
        var waiting = own.Where(m => m.IsWaiting && now - m.CreatedAt >= SlowDomain).ToList();
        if (waiting.Count < MailsThatShowIt || Addresses(waiting) < 2) return null;
        var since = waiting.Min(m => m.CreatedAt);
        return all.Any(m => m.Domain != domain && m.SentAt > since) || all.All(m => m.Domain == domain) ? new WeatherSign(WeatherKind.DomainSlow, domain, since, waiting[0].Reply) : null;
    }

    /// <summary>Half of a domain's mails are refused, to several addresses, while most others arrive.</summary>
    private static WeatherSign? DomainFailing(string domain, List<TriedMail> own, IReadOnlyList<TriedMail> all)
    {
        var refused = own.Where(m => m.IsRefused).ToList();
        int ended = own.Count(m => m.IsRefused || m.IsTaken);
        if (refused.Count == 0 || ended < MailsThatShowRefusal || refused.Count * 2 < ended || Addresses(refused) < MailsThatShowIt) return null;
        // It is over when the newest are taken again.
        if (own.Where(m => m.IsRefused || m.IsTaken).OrderByDescending(m => m.CreatedAt).Take(MailsThatShowIt).All(m => !m.IsRefused)) return null;
        var others = all.Where(m => m.Domain != domain && (m.IsRefused || m.IsTaken)).ToList();
        return others.Count(m => m.IsRefused) * 3 <= others.Count ? new WeatherSign(WeatherKind.DomainFailing, domain, refused.Min(m => m.CreatedAt), refused[0].Reply) : null;
    }

    /// <summary>Reports used to come, and for the newest mails none did.</summary>
    private static WeatherSign? WebhookSilent(IReadOnlyList<TriedMail> mails, DateTimeOffset now, bool isSilent)
    {
        var due = mails.Where(m => m.ProviderId is not null && m.SentAt < now - Lately).OrderByDescending(m => m.SentAt).ToList();
        var unreported = due.TakeWhile(m => m.Delivery is null).ToList();
        return unreported.Count >= MailsThatShowSilence && (isSilent || unreported.Count < due.Count) && !mails.Any(m => m.SentAt >= unreported[0].SentAt && m.Delivery is not null)
            ? new WeatherSign(WeatherKind.WebhookSilent, "", unreported[^1].SentAt!.Value, null) : null;
    }

    private static int Addresses(IEnumerable<TriedMail> mails) => mails.Select(m => m.ToAddress).Distinct(StringComparer.Ordinal).Count();
}
