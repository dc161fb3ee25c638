namespace Latchkey.Features.Payments;

/// <summary>Whose events are to be fetched. One node does it for all.</summary>
internal static class ReconcileSql
{
    public const string IsAnyDue = "select 1 from payment_provider where reconciled_at is null or reconciled_at <= @before limit 1";

    public const string Claim = """
        update payment_provider set reconciled_at = @now
        where organization_id in (select organization_id from payment_provider where reconciled_at is null or reconciled_at <= @before limit 10) and (reconciled_at is null or reconciled_at <= @before)
        returning organization_id
        """;
}
