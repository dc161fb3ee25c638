namespace Latchkey.SignIn;

/// <summary>The statements of passwords, and of what is asked for about them.</summary>
internal static class PasswordSql
{
    private const string OfRegistration = """
        select r.password_hash from password_request r
        where r.organization_id = account.organization_id and r.account_id = account.id and r.password_hash is not null
        order by r.asked_at desc limit 1
        """;

    // Counted before anything is compared, and the pause begins with the last try allowed: guesses that race never get more.
    public const string Count = $"""
        update account set
          password_failures = password_failures + 1,
          password_locked_until = case
            when password_failures + 1 >= @most then @never
            when (password_failures + 1) % @tries = 0 then @until end
        where organization_id = @organization and storefront_id = @storefront and email = @address
          and (password_locked_until is null or password_locked_until <= @now)
          and (state in ('proven', 'unproven') and password_hash is not null or state = 'unproven' and ({OfRegistration}) is not null)
        returning id, state, case when state = 'proven' then password_hash else coalesce(password_hash, ({OfRegistration})) end
        """;

    // Only while the hash that was compared is still the account's: a new password set meanwhile has won.
    public const string Right = """
        update account set password_failures = 0, password_locked_until = null, password_hash = @hash
        where organization_id = @organization and storefront_id = @storefront and id = @account and state = 'proven' and password_hash = @compared
        """;

    public const string ForgetFailures = """
        update account set password_failures = 0, password_locked_until = null
        where organization_id = @organization and storefront_id = @storefront and id = @account
        """;

    public const string TellPause = """
        update account set password_pause_told_at = @now
        where organization_id = @organization and storefront_id = @storefront and id = @account and password_locked_until > @now
          and (password_pause_told_at is null or password_pause_told_at <= @dayAgo)
        returning id, email, locale, 0
        """;

    public const string Set = """
        update account set password_hash = @hash, password_by = 'customer', password_set_at = @now, password_failures = 0, password_locked_until = null
        where organization_id = @organization and storefront_id = @storefront and id = @account and state = 'proven'
        returning id, email, locale, 0
        """;

    public const string Remove = """
        update account set password_hash = null, password_by = null, password_set_at = null, password_failures = 0, password_locked_until = null
        where organization_id = @organization and storefront_id = @storefront and id = @account and state = 'proven' and password_hash is not null
        returning id, email, locale, 0
        """;

    public const string HasPassword = """
        select id from account
        where organization_id = @organization and storefront_id = @storefront and id = @account and password_hash is not null
        """;

    // The address too: a link proves the mailbox it was sent to, and no other.
    public const string Reset = """
        update account set state = 'proven', proven_at = coalesce(proven_at, @now),
          password_hash = @hash, password_by = 'customer', password_set_at = @now, password_failures = 0, password_locked_until = null
        where organization_id = @organization and storefront_id = @storefront and id = @account and email = @address and state in ('proven', 'unproven')
        returning id, email, locale, case when proven_at = @now then 1 else 0 end
        """;

    public const string Confirm = """
        update account set state = 'proven', proven_at = @now, full_name = coalesce(@name, full_name),
          password_hash = coalesce(@hash, password_hash), password_by = coalesce(@by, password_by), password_set_at = coalesce(@setAt, password_set_at),
          password_failures = 0, password_locked_until = null
        where organization_id = @organization and storefront_id = @storefront and id = @account and email = @address and state = 'unproven'
        returning id, email, locale, case when proven_at = @now then 1 else 0 end
        """;

    public const string Ask = """
        insert into password_request (organization_id, id, storefront_id, kind, address, full_name, password_hash, browser_hash, locale, asked_at, resolve_at)
        values (@organization, @id, @storefront, @kind, @address, @name, @hash, @browser, @locale, @now, @now)
        """;

    // The predicate stands twice: without the second, PostgreSQL hands the same rows to several workers.
    public const string Claim = """
        update password_request set resolve_at = null
        where (organization_id, id) in (select organization_id, id from password_request where resolve_at <= @now order by resolve_at limit @most)
          and resolve_at <= @now
        returning organization_id, id, storefront_id, kind, address, locale
        """;

    public const string AccountOf = """
        select id, state, locale, case when password_hash is null then 0 else 1 end from account
        where organization_id = @organization and storefront_id = @storefront and email = @address
        """;

    public const string Register = """
        insert into account (organization_id, id, storefront_id, email, state, created_at)
        values (@organization, @id, @storefront, @address, 'unproven', @now)
        on conflict (email, organization_id, storefront_id) do nothing
        """;

    public const string Resolved = """
        update password_request set account_id = @account, address = null,
          full_name = case when @keep = 1 then full_name end, password_hash = case when @keep = 1 then password_hash end
        where organization_id = @organization and id = @id
        """;

    public const string Registrations = """
        select r.id, r.password_hash, case when r.browser_hash = @browser then 1 else 0 end
        from password_request r
        join account a on a.organization_id = r.organization_id and a.id = r.account_id
        where r.organization_id = @organization and r.account_id = @account and r.password_hash is not null and a.state = 'unproven'
        order by case when r.browser_hash = @browser then 0 else 1 end, r.asked_at desc limit 5
        """;

    public const string ImportedHash = """
        select password_hash from account
        where organization_id = @organization and storefront_id = @storefront and id = @account and state = 'unproven' and password_hash is not null
        """;

    public const string Registration = """
        select password_hash, full_name, asked_at from password_request
        where organization_id = @organization and id = @id and account_id = @account and password_hash is not null
        """;

    public const string ForgetRegistrations = """
        update password_request set password_hash = null, full_name = null
        where organization_id = @organization and account_id = @account and password_hash is not null
        """;
}
