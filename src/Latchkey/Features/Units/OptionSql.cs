namespace Latchkey.Features.Units;

/// <summary>The statements of what can be taken along with a unit or plan.</summary>
internal static class OptionSql
{
    public const string All = """
        select id, name, price, currency, monthly, retired_at from unit_option
        where organization_id = @organizationId and facility_id = @facilityId
        order by case when retired_at is null then 0 else 1 end, name, id
        """;

    public const string Add = """
        insert into unit_option (organization_id, id, facility_id, name, price, currency, monthly)
        values (@organizationId, @id, @facilityId, @name, @price, @currency, @monthly)
        """;

    public const string Retire = """
        update unit_option set retired_at = @now where organization_id = @organizationId and facility_id = @facilityId and id = @id and retired_at is null returning name
        """;

    public const string Offer = """
        update unit_option set retired_at = null where organization_id = @organizationId and facility_id = @facilityId and id = @id and retired_at is not null returning name
        """;
}
