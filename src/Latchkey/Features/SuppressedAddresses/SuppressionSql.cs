namespace Latchkey.Features.SuppressedAddresses;

internal static class SuppressionSql
{
    /// <summary>By address, which is a part of the key. A cursor is an address and its channel.</summary>
    public const string List = """
        select channel, address, reason, created_at from suppression
        where organization_id = @organizationId and address like @pattern escape '\' and (address, channel) > (@address, @channel)
        order by address, channel limit @most
        """;
}
