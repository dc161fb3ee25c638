using System.Collections.Concurrent;
using Dapper;
using Latchkey.Features.Policies;

using Latchkey.Features.Passwords;
using Latchkey.Features.SignIn;
using Latchkey.Features.SignUps;
using Latchkey.Hosting;
using Latchkey.Platform.Data;
using Latchkey.Platform.Staff;
using Latchkey.Platform.Tenancy;
using Latchkey.SignIn;
using Latchkey.Tests.Platform.Mail.Rig;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Latchkey.Tests.Rig;

/// <summary>
/// The whole server on a real port with a database of its own, sending real mail to an SMTP sink. One for a test class; each test makes
/// its own storefront, so that tests do not meet.
/// </summary>
public class Portal : IAsyncLifetime
{
    readonly ScriptedSmtpServer sink = new();
    readonly string data = Directory.CreateTempSubdirectory("latchkey-test-").FullName;
    TestDatabase database = null!;
    WebApplication app = null!;
    WebApplication? second;

    internal TurnableClock Clock { get; } = new();
    internal Database Database => app.Services.GetRequiredService<Database>();
    internal IServiceProvider Services => app.Services;
    internal ScriptedSmtpServer Sink => sink;
    internal ConcurrentQueue<string> Log { get; } = new();
    internal Uri Url { get; private set; } = null!;
    internal string ConnectionString => database.ConnectionString;

    /// <summary>Settings besides the database and the sink, such as <c>--Latchkey:PublicUrl=…</c>.</summary>
    protected virtual IEnumerable<string> Settings => [];

    protected virtual IEnumerable<string> MailSettings => [$"--Mail:Smtp=smtp://127.0.0.1:{sink.Port}?starttls=off"];

    /// <summary>Services besides those of the app, such as a kind of mail of the test's own.</summary>
    protected virtual void Adjust(IServiceCollection services)
    {
    }

    public virtual async ValueTask InitializeAsync()
    {
        database = await TestDatabase.CreateAsync();
        app = await StartAsync();
        Url = new Uri(app.Urls.Single().Replace("0.0.0.0", "localhost", StringComparison.Ordinal));
    }

    /// <summary>Two nodes on one database, as a load balancer has them; on SQLite, which belongs to one process, the one there is.</summary>
    internal async Task<IReadOnlyList<WebApplication>> NodesAsync() => TestEnvironment.Engine == Engine.Sqlite ? [app] : [app, second ??= await StartAsync()];

    async Task<WebApplication> StartAsync()
    {
        string[] arguments =
        [
            "--urls=http://127.0.0.1:0", $"--ConnectionStrings:Latchkey={database.ConnectionString}", $"--Latchkey:DataDirectory={data}",
            .. MailSettings, .. Settings,
        ];
        var node = PortalHost.Build(arguments, builder =>
        {
            builder.Services.AddSingleton<TimeProvider>(Clock);
            builder.Services.AddSingleton<IPasswordHasher>(new KnownHasher(new FrameworkHasher(rounds: 2000))); // a hundred times faster: the tests are many
            // It looks by the wall clock, into every organization: tests look when they want to, into theirs.
            builder.Services.Remove(builder.Services.Single(s => s.ImplementationType == typeof(WeatherWatch)));
            Adjust(builder.Services);
            builder.Logging.ClearProviders().AddProvider(new LogKeeper(Log)).SetMinimumLevel(LogLevel.Information);
        });
        await node.StartAsync();
        return node;
    }

    public virtual async ValueTask DisposeAsync()
    {
        if (app is not null) await LinkedMarks.ShouldBeTrueAsync(Database);
        foreach (var node in new[] { second, app }.OfType<WebApplication>())
        {
            await node.StopAsync();
            await node.DisposeAsync();
        }
        await sink.DisposeAsync();
        await database.DisposeAsync();
        Directory.Delete(data, recursive: true);
        GC.SuppressFinalize(this);
    }

