using Latchkey.Platform.Data;

namespace Latchkey.Features.ImportJobs;

/// <summary>
/// Takes back what an import did, some contacts at a time. What somebody touched since stays: <c>outcome</c> says why, and is what tells
/// how far the undoing came.
/// </summary>
internal static class UndoSql
{
    public const string Next = """
        select subject_id from import_row
        where organization_id = @OrganizationId and import_id = @Id and kind = 'contact' and outcome is null order by subject_id limit @most
        """;

    public const string Percent = """
        select 100 * count(*) filter (where outcome is not null) / (count(*) + 1) from import_row
        where organization_id = @OrganizationId and import_id = @Id and kind = 'contact'
        """;

    /// <summary>
    /// Decides for each contact. A new one stays when it got more than the import gave it, and any whose account the import made stays once
    /// somebody has signed in to that.
    /// </summary>
    public const string Judge = """
        update import_row set outcome = case
          when not exists (select 1 from contact c where c.organization_id = import_row.organization_id and c.id = import_row.subject_id) then 'gone'
          when not exists (select 1 from contact c where c.organization_id = import_row.organization_id and c.id = import_row.subject_id
            and c.updated_at = import_row.version) then 'edited'
          when exists (select 1 from account_contact l join account a on a.organization_id = l.organization_id and a.id = l.account_id
            where l.organization_id = import_row.organization_id and l.contact_id = import_row.subject_id and a.last_signed_in_at >= @startedAt
            and (import_row.is_new or exists (select 1 from import_row m where m.organization_id = a.organization_id and m.import_id = @Id
              and m.kind = 'account' and m.subject_id = a.id))) then 'signed in'
          when is_new and exists (select 1 from account_contact l where l.organization_id = import_row.organization_id and l.contact_id = import_row.subject_id
            and not exists (select 1 from import_row m where m.organization_id = l.organization_id and m.import_id = @Id and m.kind = 'link'
              and m.subject_id = l.contact_id and m.other_id = l.account_id)) then 'linked'
          when is_new and exists (select 1 from subscription s where s.organization_id = import_row.organization_id and s.contact_id = import_row.subject_id
            and (s.ended_on is not null or not exists (select 1 from import_row m where m.organization_id = s.organization_id and m.import_id = @Id
              and m.kind = 'subscription' and m.subject_id = s.id))) then 'rents'
          else 'undone' end
        where organization_id = @OrganizationId and import_id = @Id and kind = 'contact' and outcome is null and subject_id >= @first and subject_id <= @last
        """;

    /// <summary>The rentals of this import whose contact is undone.</summary>
    private const string Rentals = """
        select r.subject_id from import_row c join import_row r on r.organization_id = c.organization_id and r.import_id = c.import_id
          and r.kind = 'subscription' and r.other_id = c.subject_id
        where c.organization_id = @OrganizationId and c.import_id = @Id and c.kind = 'contact' and c.outcome = 'undone' and c.subject_id >= @first and c.subject_id <= @last
        """;

    public const string FreeUnits = $"""
        update unit set state = 'free' where organization_id = @OrganizationId and state = 'occupied' and id in (
          select s.unit_id from subscription s where s.organization_id = @OrganizationId and s.ended_on is null and s.id in ({Rentals}))
        """;

    public const string EndRentals = $"""
        delete from subscription where organization_id = @OrganizationId and ended_on is null and id in ({Rentals})
        """;

    public static readonly string Unlink = $"""
        delete from account_contact where organization_id = @OrganizationId and linked_by = 'import' and (account_id, contact_id) in (
          select r.other_id, r.subject_id from import_row c join import_row r on r.organization_id = c.organization_id and r.import_id = c.import_id
            and r.kind = 'link' and r.subject_id = c.subject_id
          where c.organization_id = @OrganizationId and c.import_id = @Id and c.kind = 'contact' and c.outcome = 'undone' and c.subject_id >= @first and c.subject_id <= @last);
        {LinkedMark.Of("""
            id in (select c.subject_id from import_row c where c.organization_id = @OrganizationId and c.import_id = @Id and c.kind = 'contact'
              and c.outcome = 'undone' and not c.is_new and c.subject_id >= @first and c.subject_id <= @last)
            """)}
        """;

