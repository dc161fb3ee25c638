using System.Data.Common;

namespace Latchkey.SignIn;

/// <summary>A request whose account was looked up.</summary>
public sealed record ResolvedRequest
{
    /// <summary>The storefront asked.</summary>
    public required StorefrontKey Where { get; init; }

    /// <summary>The request.</summary>
    public required Guid Id { get; init; }

    /// <summary>The number of the mail to be sent, from 1.</summary>
    public required int Mails { get; init; }

    /// <summary>When the link was first asked for.</summary>
    public required DateTimeOffset AskedAt { get; init; }

    /// <summary>After this the request is over and mailing it is pointless.</summary>
    public required DateTimeOffset EndsAt { get; init; }

    /// <summary>The kind of device that asked, if it said.</summary>
    public string? Device { get; init; }

    /// <summary>Language for the mail: the account's, else the asking page's.</summary>
    public required string Locale { get; init; }

    /// <summary>The account, when the address has one on this storefront.</summary>
    public Guid? AccountId { get; init; }

    /// <summary>The account's stored address: mail goes there, never to what was typed.</summary>
    public string? Email { get; init; }

    /// <summary>The account's state: unproven, proven, disabled, merged.</summary>
    public string? AccountState { get; init; }

    /// <summary>Whether a mail is to be sent.</summary>
    public bool IsMailed => AccountState is "unproven" or "proven";

    internal static ResolvedRequest Read(DbDataReader r) => new()
    {
        Where = new StorefrontKey(r.GetGuid(0), r.GetGuid(1)),
        Id = r.GetGuid(2),
        Mails = r.GetInt32(3),
        AskedAt = r.Time(4),
        EndsAt = r.Time(5),
        Device = r.TextOrNull(6),
        Locale = r.TextOrNull(11) ?? r.GetString(7),
        AccountId = r.GuidOrNull(8),
        Email = r.TextOrNull(9),
        AccountState = r.TextOrNull(10),
    };
}
