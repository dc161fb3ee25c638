using Latchkey.Platform.Mail;

namespace Latchkey.Features.Contacts;

/// <summary>The statements of what was sent to a contact.</summary>
internal static class MailOfContactSql
{
    private const string Columns = $"m.id, m.channel, m.kind, m.subject, m.to_address, m.created_at, {MailStatusSql.Status} as status, {MailStatusSql.Reason} as reason";

    /// <summary>To any of the addresses and numbers that are known; an empty one matches nothing.</summary>
    public const string Latest = $"""
        select {Columns} from mail m
        where m.organization_id = @organizationId and m.storefront_id = @storefrontId and m.to_address <> ''
          and m.to_address in (@email, @accountEmail, @phone, @accountPhone)
        order by m.created_at desc, m.id desc limit 20
        """;

    public const string OfRequest = $"""
        select {Columns} from mail m where m.organization_id = @organizationId and m.request_id = @requestId order by m.created_at desc, m.id desc limit 4
        """;

    /// <summary>A link that was sent to an account which shows the contact.</summary>
    public const string Request = """
        select r.last_asked_at, r.opened_at, r.redeemed_at, r.revoked_at
        from sign_in_request r
        where r.organization_id = @organizationId and r.id = @requestId
          and r.account_id in (select l.account_id from account_contact l where l.organization_id = @organizationId and l.contact_id = @id)
        """;
}