    /// <summary>A new organization with one storefront and one facility.</summary>
    internal async Task<Storefront> StorefrontAsync(SignInPolicy? policy = null, Guid? organization = null, string? host = null, string name = "Riverbend Storage", string locale = "en")
    {
        var key = new StorefrontKey(organization ?? Guid.CreateVersion7(), Guid.CreateVersion7());
        var now = Clock.GetUtcNow();
        var slug = $"s{key.StorefrontId:n}"[..20] + Random.Shared.Next(1000, 9999);
        await Database.WriteAsync(async t =>
        {
            if (organization is null)
                await t.Connection!.ExecuteAsync("insert into organization (id, name, created_at) values (@OrganizationId, 'Riverbend', @now)", new { key.OrganizationId, now }, t);
            await t.Connection!.ExecuteAsync("""
                insert into storefront (organization_id, id, slug, name, locale, vocabulary, brand_hue, sender_name, sender_address, policy, created_at)
                values (@OrganizationId, @StorefrontId, @slug, @name, @locale, 'Rental', 200, @name, 'portal@riverbend.example', @policy, @now)
                """, new { key.OrganizationId, key.StorefrontId, slug, name, locale, policy = PolicyJson.Write(policy ?? SignInPolicy.Storage), now }, t);
            if (host is not null)
                await t.Connection!.ExecuteAsync("insert into storefront_host (organization_id, storefront_id, host, created_at, verified_at) values (@OrganizationId, @StorefrontId, @host, @now, @now)",
                    new { key.OrganizationId, key.StorefrontId, host, now }, t);
        });
        return (await Services.GetRequiredService<StorefrontDirectory>().BySlugAsync(slug, CancellationToken.None))!;
    }

    /// <summary>A contact with a linked account.</summary>
    internal async Task<Guid> AccountAsync(Storefront storefront, string email, string name = "Ann Archer", string state = "proven")
    {
        var (account, contact, now) = (Guid.CreateVersion7(), Guid.CreateVersion7(), Clock.GetUtcNow());
        await Database.WriteAsync(t => t.Connection!.ExecuteAsync("""
            insert into account (organization_id, id, storefront_id, email, state, created_at, proven_at)
            values (@OrganizationId, @account, @Id, @email, @state, @before, case when @state = 'proven' then @before end);
            insert into contact (organization_id, id, storefront_id, full_name, email, linked, created_at, updated_at) values (@OrganizationId, @contact, @Id, @name, @email, true, @now, @now);
            insert into account_contact (organization_id, account_id, contact_id, linked_at, linked_by) values (@OrganizationId, @account, @contact, @now, 'import')
            """, new { storefront.OrganizationId, storefront.Id, account, contact, email, name, state, now, before = now.AddDays(-1) }, t));
        return account;
    }

    /// <summary>Somebody of the organization's team, who has not signed in yet. Support is of the installation.</summary>
    /// <returns>Their address.</returns>
    internal async Task<string> StaffAsync(Guid organization, StaffRole role, string name = "Sam Staff")
    {
        var (account, now) = (Guid.CreateVersion7(), Clock.GetUtcNow());
        var email = $"{role}-{account:n}@team.example".ToLowerInvariant();
        await Database.WriteAsync(t => t.Connection!.ExecuteAsync("""
            insert into account (organization_id, id, storefront_id, email, full_name, state, created_at, proven_at) values (@Installation, @account, @realm, @email, @name, 'proven', @now, @now);
            insert into staff_member (organization_id, account_id, role, added_by, added_at, joined_at) values (@where, @account, @role, 'a test', @now, @now)
            """, new
        {
            ConsoleRealm.Installation, account, realm = ConsoleRealm.Key.StorefrontId, email, name, role = role.ToString(), now,
            where = role == StaffRole.Support ? ConsoleRealm.Installation : organization,
        }, t));
        return email;
    }

    /// <summary>The console, where staff sign in.</summary>
    internal Storefront Console => Services.GetRequiredService<StorefrontDirectory>().Console;

    /// <summary>Somebody of the organization's team at the console, signed in; Support has chosen the organization.</summary>
    internal async Task<Visit> StaffVisitAsync(Guid organization, StaffRole role, string name = "Sam Staff")
    {
        var visit = Visit(Console);
        await visit.SignInAsync(await StaffAsync(organization, role, name));
        if (role == StaffRole.Support) (await visit.PostAsync("/portal/organizations", ("organization", organization.ToString()))).Location.ShouldBe("/console");
        return visit;
    }

