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
    /// <summary>The policy wants the browser that asked, or the number that its waiting page shows.</summary>
    OtherBrowser,
    /// <summary>The policy wants the network that asked.</summary>
    OtherNetwork,
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

    /// <summary>The account's address; null when the account is gone.</summary>
    public EmailAddress? Address { get; init; }

    /// <summary>Whether staff asked for it or copied it: then there is no browser that asked.</summary>
    public required bool IsByStaff { get; init; }

    /// <summary>Numbers typed so far, of <see cref="SignInLinks.MostNumbers"/>.</summary>
    public required int NumberTries { get; init; }

    /// <summary>Language of the request.</summary>
    public required string Locale { get; init; }

    internal string? Ip { get; init; }
    internal byte[] BrowserHash { get; init; } = [];
    internal byte[] RedeemedBrowserHash { get; init; } = [];
    internal DateTimeOffset RedeemedAt { get; init; }
    internal Guid SessionId { get; init; }
    internal string Means { get; init; } = "";
    internal ReturnPath? ReturnTo { get; init; }
    internal bool SessionIsLive { get; init; }

    /// <summary>Whether this is the browser that asked. A scanner has no such cookie, so here the page may submit itself.</summary>
    /// <param name="browser">The browser's secret, if it has one.</param>
    public bool WasAskedBy(BrowserSecret? browser) => browser is not null && CryptographicOperations.FixedTimeEquals(BrowserHash, browser.Hash());

    /// <summary>What it is worth where it was opened.</summary>
    /// <param name="policy">The storefront's policy.</param>
    /// <param name="browser">The browser it was opened in.</param>
    /// <param name="ip">The network it was opened from: IPv4, or an IPv6 /64.</param>
    public LinkStatus StatusFor(SignInPolicy policy, BrowserSecret? browser, string? ip)
    {
        ArgumentNullException.ThrowIfNull(policy);
        return this switch
        {
            _ when Status != LinkStatus.Ready || IsByStaff => Status,
            _ when policy.BindIp && Ip is not null && Ip != ip => LinkStatus.OtherNetwork,
            _ when policy.OtherBrowser != OtherBrowser.Confirm && !WasAskedBy(browser) => LinkStatus.OtherBrowser,
            _ => LinkStatus.Ready,
        };
    }

    internal static SeenLink Read(DbDataReader r, DateTimeOffset now)
    {
        bool redeemed = !r.IsDBNull(6);
        return new SeenLink
        {
            Status = StatusOf(r, redeemed, now),
            RequestId = r.GetGuid(0),
            AccountId = r.GuidOrNull(1),
            Address = r.TextOrNull(10) is { } email ? EmailAddress.Of(email) : null,
            IsByStaff = r.GetString(4) != "customer",
            NumberTries = r.GetInt32(15),
            Locale = r.GetString(12),
            Ip = r.TextOrNull(3),
            BrowserHash = r.GetFieldValue<byte[]>(2),
            RedeemedAt = r.TimeOrNull(6) ?? default,
            RedeemedBrowserHash = redeemed ? r.GetFieldValue<byte[]>(7) : [],
            SessionId = r.GuidOrNull(8) ?? default,
            Means = r.TextOrNull(17) ?? "",
            ReturnTo = ReturnPath.Read(r.TextOrNull(16)),
            SessionIsLive = !r.IsDBNull(13) && r.IsDBNull(14),
        };
    }

    private static LinkStatus StatusOf(DbDataReader r, bool redeemed, DateTimeOffset now) => r switch
    {
        _ when redeemed => LinkStatus.AlreadyUsed,
        _ when r.TextOrNull(11) is not ("unproven" or "proven") => LinkStatus.AccountClosed,
        _ when !r.IsDBNull(9) && r.Time(9) < r.Time(5) => LinkStatus.Revoked,
        _ when r.Time(5) <= now => LinkStatus.Expired,
        _ => LinkStatus.Ready,
    };
}
