using Latchkey.Features.SignIn;

namespace Latchkey.Features.Why;

/// <summary>The rows of <see cref="WhySql"/>.</summary>
internal static class WhyRows
{
    internal sealed record Account
    {
        public required Guid Id { get; init; }
        public required Guid StorefrontId { get; init; }
        public required string Email { get; init; }
        public required string State { get; init; }
        public required DateTimeOffset CreatedAt { get; init; }
        public DateTimeOffset? LastSignedInAt { get; init; }
        public Guid? MergedInto { get; init; }
        public string? Phone { get; init; }
        public string? Locale { get; init; }
        public required int HasPassword { get; init; }
        public required int PasswordFailures { get; init; }
        public DateTimeOffset? PasswordLockedUntil { get; init; }
        public required long LinkedForThem { get; init; }
        public required long Holdings { get; init; }
    }

    internal sealed record Contact
    {
        public required Guid Id { get; init; }
        public required Guid StorefrontId { get; init; }
        public required string FullName { get; init; }
        public string? Email { get; init; }
        public string? Phone { get; init; }
        public string? Locale { get; init; }
        public Guid? AccountId { get; init; }
        public required long Holdings { get; init; }
    }

    internal sealed record Namesake
    {
        public required Guid Id { get; init; }
        public required string Email { get; init; }
        public required long Holdings { get; init; }
    }

    internal sealed record Attempt
    {
        public required Guid Id { get; init; }
        public required string NameHash { get; init; }
        public Guid? AccountId { get; init; }
        public required DateTimeOffset AskedAt { get; init; }
        public required DateTimeOffset LastAskedAt { get; init; }
        public required int Asks { get; init; }
        public required string MadeBy { get; init; }
        public DateTimeOffset? ResolvedAt { get; init; }
        public DateTimeOffset? SentAt { get; init; }
        public required DateTimeOffset ExpiresAt { get; init; }
        public DateTimeOffset? OpenedAt { get; init; }
        public required int Opens { get; init; }
        public required int AskerOpens { get; init; }
        public required int ProgramOpens { get; init; }
        public string? TurnedAwayAs { get; init; }
        public DateTimeOffset? TurnedAwayAt { get; init; }
        public required int CodeTries { get; init; }
        public DateTimeOffset? CodeTriedAt { get; init; }
        public required int NumberTries { get; init; }
        public DateTimeOffset? RedeemedAt { get; init; }
        public string? RedeemedBy { get; init; }
        public required int Elsewhere { get; init; }
        public DateTimeOffset? RevokedAt { get; init; }
        public string? RevokedReason { get; init; }
        public string? ReturnTo { get; init; }

        /// <summary>Asked for by a sign-up, in case the address has an account.</summary>
        public bool IsFromSignUp => ReturnTo == AskForLink.SignUpPage;
    }

    internal sealed record Mail
    {
        public required string Kind { get; init; }
        public Guid? RequestId { get; init; }
        public Guid? AccountId { get; init; }
        public required string ToAddress { get; init; }
        public required string State { get; init; }
        public required DateTimeOffset CreatedAt { get; init; }
        public DateTimeOffset? SentAt { get; init; }
        public DateTimeOffset? FailedAt { get; init; }
        public DateTimeOffset? DeliveredAt { get; init; }
        public required int Attempts { get; init; }
        public string? Reply { get; init; }
        public string? Delivery { get; init; }
        public string? DeliveryReason { get; init; }
    }

    internal sealed record Session
    {
        public required Guid Id { get; init; }
        public required DateTimeOffset StartedAt { get; init; }
        public required string Means { get; init; }
        public required DateTimeOffset EndsAt { get; init; }
        public required DateTimeOffset HardEndAt { get; init; }
        public DateTimeOffset? EndedAt { get; init; }
        public string? EndedReason { get; init; }
        public DateTimeOffset? KeptAt { get; init; }
    }

    internal sealed record Throttle
    {
        public required string Bucket { get; init; }
        public required string Key { get; init; }
        public required long PaidUntilMs { get; init; }
        public required long CostMs { get; init; }
        public required long DepthMs { get; init; }
        public long? RefusedMs { get; init; }

        /// <summary>When one more is granted; null when none was refused, or it is granted already.</summary>
        public DateTimeOffset? Until => RefusedMs is null ? null : DateTimeOffset.FromUnixTimeMilliseconds(PaidUntilMs + CostMs - DepthMs);
    }

    internal sealed record Held
    {
        public required string Reason { get; init; }
        public required DateTimeOffset CreatedAt { get; init; }
    }

    internal sealed record ResetLink
    {
        public required DateTimeOffset CreatedAt { get; init; }
        public required DateTimeOffset ExpiresAt { get; init; }
        public DateTimeOffset? UsedAt { get; init; }
    }

    internal sealed record RelayMail
    {
        public required string State { get; init; }
        public required int Attempts { get; init; }
        public required DateTimeOffset CreatedAt { get; init; }
        public DateTimeOffset? SentAt { get; init; }
        public int? ReplyCode { get; init; }
        public string? Reply { get; init; }
    }
}
