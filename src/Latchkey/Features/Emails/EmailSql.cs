using Latchkey.Platform.Mail;

namespace Latchkey.Features.Emails;

/// <summary>The statements of the lists of mails. Ids rise with time, so the key gives newest first and where to go on.</summary>
internal static class EmailSql
{
    private const string Columns = $"""
        m.id, m.created_at, m.storefront_id, m.facility_id, m.account_id, m.channel, m.kind, m.to_address, m.subject, m.reply_code, m.reply_status,
          {MailStatusSql.Status} as status, {MailStatusSql.Reason} as reason
        """;

    private const string Range = "m.organization_id = @organizationId and m.id < @before and m.id >= @from";

    public const string List = $"select {Columns} from mail m where {Range}";

    /// <summary>
    /// The addresses that the typed text is a part of, and the mails to them, complete before they are put in order: either engine would
    /// rather read all mails, the newest first, than those of few addresses. To be ended by <see cref="NewestFound"/>.
    /// </summary>
    public const string Search = $"""
        with hit as (select address from (
            select cast(@exact as text) as address
            union select email from (select c.email from contact c where c.organization_id = @organizationId and c.email like @pattern escape '\' limit 200) contacts
            union select email from (select a.email from account a where a.organization_id = @organizationId and a.email like @pattern escape '\' limit 200) accounts
            union select to_address from (select u.to_address from mail u
              where u.organization_id = @organizationId and u.account_id is null and u.to_address <> '' and u.to_address like @pattern escape '\' limit 200) unknown
          ) addresses limit 200),
        found as materialized (select m.id from hit cross join mail m where m.to_address = hit.address and {Range}
        """;

    public const string SearchPhones = $"""
        with hit as (select address from (
            select cast(@exact as text) as address
            union select phone from (select a.phone from account a where a.organization_id = @organizationId and a.phone like @pattern escape '\' limit 200) accounts
          ) addresses limit 200),
        found as materialized (select m.id from hit cross join mail m where m.to_address = hit.address and {Range}
        """;

    public const string InFacility = " and m.facility_id = @facilityId";
    /// <summary>Whoever searches in a facility also finds what belongs to none: a customer whose record lacks its facility.</summary>
    public const string NearFacility = " and (m.facility_id = @facilityId or (m.facility_id is null and m.storefront_id = @storefrontId))";
    public const string InChannel = " and m.channel = @channel";
    public const string OfKind = " and m.kind = @kind";
    public const string WithStatus = $" and {MailStatusSql.Status} = @status";
    public const string Newest = " order by m.id desc limit @most";

    public const string NewestFound = $"""
        )
        select {Columns} from (select id from found order by id desc limit @most) newest
        cross join mail m where m.organization_id = @organizationId and m.id = newest.id order by m.id desc
        """;

    /// <summary>How far back one page looks for what is rare.</summary>
    public const string Floor = $"select m.id from mail m where {Range}";
    public const string BehindWindow = " order by m.id desc limit 1 offset 10000";

    public const string One = $"""
        select {Columns}, m.to_name, m.state, m.attempts, m.due_at, m.sent_at, m.failed_at, m.give_up_at, m.reply, m.text_body, case when m.html_body is null then 0 else 1 end as html_parts,
          m.delivery, m.delivery_detail, m.delivered_at, m.provider_id, m.request_id, m.locale, m.lane, m.about, m.link_number,
          s.name as storefront, s.sender_address, s.sender_name, f.name as facility,
          (select l.contact_id from account_contact l join contact c on c.organization_id = l.organization_id and c.id = l.contact_id
           where l.organization_id = m.organization_id and l.account_id = m.account_id and c.storefront_id = m.storefront_id order by l.linked_at, l.contact_id limit 1) as contact_id,
          (select c.full_name from account_contact l join contact c on c.organization_id = l.organization_id and c.id = l.contact_id
           where l.organization_id = m.organization_id and l.account_id = m.account_id and c.storefront_id = m.storefront_id order by l.linked_at, l.contact_id limit 1) as contact
        from mail m
        left join storefront s on s.organization_id = m.organization_id and s.id = m.storefront_id
        left join facility f on f.organization_id = m.organization_id and f.id = m.facility_id
        where m.organization_id = @organizationId and m.id = @id
        """;

    public const string CountFailed = $"""
        select count(*) from (select m.id from mail m where m.organization_id = @organizationId and m.id >= @from and {MailStatusSql.Status} = 'Failed' limit @most) failed
        """;

    public const string Html = "select html_body from mail where organization_id = @organizationId and id = @id";

    public const string Reports = """
        select at, event, detail from activity where subject_id = @id and organization_id = @organizationId and type = 'WEBHOOK' order by id
        """;

    /// <summary>The mail of this id, or those of the request of this id.</summary>
    public const string OfSubject = $"""
        select {Columns} from mail m where m.organization_id = @organizationId and m.id = @subjectId
        union all
        select {Columns} from mail m where m.organization_id = @organizationId and m.request_id = @subjectId
        """;

    public const string SameRequest = $"select {Columns} from mail m where m.request_id = @requestId and m.organization_id = @organizationId and m.id <> @id order by m.id desc limit 20";

    /// <summary>Whoever resends one mail twice at once takes turns here.</summary>
    public const string TakeTurn = "update mail set kind = kind where organization_id = @organizationId and id = @id";

    public const string SentLately = """
        select created_at from mail where to_address = @ToAddress and organization_id = @organizationId and created_at > @after and kind = @Kind and id <> @id order by id desc limit 1
        """;
}
