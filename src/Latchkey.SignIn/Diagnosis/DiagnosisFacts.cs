namespace Latchkey.SignIn.Diagnosis;

/// <summary>
/// All that is on record about one name on one storefront at one moment. Plain data: whoever gathers it reads it from one organization,
/// and the engine only thinks.
/// </summary>
public sealed record DiagnosisFacts
{
    /// <summary>The one clock's time.</summary>
    public required DateTimeOffset Now { get; init; }

    /// <summary>The storefront's policy.</summary>
    public required SignInPolicy Policy { get; init; }

    /// <summary>Whether the name is a phone number.</summary>
    public bool IsPhone { get; init; }

    /// <summary>The account that the name leads to on this storefront.</summary>
    public AccountFacts? Account { get; init; }

    /// <summary>The customer record with the name, or the one that was chosen.</summary>
    public ContactFacts? Contact { get; init; }

    /// <summary>Requests for a link under the name or by the account, newest first.</summary>
    public IReadOnlyList<AttemptFacts> Attempts { get; init; } = [];

    /// <summary>Sessions of the account, newest first.</summary>
    public IReadOnlyList<SessionFacts> Sessions { get; init; } = [];

    /// <summary>Mails to the name besides those of <see cref="Attempts"/>, newest first.</summary>
    public IReadOnlyList<MailFacts> OtherMails { get; init; } = [];

    /// <summary>When asking under the name is granted again, while it is refused.</summary>
    public DateTimeOffset? LimitedUntil { get; init; }

    /// <summary>When typing codes under the name is granted again, while it is refused.</summary>
    public DateTimeOffset? CodesLimitedUntil { get; init; }

    /// <summary>Why and since when mail to the address is held back.</summary>
    public SuppressionFacts? Suppression { get; init; }

    /// <summary>What happened around the account's password.</summary>
    public PasswordFacts Password { get; init; } = new();

    /// <summary>Names of other storefronts of the organization on which the address has an account or a record.</summary>
    public IReadOnlyList<string> Elsewhere { get; init; } = [];

    /// <summary>Addresses on record that are like the name, nearest first; gathered only when nobody has the name itself.</summary>
    public IReadOnlyList<NearFact> Near { get; init; } = [];

    /// <summary>Other accounts on this storefront whose record has the same full name.</summary>
    public IReadOnlyList<OtherAccountFacts> OtherAccounts { get; init; } = [];

    /// <summary>A record of the same full name that holds something and that no account shows.</summary>
    public ContactFacts? Unlinked { get; init; }

    /// <summary>When the address of an account was changed from the name to <see cref="AccountFacts.Email"/>.</summary>
    public DateTimeOffset? AddressChangedAt { get; init; }

    /// <summary>How the mail server behaves.</summary>
    public RelayFacts Relay { get; init; } = new();

    /// <summary>What is noticed about the domain of the account's address, when mails to it are in trouble whoever they are for.</summary>
    public DomainFacts? Domain { get; init; }

    /// <summary>What whoever types the name can bring about, whether it belongs to anybody or not.</summary>
    public SymptomFacts Symptoms { get; init; } = new();

    /// <summary>Records that the domain of the storefront's sender lacks, such as SPF and DMARC; empty also while that is not known.</summary>
    public IReadOnlyList<string> SenderLacks { get; init; } = [];

    /// <summary>Whether texts can be sent at all.</summary>
    public bool SmsIsOn { get; init; }

    /// <summary>A host or page address that was given instead of a name, and that is none of the organization's.</summary>
    public string? UnknownHost { get; init; }

    /// <summary>What the page said whose help code was given, when it belongs to no request or session.</summary>
    public PageFacts? Page { get; init; }
}

/// <summary>What whoever types a name can bring about: kept for known and unknown names alike, so that words may be chosen by it.</summary>
public sealed record SymptomFacts
{
    /// <summary>When asking under the name is granted again, while it is refused.</summary>
    public DateTimeOffset? LimitedUntil { get; init; }

    /// <summary>Whether codes were typed for the newest request under the name that did not sign in.</summary>
    public bool HasTypedCodes { get; init; }