    public const string CountNew = """
        select count(*) from import_row
        where organization_id = @OrganizationId and import_id = @Id and kind = 'contact' and outcome = 'undone' and is_new and subject_id >= @first and subject_id <= @last
        """;

    /// <summary>One that is changed at this moment is missed in the count.</summary>
    public const string RemoveContacts = """
        delete from contact where organization_id = @OrganizationId and id in (
          select c.subject_id from import_row c
          where c.organization_id = @OrganizationId and c.import_id = @Id and c.kind = 'contact' and c.outcome = 'undone' and c.is_new and c.subject_id >= @first and c.subject_id <= @last)
          and updated_at = (select v.version from import_row v where v.organization_id = contact.organization_id and v.import_id = @Id and v.kind = 'contact' and v.subject_id = contact.id)
        """;

    public const string Changed = """
        select before, version from import_row
        where organization_id = @OrganizationId and import_id = @Id and kind = 'contact' and outcome = 'undone' and not is_new and before is not null
          and subject_id >= @first and subject_id <= @last
        """;

    public const string Restore = """
        update contact set facility_id = @FacilityId, external_id = @ExternalId, full_name = @FullName, email = @Email, phone = @Phone, locale = @Locale, updated_at = @now
        where organization_id = @OrganizationId and id = @Id and updated_at = @Version
        """;

    public static readonly string LinkAgain = $"""
        insert into account_contact (organization_id, account_id, contact_id, linked_at, linked_by)
        values (@OrganizationId, @AccountId, @ContactId, @LinkedAt, @LinkedBy)
        on conflict (organization_id, account_id, contact_id) do nothing;
        {LinkedMark.Of("id = @ContactId")}
        """;

    public const string InUse = """
        update import_row set outcome = 'used' where organization_id = @OrganizationId and import_id = @Id and kind = 'contact' and subject_id = @first
        """;

    /// <summary>Accounts that nobody has signed in to, and that show nothing any more; one that a link is under way to stays.</summary>
    public const string RemoveAccounts = """
        delete from account where organization_id = @OrganizationId and state = 'unproven' and last_signed_in_at is null
          and id in (select m.subject_id from import_row m where m.organization_id = @OrganizationId and m.import_id = @Id and m.kind = 'account')
          and not exists (select 1 from account_contact l where l.organization_id = account.organization_id and l.account_id = account.id)
          and not exists (select 1 from sign_in_request q where q.organization_id = account.organization_id and q.account_id = account.id
            and q.redeemed_at is null and q.revoked_at is null)
        """;

    public const string RemoveHashes = """
        update account set password_hash = null, password_by = null, password_set_at = null
        where organization_id = @OrganizationId and state = 'unproven' and password_by = 'import'
          and id in (select m.subject_id from import_row m where m.organization_id = @OrganizationId and m.import_id = @Id and m.kind = 'hash')
        """;

    /// <summary>Units that nobody ever rented but by this import. One at a time: what else may point to a unit is for its own feature to know.</summary>
    public const string MadeUnits = """
        select u.id from import_row m join unit u on u.organization_id = m.organization_id and u.id = m.subject_id
        where m.organization_id = @OrganizationId and m.import_id = @Id and m.kind = 'unit' and u.state = 'free'
          and not exists (select 1 from subscription s where s.organization_id = u.organization_id and s.unit_id = u.id)
        """;

    public const string RemoveUnit = "delete from unit where organization_id = @OrganizationId and id = @unit";

    public const string Counts = """
        select count(*) filter (where outcome = 'undone' and is_new) as removed, count(*) filter (where outcome = 'undone' and not is_new and before is not null) as restored,
          count(*) filter (where outcome not in ('undone', 'gone')) as kept
        from import_row where organization_id = @OrganizationId and import_id = @Id and kind = 'contact'
        """;

    public const string Kept = """
        select c.id, c.full_name, r.outcome from import_row r join contact c on c.organization_id = r.organization_id and c.id = r.subject_id
        where r.organization_id = @OrganizationId and r.import_id = @Id and r.kind = 'contact' and r.outcome not in ('undone', 'gone')
        order by r.line limit @most
        """;
}
