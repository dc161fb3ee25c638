using Latchkey.Features.Passwords.Mails;
using Latchkey.Features.SignIn.Mails;
using Latchkey.Features.Weather;
using Latchkey.SignIn;
using Latchkey.SignIn.Diagnosis;

namespace Latchkey.Features.Why;

/// <summary>Rows as the engine wants them.</summary>
internal static class FactsOf
{
    public static AccountFacts Account(Who who, Question question)
    {
        var account = who.Account!;
        return new AccountFacts
        {
            Email = account.Email,
            State = account.State switch
            {
                "proven" => AccountState.Proven,
                "disabled" => AccountState.Disabled,
                "merged" => AccountState.Merged,
                _ => AccountState.Unproven,
            },
            CreatedAt = account.CreatedAt,
            LastSignedInAt = account.LastSignedInAt,
            MergedFrom = who.MergedFrom,
            IsSelfMade = account.LinkedForThem == 0,
            HasPhone = account.Phone is not null,
            HasHoldings = account.Holdings > 0,
            IsUnderName = question.Name is null || question.Name.Value == account.Email || question.Name.Value == account.Phone,
        };
    }

    public static ContactFacts Contact(WhyRows.Contact contact, WhyRows.Account? account) => new(
        contact.FullName, contact.Email, EmailAddress.TryRead(contact.Email, out var address) && address.IsDeliverable,
        account is not null && contact.AccountId == account.Id, contact.Holdings > 0, contact.Phone is not null);

    public static AttemptFacts Attempt(WhyRows.Attempt row, IReadOnlyList<WhyRows.Mail> mails, Question question) => new()
    {
        AskedAt = row.AskedAt,
        LastAskedAt = row.LastAskedAt,
        Asks = row.Asks,
        IsNamed = question.HasLink && row.Id == question.RequestId,
        IsFromSignUp = row.IsFromSignUp,
        IsByStaff = row.MadeBy != "customer",
        ResolvedAt = row.ResolvedAt,
        FoundAccount = row.AccountId is not null,
        Mails = [.. mails.Where(m => m.RequestId == row.Id).Select(Mail).Reverse()],
        ExpiresAt = row.ExpiresAt,
        AskerOpens = row.AskerOpens,
        ElsewhereOpens = row.Opens - row.AskerOpens - row.ProgramOpens,
        ProgramOpens = row.ProgramOpens,
        OpenedAt = row.OpenedAt,
        TurnedAwayAs = Enum.TryParse<LinkStatus>(row.TurnedAwayAs, out var status) ? status : null,
        TurnedAwayAt = row.TurnedAwayAt,
        WrongCodes = row.CodeTries - (row.RedeemedBy == "code" ? 1 : 0),
        CodeTriedAt = row.CodeTriedAt,
        CodeEndsAt = row.SentAt + question.Storefront.Policy.CodeLifetime,
        WrongNumbers = row.NumberTries - (row.NumberTries > 0 && row.Elsewhere == 1 ? 1 : 0),
        RedeemedAt = row.RedeemedAt,
        RedeemedBy = row.RedeemedBy,
        RevokedAt = row.RevokedAt,
        RevokedReason = row.RevokedReason,
    };

    public static MailFacts Mail(WhyRows.Mail row)
    {
        bool isBounced = row is { FailedAt: null, Delivery: "undelivered" or "failed" or "bounced" or "rejected" };
        bool isHeldBack = row is { FailedAt: null, Delivery: "suppressed" or "complained" };
        return new MailFacts
        {
            About = row.Kind switch
            {
                SignInLinkMail.Kind => MailAbout.SignIn,
                SignInCodeSms.Kind => MailAbout.Text,
                NoAccountMail.Kind or WrongStorefrontMail.Kind => MailAbout.NoAccount,
                ConfirmEmailMail.Kind => MailAbout.Confirmation,
                ResetPasswordMail.Kind or SetPasswordMail.Kind => MailAbout.Reset,
                HasAccountMail.Kind => MailAbout.HasAccount,
                _ => MailAbout.Other,
            },
            CreatedAt = row.CreatedAt,
            SentAt = row.SentAt,
            DeliveredAt = row.DeliveredAt,
            FailedAt = row.FailedAt ?? (isBounced || isHeldBack ? row.SentAt ?? row.CreatedAt : null),
            IsBounced = isBounced,
            Attempts = row.Attempts,
            Reason = isBounced || isHeldBack ? row.DeliveryReason ?? row.Delivery : row.Reply,
        };
    }

