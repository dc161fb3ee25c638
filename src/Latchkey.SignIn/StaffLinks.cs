using System.Data.Common;

namespace Latchkey.SignIn;

/// <summary>
/// Links that staff copy for a customer who cannot get a mail. They sign in without proof of the mailbox, so they are short, need a
/// reason, count as opened by staff, and never make an account proven (ASVS 5, 6.3.4).
/// </summary>
/// <param name="key">The installation's secret.</param>
/// <param name="clock">The one clock.</param>
public sealed class StaffLinks(SignInKey key, TimeProvider clock)
{
    /// <summary>Makes a link to copy. Tell the customer in the same transaction.</summary>
    /// <param name="transaction">Commit it whatever comes back: refusals count too.</param>
    /// <param name="where">The storefront.</param>
    /// <param name="policy">Its policy; one without staff links refuses.</param>
    /// <param name="accountId">The account it signs in to.</param>
    /// <param name="email">The account's address.</param>
    /// <param name="staff">Who copies it.</param>
    /// <param name="reason">Why; kept with the link.</param>
    /// <param name="cancel">Cancels the database work.</param>
    public async Task<StaffLinkAnswer> CopyAsync(
        DbTransaction transaction, StorefrontKey where, SignInPolicy policy, Guid accountId, EmailAddress email, string staff, string reason,
        CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(policy);
        ArgumentNullException.ThrowIfNull(email);
        if (!policy.StaffMayCopyLinks) return new(StaffLinkOutcome.NotAllowed);
        if (string.IsNullOrWhiteSpace(reason)) return new(StaffLinkOutcome.NoReason);
        var now = clock.GetUtcNow();
        if (await Throttles.ChargeAsync(transaction, now, [new(where, "staff", accountId.ToString("n"), policy.Limits.Staff)], cancel) is { } until)
            return new(StaffLinkOutcome.Limited) { AgainAt = until };

        var (name, id, expires) = (SignInName.Of(email), Guid.CreateVersion7(now), now + policy.StaffLinkLifetime);
        var made = await transaction.Command(SignInSql.CopyLink,
            ("organization", where.OrganizationId), ("storefront", where.StorefrontId), ("id", id), ("account", accountId),
            ("name", key.Fingerprint(name.Value)), ("sealed", TypedName.Seal(key, name, name.Masked)), ("browser", BrowserSecret.Create().Hash()),
            ("staff", staff), ("reason", reason.Trim()), ("now", now), ("expires", expires)).FirstAsync(r => new { Id = r.GetGuid(0) }, cancel);
        if (made is null) return new(StaffLinkOutcome.NotProven);

        var token = key.LinkToken(id, 1);
        await transaction.Command(SignInSql.AddLink, ("organization", where.OrganizationId), ("hash", token.Hash()), ("request", id), ("number", 1), ("now", now))
            .ExecuteAsync(cancel);
        return new(StaffLinkOutcome.Made) { Token = token, RequestId = id, ExpiresAt = expires };
    }
}

/// <summary>Whether there is a link to copy, and if not, why.</summary>
public enum StaffLinkOutcome
{
    /// <summary>There is one.</summary>
    Made,
    /// <summary>The storefront's policy has no staff links.</summary>
    NotAllowed,
    /// <summary>A reason is missing.</summary>
    NoReason,
    /// <summary>Too many were copied for this account.</summary>
    Limited,
    /// <summary>Nobody has proven the account's mailbox yet, or it is closed: only a mailed link opens it.</summary>
    NotProven,
}

/// <summary>The answer to staff who want to copy a link.</summary>
/// <param name="Outcome">What became of it.</param>
public sealed record StaffLinkAnswer(StaffLinkOutcome Outcome)
{
    /// <summary>The link's secret. Show it once; never store or log it.</summary>
    public LinkToken? Token { get; init; }

    /// <summary>The request it belongs to.</summary>
    public Guid RequestId { get; init; }

    /// <summary>When it stops working.</summary>
    public DateTimeOffset ExpiresAt { get; init; }

    /// <summary>When another one may be made, after too many.</summary>
    public DateTimeOffset AgainAt { get; init; }
}
