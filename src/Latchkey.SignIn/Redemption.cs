using System.Data.Common;

namespace Latchkey.SignIn;

/// <summary>The one place where a request turns into a session, by link or by code.</summary>
internal sealed class Redemption(SignInKey key)
{
    public const string ByStaffLink = "staff link";

    /// <summary>Redeems by link. One statement decides who wins; the session row is written in the same transaction.</summary>
    /// <returns>The session, or null when there is no such link, somebody else won, or the request is over.</returns>
    public Task<StartedSession?> ByLinkAsync(
        DbTransaction transaction, StorefrontKey where, SignInPolicy policy, LinkToken token, Visitor visitor, NumberTry? number, DateTimeOffset now,
        CancellationToken cancel) =>
        RedeemAsync(transaction, where, policy, SignInSql.RedeemLink, ("hash", token.Hash()), "link", visitor, now, cancel,
            ("anyBrowser", policy.OtherBrowser == OtherBrowser.Confirm), ("matched", number is { IsRight: true } ? number.RequestId : Guid.Empty),
            ("bindIp", policy.BindIp));

    /// <summary>Redeems by a code that was found right.</summary>
    /// <returns>The session, or null when somebody else won or the request is over.</returns>
    public Task<StartedSession?> ByCodeAsync(
        DbTransaction transaction, StorefrontKey where, SignInPolicy policy, Guid requestId, Visitor visitor, DateTimeOffset now, CancellationToken cancel) =>
        RedeemAsync(transaction, where, policy, SignInSql.RedeemCode, ("request", requestId), "code", visitor, now, cancel,
            ("anyBrowser", false), ("matched", Guid.Empty), ("bindIp", false));

    /// <summary>The session that this browser started with this request a moment ago: a double click, or an answer that got lost.</summary>
    public StartedSession Again(SeenLink link, Visitor visitor, SignInPolicy policy) =>
        new(link.SessionId, link.AccountId!.Value, key.SessionToken(link.SessionId, visitor.Browser), policy.SessionLifetime,
            link.RedeemedAt + policy.SessionHardLifetime, link.Means) { ReturnTo = link.ReturnTo };

    private async Task<StartedSession?> RedeemAsync(
        DbTransaction transaction, StorefrontKey where, SignInPolicy policy, string sql, (string, object?) found, string by, Visitor visitor,
        DateTimeOffset now, CancellationToken cancel, params (string, object?)[] conditions)
    {
        var sessionId = Guid.CreateVersion7(now);
        string sessionToken = key.SessionToken(sessionId, visitor.Browser);
        var hardEndAt = now + policy.SessionHardLifetime;
        var won = await transaction.Command(sql, [.. conditions,
            ("organization", where.OrganizationId), ("storefront", where.StorefrontId), found, ("now", now), ("by", by),
            ("browser", visitor.Browser.Hash()), ("session", sessionId), ("token", SignInKey.Hash(sessionToken)),
            ("ends", now + policy.SessionLifetime), ("hardEnd", hardEndAt), ("ip", visitor.Ip), ("device", visitor.Device),
            ("most", Sessions.Most)])
            .FirstOfManyAsync(r => new { Account = r.GetGuid(0), ReturnTo = r.TextOrNull(1), Means = r.GetString(2), IsFirstProof = r.GetInt32(3) == 1 }, cancel);
        return won is null ? null : new StartedSession(sessionId, won.Account, sessionToken, policy.SessionLifetime, hardEndAt, won.Means)
        {
            ReturnTo = ReturnPath.Read(won.ReturnTo),
            IsFirstProof = won.IsFirstProof,
        };
    }
}

/// <summary>Who stands at the door, as far as it can be told.</summary>
/// <param name="Browser">The browser's own secret; a new one when it had none.</param>
/// <param name="Ip">IPv4 address or IPv6 /64, for evidence.</param>
/// <param name="Device">Kind of device in a few words, for the customer's list of devices.</param>
public sealed record Visitor(BrowserSecret Browser, string? Ip, string? Device);

/// <summary>A session that has just begun.</summary>
/// <param name="Id">The session's row.</param>
/// <param name="AccountId">Whose it is.</param>
/// <param name="Token">The cookie's value. Never store or log it.</param>
/// <param name="Lifetime">For how long the cookie is kept.</param>
/// <param name="HardEndAt">When it ends whatever happens.</param>
/// <param name="Means">By what: link, code, passkey, password, staff link.</param>
public sealed record StartedSession(Guid Id, Guid AccountId, string Token, TimeSpan Lifetime, DateTimeOffset HardEndAt, string Means)
{
    /// <summary>Where the customer wanted to go.</summary>
    public ReturnPath? ReturnTo { get; init; }

    /// <summary>Whether the account's mailbox was proven only now.</summary>
    public bool IsFirstProof { get; init; }
}