    public static SessionFacts Session(WhyRows.Session row, Question question) => new(
        row.StartedAt, row.Means, row.EndsAt < row.HardEndAt ? row.EndsAt : row.HardEndAt, row.EndedAt, row.EndedReason, row.KeptAt, row.Id == question.SessionId);

    /// <summary>By what was typed alone: what is kept under the account's own address is none of whoever types another name.</summary>
    public static SymptomFacts Symptoms(History history, string typed, string mailbox, DateTimeOffset now) => new()
    {
        LimitedUntil = Until(history.Throttles.Where(t => t.Key == typed || t.Key == mailbox), Asking),
        HasTypedCodes = history.Attempts.Find(a => a.NameHash == typed) is { } newest && newest.CodeTries > (newest.RedeemedBy == "code" ? 1 : 0),
        HasTypedPassword = history.Throttles.Exists(t => t.Bucket == "password" && t.Key == typed && t.PaidUntilMs > now.ToUnixTimeMilliseconds()),
    };

    /// <summary>The limits that asking for a link may meet, as far as they go by who asks.</summary>
    public static readonly string[] Asking = ["address", "day", "mailbox"];

    public static DateTimeOffset? Until(IEnumerable<WhyRows.Throttle> throttles, params string[] buckets) =>
        throttles.Where(t => buckets.Contains(t.Bucket, StringComparer.Ordinal)).Select(t => t.Until).Max();

    public static PasswordFacts Password(WhyRows.Account? account, History history, DateTimeOffset now) => new()
    {
        IsSet = account is { HasPassword: 1 },
        IsWaiting = history.Waiting,
        Failures = account?.PasswordFailures ?? 0,
        RefusedAt = history.RefusedAt,
        LockedUntil = account?.PasswordLockedUntil,
        IsTyped = history.Throttles.Exists(t => t.Bucket == "password" && t.PaidUntilMs > now.ToUnixTimeMilliseconds()),
        ResetAt = history.Reset?.CreatedAt,
        ResetEndsAt = history.Reset?.ExpiresAt,
        ResetUsedAt = history.Reset?.UsedAt,
    };

    public static DomainFacts? Domain(WhyRows.Account? account, IReadOnlyList<Noticed> weather) =>
        account is not null && weather.Where(w => w.Domain.Length > 0 && account.Email.EndsWith($"@{w.Domain}", StringComparison.Ordinal)).MinBy(w => w.Kind) is { } noticed
            ? new DomainFacts(noticed.Domain, noticed.Since, noticed.Kind == WeatherKind.DomainFailing, (int)noticed.Waiting) : null;

    public static RelayFacts Relay(IReadOnlyList<WhyRows.RelayMail> mails)
    {
        var waiting = mails.Where(m => m is { State: "queued", Attempts: > 0, Reply: not null }).ToList();
        return new RelayFacts
        {
            Waiting = waiting.Count,
            WaitingSince = waiting.Count == 0 ? null : waiting.Min(m => m.CreatedAt),
            LastTakenAt = mails.Max(m => m.SentAt),
            IsUnreachable = waiting.Count > 0 && waiting.TrueForAll(m => m.ReplyCode is null),
            Says = waiting.Count > 0 ? waiting[0].Reply : null,
        };
    }
}
