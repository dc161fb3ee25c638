using System.Data.Common;
using System.Security.Cryptography;

namespace Latchkey.SignIn;

/// <summary>What a link is worth.</summary>
public enum LinkStatus
{
    /// <summary>It signs in.</summary>
    Ready,
    /// <summary>Its time is over.</summary>
    Expired,
    /// <summary>It, another mail of its request, or its code was used.</summary>
    AlreadyUsed,
    /// <summary>It was ended: by a sign-in with another mail, by the business, by a change of address.</summary>
    Revoked,
    /// <summary>The account does not let anybody in any more.</summary>
    AccountClosed,
    /// <summary>No such link on this storefront: damaged, or another storefront's.</summary>
    Unknown,
}

/// <summary>A link that exists, at one moment.</summary>
public sealed record SeenLink
{
    /// <summary>What it is worth.</summary>
    public required LinkStatus Status { get; init; }

    /// <summary>The request it belongs to.</summary>
    public required Guid RequestId { get; init; }

    /// <summary>The account it signs in to.</summary>
    public Guid? AccountId { get; init; }

    /// <summary>The address its mails went to: the account's now, or the one asked for.</summary>
    public required EmailAddress Address { get; init; }

    /// <summary>Language of the request.</summary>
    public required string Locale { get; init; }

    internal byte[] BrowserHash { get; init; } = [];
    internal byte[] RedeemedBrowserHash { get; init; } = [];
    internal DateTimeOffset RedeemedAt { get; init; }
    internal Guid SessionId { get; init; }
    internal bool SessionIsLive { get; init; }

    /// <summary>Whether this is the browser that asked. A scanner has no such cookie, so here the page may submit itself.</summary>
    /// <param name="browser">The browser's secret, if it has one.</param>
    public bool WasAskedBy(BrowserSecret? browser) => browser is not null && CryptographicOperations.FixedTimeEquals(BrowserHash, browser.Hash());

    internal static SeenLink Read(DbDataReader r, DateTimeOffset now)
    {
        bool redeemed = !r.IsDBNull(5);
        return new SeenLink
        {
            Status = StatusOf(r, redeemed, now),
            RequestId = r.GetGuid(0),
            AccountId = r.GuidOrNull(1),
            Address = EmailAddress.Of(r.TextOrNull(9) ?? r.GetString(2)),
            Locale = r.GetString(11),
            BrowserHash = r.GetFieldValue<byte[]>(3),
            RedeemedAt = r.TimeOrNull(5) ?? default,
            RedeemedBrowserHash = redeemed ? r.GetFieldValue<byte[]>(6) : [],
            SessionId = r.GuidOrNull(7) ?? default,
            SessionIsLive = !r.IsDBNull(12) && r.IsDBNull(13),
        };
    }

    private static LinkStatus StatusOf(DbDataReader r, bool redeemed, DateTimeOffset now) => r switch
    {
        _ when redeemed => LinkStatus.AlreadyUsed,
        _ when r.TextOrNull(10) is not ("unproven" or "proven") => LinkStatus.AccountClosed,
        _ when !r.IsDBNull(8) && r.Time(8) < r.Time(4) => LinkStatus.Revoked,
        _ when r.Time(4) <= now => LinkStatus.Expired,
        _ => LinkStatus.Ready,
    };
}
