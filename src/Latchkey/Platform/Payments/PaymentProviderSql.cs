namespace Latchkey.Platform.Payments;

internal static class PaymentProviderSql
{
    public const string Find = "select settings, broken_at from payment_provider where organization_id = @organization";

    public const string Save = """
        insert into payment_provider (organization_id, settings, reconciled_at, updated_at) values (@organization, @settings, @now, @now)
        on conflict (organization_id) do update set settings = excluded.settings, broken_at = null, updated_at = excluded.updated_at
        """;

    public const string Remove = "delete from payment_provider where organization_id = @organization";

    public const string Note = """
        update payment_provider set broken_at = case when @isBroken then coalesce(broken_at, @now) end
        where organization_id = @organization and (broken_at is null) = @isBroken
        """;
}