    /// <summary>Whether a password was typed under the name lately.</summary>
    public bool HasTypedPassword { get; init; }
}

/// <summary>A portal account.</summary>
public sealed record AccountFacts
{
    /// <summary>Its address now.</summary>
    public required string Email { get; init; }

    /// <summary>Where it stands.</summary>
    public required AccountState State { get; init; }

    /// <summary>When it was made.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When somebody last signed in to it.</summary>
    public DateTimeOffset? LastSignedInAt { get; init; }

    /// <summary>The address of the account that the name belonged to and that was merged into this one.</summary>
    public string? MergedFrom { get; init; }

    /// <summary>Whether its holder made it: a registration, a sign-up.</summary>
    public bool IsSelfMade { get; init; }

    /// <summary>Whether a phone number is on file.</summary>
    public bool HasPhone { get; init; }

    /// <summary>Whether a linked record holds anything: a rental, a subscription, a membership.</summary>
    public bool HasHoldings { get; init; }

    /// <summary>Whether the name is its address or number now.</summary>
    public bool IsUnderName { get; init; } = true;
}

/// <summary>Where an account stands.</summary>
public enum AccountState
{
    /// <summary>Its mailbox was never proven.</summary>
    Unproven,
    /// <summary>It was.</summary>
    Proven,
    /// <summary>Closed by staff.</summary>
    Disabled,
    /// <summary>Part of another one.</summary>
    Merged,
}

/// <summary>A customer record.</summary>
/// <param name="Name">The full name.</param>
/// <param name="Email">The address on record, as it is there.</param>
/// <param name="IsDeliverable">Whether mail can go to that address.</param>
/// <param name="IsLinked">Whether it is linked to <see cref="DiagnosisFacts.Account"/>.</param>
/// <param name="HasHoldings">Whether it holds anything now.</param>
/// <param name="HasPhone">Whether it has a number.</param>
public sealed record ContactFacts(string Name, string? Email, bool IsDeliverable, bool IsLinked, bool HasHoldings, bool HasPhone);

/// <summary>Another account of somebody with the same full name.</summary>
/// <param name="Email">Its address.</param>
/// <param name="HasHoldings">Whether it shows anything.</param>
public sealed record OtherAccountFacts(string Email, bool HasHoldings);

/// <summary>An address on record that is like the one asked about.</summary>
/// <param name="Email">The address; null when the record has none.</param>
/// <param name="Name">Whose.</param>
/// <param name="Distance">Letters that differ; large when only the name is alike.</param>
/// <param name="IsByName">Whether it was found by the name that the address spells.</param>
public sealed record NearFact(string? Email, string Name, int Distance, bool IsByName);

/// <summary>Why mail to an address is held back.</summary>
/// <param name="At">Since when.</param>
/// <param name="Reason">Why.</param>
public sealed record SuppressionFacts(DateTimeOffset At, string Reason);

/// <summary>What a failure page said.</summary>
/// <param name="At">When.</param>
/// <param name="Cause">What it stands for; null when it says nothing about signing in.</param>
public sealed record PageFacts(DateTimeOffset At, Cause? Cause);

/// <summary>One domain that takes no mails from us, or takes them late, while others do.</summary>
/// <param name="Name">The domain.</param>
/// <param name="Since">Since when.</param>
/// <param name="IsRefusing">Whether mails come back or are refused; else they are put off.</param>
/// <param name="Waiting">Customers who wait because of it.</param>
public sealed record DomainFacts(string Name, DateTimeOffset Since, bool IsRefusing, int Waiting);

/// <summary>How the mail server behaves.</summary>
public sealed record RelayFacts
{
    /// <summary>Mails of the organization that were tried and wait.</summary>
    public int Waiting { get; init; }

    /// <summary>When the oldest of them was written.</summary>
    public DateTimeOffset? WaitingSince { get; init; }

    /// <summary>When the server last took a mail of the organization.</summary>
    public DateTimeOffset? LastTakenAt { get; init; }

    /// <summary>Whether it does not even answer: then it is not about one addressee.</summary>
    public bool IsUnreachable { get; init; }

    /// <summary>What it says, or what breaks.</summary>
    public string? Says { get; init; }
}
