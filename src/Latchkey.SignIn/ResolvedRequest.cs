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

    /// <summary>What was typed; null when the installation's key has changed since.</summary>
    public SignInName? Name { get; init; }

    /// <summary>Codes typed so far: another mail does not give back a try, so it shows no code once they are used up.</summary>
    public required int CodeTries { get; init; }

    /// <summary>Where the customer wants to go after signing in.</summary>
    public ReturnPath? ReturnTo { get; init; }

    /// <summary>Whether staff asked for it.</summary>
    public required bool IsByStaff { get; init; }

    /// <summary>Language for the mail: the account's, else the asking page's.</summary>
    public required string Locale { get; init; }

    /// <summary>The account, when the address or number has one on this storefront.</summary>
    public Guid? AccountId { get; init; }

    /// <summary>The account's stored address: mail goes there, never to what was typed.</summary>
    public string? Email { get; init; }

    /// <summary>The account's stored number: texts go there.</summary>
    public string? Phone { get; init; }

    /// <summary>The account's state: unproven, proven, disabled, merged.</summary>
    public string? AccountState { get; init; }

    /// <summary>Whether a mail is to be sent.</summary>
    public bool IsMailed => AccountState is "unproven" or "proven";

    internal static ResolvedRequest Read(DbDataReader r, DueRequest due) => new()
    {
        Where = due.Where,
        Name = due.Name,
        Id = due.Id,
        Mails = r.GetInt32(1),
        AskedAt = r.Time(2),
        EndsAt = r.Time(3),
        Device = r.TextOrNull(4),
        Locale = r.TextOrNull(12) ?? r.GetString(5),
        IsByStaff = r.GetString(6) != "customer",
        CodeTries = r.GetInt32(7),
        ReturnTo = ReturnPath.Read(r.TextOrNull(8)),
        AccountId = r.GuidOrNull(9),
        Email = r.TextOrNull(10),
        AccountState = r.TextOrNull(11),
        Phone = r.TextOrNull(13),
    };
}

/// <summary>A request that waits to be resolved.</summary>
/// <param name="Where">The storefront asked.</param>
/// <param name="Id">The request.</param>
/// <param name="Name">What was typed; null when the installation's key has changed since.</param>
internal sealed record DueRequest(StorefrontKey Where, Guid Id, SignInName? Name)
{
    public static DueRequest Read(DbDataReader r, SignInKey key) =>
        new(new StorefrontKey(r.GetGuid(0), r.GetGuid(1)), r.GetGuid(2), TypedName.Unseal(key, r.GetFieldValue<byte[]>(3))?.Name);
}
