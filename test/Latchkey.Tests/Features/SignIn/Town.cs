using Dapper;
using Latchkey.Platform.Data;
using Latchkey.Platform.Tenancy;
using Latchkey.SignIn;
using Latchkey.Tests.Rig;

namespace Latchkey.Tests.Features.SignIn;

/// <summary>
/// A storefront with many customers in a database that outlives the server, and what must hold in that database whatever became of
/// the server.
/// </summary>
internal sealed class Town(Database database)
{
    public const string Portal = "/s/town/portal";

    public static string Customer(int number) => $"customer{number}@town.example";

    /// <summary>Nobody is limited here: the customers of one machine share its address.</summary>
    public async Task BuildAsync(int customers)
    {
        var (organization, storefront, now) = (Guid.CreateVersion7(), Guid.CreateVersion7(), DateTimeOffset.UtcNow);
        var policy = PolicyJson.Write(SignInPolicy.Storage with { Limits = SignInLimits.Off });
        await database.WriteAsync(async t =>
        {
            await t.Connection!.ExecuteAsync("insert into organization (id, name, created_at) values (@organization, 'Town', @now)", new { organization, now }, t);
            await t.Connection!.ExecuteAsync("""
                insert into storefront (organization_id, id, slug, name, locale, vocabulary, brand_hue, sender_name, sender_address, policy, created_at)
                values (@organization, @storefront, 'town', 'Town', 'en', 'Rental', 200, 'Town', 'portal@town.example', @policy, @now)
                """, new { organization, storefront, policy, now }, t);
            await t.Connection!.ExecuteAsync(
                "insert into account (organization_id, id, storefront_id, email, state, created_at) values (@organization, @id, @storefront, @email, 'proven', @now)",
                Enumerable.Range(0, customers).Select(i => new { organization, id = Guid.CreateVersion7(), storefront, email = Customer(i), now }), t);
        });
    }

    /// <summary>A killed worker's mails are its own until its lease ends; this ends it.</summary>
    public Task EndLeasesAsync() => database.WriteAsync(t =>
        t.Connection!.ExecuteAsync("update mail set due_at = @now where state = 'queued'", new { now = DateTimeOffset.UtcNow.AddMinutes(-1) }, t));

    /// <summary>Until no request waits for its mail and no mail for the relay.</summary>
    public async Task DrainAsync()
    {
        for (var waited = System.Diagnostics.Stopwatch.StartNew(); waited.Elapsed < TimeSpan.FromSeconds(20); await Task.Delay(20))
            if (await CountAsync("select (select count(*) from sign_in_request where resolve_at is not null) + (select count(*) from mail where state = 'queued')") == 0) return;
        throw new TimeoutException("Requests or mails still wait.");
    }

    public async Task ShouldBeWholeAsync()
    {
        (await CountAsync("select count(*) from mail where state <> 'sent' and state <> 'queued' and reply not like 'Not sent%'")).ShouldBe(0);
        (await CountAsync("select count(*) - count(distinct request_id) from session")).ShouldBe(0, "a request was redeemed twice");
        (await CountAsync("""
            select count(*) from session s
            left join sign_in_request r on r.organization_id = s.organization_id and r.id = s.request_id and r.session_id = s.id and r.redeemed_at is not null
            where r.id is null
            """)).ShouldBe(0, "a session has no redeemed request");
        (await CountAsync("""
            select count(*) from sign_in_request r
            left join session s on s.organization_id = r.organization_id and s.id = r.session_id
            where r.redeemed_at is not null and s.id is null
            """)).ShouldBe(0, "a redeemed request has no session");
        (await CountAsync("select (select count(*) from session) - (select count(*) from activity where event = 'signed in by link')")).ShouldBe(0, "a sign-in is not in the activity");
    }

    /// <summary>The addresses among these for which no mail is written.</summary>
    public async Task<IReadOnlyList<string>> WithoutMailAsync(IEnumerable<string> addresses) => await database.ReadAsync(async c =>
        addresses.Except(await c.QueryAsync<string>("select to_address from mail")).ToList());

    Task<long> CountAsync(string sql) => database.ReadAsync(c => c.ExecuteScalarAsync<long>(sql));
}
