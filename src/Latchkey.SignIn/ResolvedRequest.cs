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
    public string Locale => Holder.Locale ?? AskedLocale;

    /// <summary>The account, when the address or number has one on this storefront.</summary>
    public Guid? AccountId => Holder.Id;

    /// <summary>The account's stored address: mail goes there, never to what was typed.</summary>
    public string? Email => Holder.Email;

    /// <summary>The account's stored number: texts go there.</summary>
    public string? Phone => Holder.Phone;

    /// <summary>The account's state: unproven, proven, disabled, merged.</summary>
    public string? AccountState => Holder.State;

    /// <summary>Whether a mail is to be sent.</summary>
    public bool IsMailed => AccountState is "unproven" or "proven";

    internal string AskedLocale { get; init; } = "";
    internal Account Holder { get; init; } = new(null, null, null, null, null);

    internal static ResolvedRequest Read(DbDataReader r, SignInKey key) => new()
    {
        Where = new StorefrontKey(r.GetGuid(0), r.GetGuid(1)),
        Id = r.GetGuid(2),
        Mails = r.GetInt32(3),
        AskedAt = r.Time(4),
        EndsAt = r.Time(5),
        Device = r.TextOrNull(6),
        AskedLocale = r.GetString(7),
        Name = TypedName.Unseal(key, r.GetFieldValue<byte[]>(8))?.Name,
        IsByStaff = r.GetString(9) != "customer",
        CodeTries = r.GetInt32(10),
        ReturnTo = ReturnPath.Read(r.TextOrNull(11)),
    };

    internal sealed record Account(Guid? Id, string? Email, string? State, string? Locale, string? Phone)
    {
        public static Account Read(DbDataReader r) => new(r.GuidOrNull(0), r.TextOrNull(1), r.TextOrNull(2), r.TextOrNull(3), r.TextOrNull(4));
    }
}
