namespace Latchkey.Features.Revenue;

/// <summary>The statements behind the charts of money.</summary>
internal static class RevenueSql
{
    public const string Received = """
        select currency, count(*) as number, cast(sum(amount - refunded) as bigint) as amount from payment
        where organization_id = @organizationId and settled_at >= @from and settled_at < @until and state = 'paid' group by currency
        """;

    public const string Unpaid = """
        select currency, count(*) as number, cast(sum(total) as bigint) as amount from invoice
        where organization_id = @organizationId and state in ('pending', 'processing', 'failed') and due_on >= @from and due_on <= @to group by currency
        """;
}
