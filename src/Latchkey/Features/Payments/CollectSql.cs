namespace Latchkey.Features.Payments;

/// <summary>The statements that find invoices whose money is to be asked for.</summary>
internal static class CollectSql
{
    public const string IsAnyDue = "select 1 from invoice where collect_at <= @now limit 1";

    public const string Claim = """
        update invoice set collect_at = @leaseEnd
        where (organization_id, id) in (select organization_id, id from invoice where collect_at <= @now order by collect_at, id limit 10) and collect_at <= @now
        returning organization_id, id
        """;

    public const string IsByHand = """
        select 1 from invoice i join subscription s on s.organization_id = i.organization_id and s.id = i.subscription_id
        where i.organization_id = @organization and i.id = @id and s.autopay_off_at is not null
        """;
}