    /// <summary>A person with a browser of their own.</summary>
    internal Visit Visit(Storefront storefront) => new(this, storefront);

    /// <summary>Wakes the workers: after the clock was turned, what is due by it is due now.</summary>
    internal void Wake()
    {
        Services.GetRequiredService<SendLinksSignal>().Set();
        Services.GetRequiredService<SendPasswordMailsSignal>().Set();
        Services.GetRequiredService<WelcomeSignal>().Set();
        foreach (var lane in Enum.GetValues<Latchkey.Platform.Mail.MailLane>()) Services.GetRequiredService<Latchkey.Platform.Mail.Outbox>().LookAgain(lane);
    }

    /// <summary>The mails to an address, oldest first, as soon as there are so many and their sending is on record.</summary>
    internal async Task<IReadOnlyList<MailReader>> MailsAsync(string address, int count = 1)
    {
        for (var waited = System.Diagnostics.Stopwatch.StartNew(); waited.Elapsed < TimeSpan.FromSeconds(20); await Task.Delay(10))
        {
            var mails = sink.Mails.Where(m => m.WasAccepted && m.To.Contains($"<{address}>", StringComparison.Ordinal)).ToList();
            if (mails.Count >= count && await ScalarAsync<long>("select count(*) from mail where to_address = @address and state = 'sent'", new { address }) >= count)
                return [.. mails.Select(m => new MailReader(m.Bytes))];
        }
        throw new TimeoutException($"{sink.Mails.Count} of {count} mails to {address}. {await ScalarAsync<string?>("select min(state || ' ' || attempts || ' ' || coalesce(reply, '')) from mail where to_address = @address", new { address })}. The log ends: {string.Join('\n', Log.TakeLast(5))}");
    }

    /// <summary>Waits until every request was looked at and every mail was tried.</summary>
    internal async Task SettleAsync()
    {
        Wake();
        for (var waited = System.Diagnostics.Stopwatch.StartNew(); waited.Elapsed < TimeSpan.FromSeconds(20); await Task.Delay(10))
        {
            var now = Clock.GetUtcNow();
            if (await ScalarAsync<long>("select (select count(*) from sign_in_request where resolve_at is not null) + (select count(*) from password_request where resolve_at is not null) + (select count(*) from sign_up where welcome_at is not null) + (select count(*) from mail where state = 'queued' and reply is null)", new { now }) == 0) return;
        }
        throw new TimeoutException($"Requests or mails still wait. The log ends: {string.Join('\n', Log.TakeLast(5))}");
    }

    /// <summary>Another policy, in force when this returns.</summary>
    internal async Task ChangePolicyAsync(Storefront storefront, SignInPolicy policy)
    {
        (await Services.GetRequiredService<ChangePolicy>().RunAsync(storefront, policy, "test", CancellationToken.None)).Problems.ShouldBeEmpty();
        await UntilAsync(async () => (await Services.GetRequiredService<StorefrontDirectory>().BySlugAsync(storefront.Slug, CancellationToken.None))!.Policy == policy);
        await UntilAsync(async () => (await Services.GetRequiredService<StorefrontDirectory>().ByKeyAsync(storefront.Key, CancellationToken.None))!.Policy == policy);
    }

    /// <summary>Until something holds that needs no clock of the server's own.</summary>
    internal static async Task UntilAsync(Func<Task<bool>> holds)
    {
        for (var waited = System.Diagnostics.Stopwatch.StartNew(); waited.Elapsed < TimeSpan.FromSeconds(20); await Task.Delay(50))
            if (await holds()) return;
        throw new TimeoutException("What was waited for did not come.");
    }

    internal Task<T> ScalarAsync<T>(string sql, object? parameters = null) => Database.ReadAsync(async c => (await c.ExecuteScalarAsync<T>(sql, parameters))!);

    internal Task ExecuteAsync(string sql, object? parameters = null) => Database.WriteAsync(t => t.Connection!.ExecuteAsync(sql, parameters, t));
}
