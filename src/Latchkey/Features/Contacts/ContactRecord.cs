using Latchkey.Features.Invoices;
using Latchkey.Platform.Mail;
using Latchkey.Platform.Tenancy;
using Latchkey.SignIn;

namespace Latchkey.Features.Contacts;

/// <summary>All that staff see of one customer.</summary>
public sealed record ContactRecord
{
    public required Storefront Storefront { get; init; }
    public required ContactDetails Contact { get; init; }
    /// <summary>The accounts that show this contact; the one that matters first.</summary>
    public required IReadOnlyList<ContactAccount> Accounts { get; init; }
    public required IReadOnlyList<ListedSession> Sessions { get; init; }
    public required IReadOnlyList<ContactSubscription> Subscriptions { get; init; }
    /// <summary>The newest.</summary>
    public required IReadOnlyList<Invoice> Invoices { get; init; }
    public required IReadOnlyList<ContactMail> Mails { get; init; }
    public required IReadOnlyList<ContactEvent> Activity { get; init; }

    public ContactAccount? Account => Accounts.Count > 0 ? Accounts[0] : null;

    /// <summary>Whether mail with a link would go to an address that gets none.</summary>
    public bool IsSuppressed => Contact.SuppressedFor is not null && (Account is null || Account.Email == Contact.Email);
}

public sealed record ContactDetails
{
    public required Guid Id { get; init; }
    public required Guid StorefrontId { get; init; }
    public Guid? FacilityId { get; init; }
    public string? Facility { get; init; }
    public string? ExternalId { get; init; }
    public required string FullName { get; init; }
    public string? Email { get; init; }
    public string? Phone { get; init; }
    public string? Locale { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }
    public required DateTimeOffset UpdatedAt { get; init; }
    public string? SuppressedFor { get; init; }
}

public sealed record ContactAccount
{
    public required Guid Id { get; init; }
    public required string Email { get; init; }
    public string? Phone { get; init; }
    /// <summary>unproven, proven, disabled.</summary>
    public required string State { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }
    public DateTimeOffset? ProvenAt { get; init; }
    public DateTimeOffset? LastSignedInAt { get; init; }
    public required DateTimeOffset LinkedAt { get; init; }
    /// <summary>import, staff, address.</summary>
    public required string LinkedBy { get; init; }
    public required long Passwords { get; init; }
    public required long Passkeys { get; init; }
}

public sealed record ContactSubscription
{
    public required Guid Id { get; init; }
    public required string Kind { get; init; }
    public required string Name { get; init; }
    public string? Unit { get; init; }
    public required string Facility { get; init; }
    public required long Price { get; init; }
    public required string Currency { get; init; }
    public required string StartedOn { get; init; }
    public string? EndedOn { get; init; }
    /// <summary>The last day, when it is still to come.</summary>
    public string? EndsOn { get; init; }
}

public sealed record ContactMail
{
    public required Guid Id { get; init; }
    public required string Channel { get; init; }
    public required string Kind { get; init; }
    public string? Subject { get; init; }
    public required string ToAddress { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }
    public required MailStatus Status { get; init; }
    public string? Reason { get; init; }
}

public sealed record ContactEvent
{
    public required DateTimeOffset At { get; init; }
    public required string Type { get; init; }
    public required string Event { get; init; }
    public string? Actor { get; init; }
    public string? Detail { get; init; }
    public string? Changes { get; init; }
}
