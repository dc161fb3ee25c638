using System.Diagnostics.CodeAnalysis;
using Latchkey.SignIn;

namespace Latchkey.Platform.Mail;

/// <summary>A mail to be written to the outbox.</summary>
public record NewMail
{
    public required Guid OrganizationId { get; init; }
    public required Guid Id { get; init; }
    public required Guid StorefrontId { get; init; }
    /// <summary>Name of the <see cref="MailKind"/> that renders it.</summary>
    public required string Kind { get; init; }
    public Guid? AccountId { get; init; }
    public Guid? RequestId { get; init; }
    public int? LinkNumber { get; init; }
    /// <summary>JSON for the kind's own use; never a link or a code.</summary>
    public string? About { get; init; }
    public required string ToAddress { get; init; }
    public string? ToName { get; init; }
    public required string Locale { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }
    /// <summary>After this it is pointless, and fails.</summary>
    public required DateTimeOffset GiveUpAt { get; init; }

    /// <summary>The mail as its first worker has it.</summary>
    internal MailRow Taken(DateTimeOffset leaseEndsAt) => new(this) { Attempts = 1, LeaseEndsAt = leaseEndsAt };
}

/// <summary>A mail that a worker has taken.</summary>
public sealed record MailRow : NewMail
{
    public MailRow()
    {
    }

    [SetsRequiredMembers]
    internal MailRow(NewMail written)
        : base(written)
    {
    }

    /// <summary>This attempt's number, from 1.</summary>
    public required int Attempts { get; init; }
    /// <summary>Until then no other worker takes it.</summary>
    public required DateTimeOffset LeaseEndsAt { get; init; }

    public StorefrontKey Where => new(OrganizationId, StorefrontId);
}
