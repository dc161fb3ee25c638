using Latchkey.SignIn;
using Latchkey.SignIn.Diagnosis;

namespace Latchkey.Features.Why;

/// <summary>What was found: the facts to think about, and the rows that fixes work on.</summary>
/// <param name="Facts">For the engine.</param>
/// <param name="AccountId">The account.</param>
/// <param name="ContactId">The record.</param>
/// <param name="RequestId">The attempt to show.</param>
/// <param name="Near">Records that are like the name, nearest first.</param>
/// <param name="Locale">The customer's language.</param>
public sealed record Record(DiagnosisFacts Facts, Guid? AccountId, Guid? ContactId, Guid? RequestId, IReadOnlyList<NearMiss> Near, string Locale)
{
    /// <summary>A record of the same full name that no account shows.</summary>
    public Guid? UnlinkedId { get; init; }

    /// <summary>Another account of the same full name, the one that holds something first.</summary>
    public Guid? OtherAccountId { get; init; }
}

/// <summary>A record with an address or a name like the one asked about.</summary>
/// <param name="ContactId">The record; null for an account without one.</param>
/// <param name="StorefrontId">Its storefront.</param>
/// <param name="Name">Whose.</param>
/// <param name="Email">The address on record.</param>
/// <param name="Distance">Letters that differ.</param>
/// <param name="IsByName">Whether only the name is alike.</param>
public sealed record NearMiss(Guid? ContactId, Guid StorefrontId, string Name, string? Email, int Distance, bool IsByName);
