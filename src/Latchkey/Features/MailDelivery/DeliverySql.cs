namespace Latchkey.Features.MailDelivery;

internal static class DeliverySql
{
    public const string TestedLately = """
        select 1 from mail where organization_id = @OrganizationId and to_address = @Email and created_at > @after and kind = 'test_mail' limit 1
        """;
}
