namespace Latchkey.Features.Activities;

/// <summary>The statements of the log. Nothing here changes it: rows are appended by <c>ActivityLog</c>, and no statement takes one back.</summary>
internal static class ActivitySql
{
    private const string Columns = """
        a.id, a.at, a.type, a.event, a.storefront_id, a.account_id, a.contact_id, a.subject_id, a.actor, a.detail, a.changes,
          (select s.name from storefront s where s.organization_id = a.organization_id and s.id = a.storefront_id) as storefront,
          (select ac.email from account ac where ac.organization_id = a.organization_id and ac.id = a.account_id) as account,
          coalesce(
            (select c.full_name from contact c where c.organization_id = a.organization_id and c.id = a.contact_id),
            (select c.full_name from account_contact l join contact c on c.organization_id = l.organization_id and c.id = l.contact_id
             where l.organization_id = a.organization_id and l.account_id = a.account_id order by l.linked_at, l.contact_id limit 1)) as contact
        """;

    private const string Range = "a.organization_id = @organizationId and a.id < @before and a.id >= @from";

    public const string List = $"select {Columns} from activity a where {Range}";
    public const string One = $"select {Columns} from activity a where a.organization_id = @organizationId and a.id = @id";

    public const string OfType = " and a.type = @type";
    public const string AtStorefront = " and a.storefront_id = @storefrontId";
    public const string OfSubject = " and a.subject_id = @subjectId";
    public const string OfAccount = " and a.account_id = @accountId";
    public const string Saying = """ and (lower(a.event) like @text escape '\' or lower(coalesce(a.detail, '')) like @text escape '\')""";

    /// <summary>Asked of each row that is looked at: those are few, and an organization's customers many (PostgreSQL would read them all for <c>exists</c>).</summary>
    public const string By = """
         and (lower(coalesce(a.actor, '')) like @who escape '\'
          or (select 1 from account ac where ac.organization_id = a.organization_id and ac.id = a.account_id and ac.email like @who escape '\') = 1
          or (select 1 from contact c where c.organization_id = a.organization_id and c.id = a.contact_id and (c.email like @who escape '\' or lower(c.full_name) like @who escape '\')) = 1
          or (select count(*) from account_contact l join contact c on c.organization_id = l.organization_id and c.id = l.contact_id
            where l.organization_id = a.organization_id and l.account_id = a.account_id and lower(c.full_name) like @who escape '\') > 0)
        """;

    public const string Newest = " order by a.id desc limit @most";

    /// <summary>How far back one page looks for what is rare.</summary>
    public const string Floor = $"select a.id from activity a where {Range} order by a.id desc limit 1 offset @window";
}
