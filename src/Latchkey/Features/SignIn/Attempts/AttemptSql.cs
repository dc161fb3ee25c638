namespace Latchkey.Features.SignIn.Attempts;

internal static class AttemptSql
{
    public const string Request = """
        select r.storefront_id, r.name_hash, r.hard_end_at, r.asked_at, r.last_asked_at, r.asks, r.made_by, r.resolved_at, r.account_id, a.state as account_state, r.expires_at, r.opened_at, r.opens,
          r.asker_opens, r.program_opens, r.code_tries, r.number_tries, r.redeemed_at, r.redeemed_by, r.revoked_at, r.revoked_reason,
          case when r.made_by = 'customer' and r.redeemed_browser_hash <> r.browser_hash then 1 else 0 end as elsewhere,
          s.kept_at, s.ended_at, s.ended_reason
        from sign_in_request r
        left join account a on a.organization_id = r.organization_id and a.id = r.account_id
        left join session s on s.organization_id = r.organization_id and s.id = r.session_id
        where r.organization_id = @organizationId and r.id = @requestId
        """;

    public const string Mails = """
        select kind, created_at, sent_at, failed_at, delivered_at, attempts, reply,
          case when delivery in ('undelivered', 'failed') then coalesce(delivery_reason, delivery) end as delivery_reason
        from mail where organization_id = @organizationId and request_id = @requestId order by id
        """;

    /// <summary>By the key, of which time is a part.</summary>
    public const string Refusals = """
        select at from activity
        where organization_id = @organizationId and id >= @from and id < @before and event = 'limited' and storefront_id = @StorefrontId and detail = @NameHash
        order by id
        """;

    internal sealed record RequestRow
    {
        public required Guid StorefrontId { get; init; }
        public required string NameHash { get; init; }
        public required DateTimeOffset HardEndAt { get; init; }
        public required DateTimeOffset AskedAt { get; init; }
        public required DateTimeOffset LastAskedAt { get; init; }
        public required int Asks { get; init; }
        public required string MadeBy { get; init; }
        public DateTimeOffset? ResolvedAt { get; init; }
        public Guid? AccountId { get; init; }
        public string? AccountState { get; init; }
        public required DateTimeOffset ExpiresAt { get; init; }
        public DateTimeOffset? OpenedAt { get; init; }
        public required int Opens { get; init; }
        public required int AskerOpens { get; init; }
        public required int ProgramOpens { get; init; }
        public required int CodeTries { get; init; }
        public required int NumberTries { get; init; }
        public DateTimeOffset? RedeemedAt { get; init; }
        public string? RedeemedBy { get; init; }
        public required int Elsewhere { get; init; }
        public DateTimeOffset? RevokedAt { get; init; }
        public string? RevokedReason { get; init; }
        public DateTimeOffset? KeptAt { get; init; }
        public DateTimeOffset? EndedAt { get; init; }
        public string? EndedReason { get; init; }

        public bool RedeemedElsewhere => Elsewhere == 1;
    }

    internal sealed record MailRow
    {
        public required string Kind { get; init; }
        public required DateTimeOffset CreatedAt { get; init; }
        public DateTimeOffset? SentAt { get; init; }
        public DateTimeOffset? FailedAt { get; init; }
        public DateTimeOffset? DeliveredAt { get; init; }
        public required int Attempts { get; init; }
        public string? Reply { get; init; }
        public string? DeliveryReason { get; init; }
    }
}
