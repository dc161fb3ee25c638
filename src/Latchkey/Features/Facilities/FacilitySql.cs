namespace Latchkey.Features.Facilities;

internal static class FacilitySql
{
    public const string All = """
        select f.id, f.name, f.address, f.storefront_id, s.name as storefront
        from facility f join storefront s on s.organization_id = f.organization_id and s.id = f.storefront_id
        where f.organization_id = @organizationId order by s.name, f.name, f.id
        """;
}
