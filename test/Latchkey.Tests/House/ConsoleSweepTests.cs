using System.Net;
using System.Text.RegularExpressions;
using Dapper;
using Latchkey.Platform.Data;
using Latchkey.Platform.Staff;
using Latchkey.Platform.Tenancy;
using Latchkey.Tests.Features.Contacts;
using Latchkey.Tests.Features.Approvals;
using Latchkey.Tests.Features.Payments;
using Latchkey.Tests.Features.SignUps;
using Latchkey.Tests.Rig;

namespace Latchkey.Tests.House;

/// <summary>Every console page, with every role, from another organization, and from another site (SECURITY cases 130, 119, 20).</summary>
public sealed partial class ConsoleSweepTests(Portal portal) : IClassFixture<Portal>
{
    [Fact]
    public async Task Every_handler_is_in_the_golden_list_with_what_it_needs() =>
        Golden.ShouldMatch((await ConsoleRules.OfTheAppAsync()).Select(r => r.ToString()), "console.txt");

    [Fact]
    public async Task Every_page_lets_in_exactly_the_roles_that_may()
    {
        var storefront = await portal.StorefrontAsync();
        var wrong = new List<string>();
        foreach (var role in Enum.GetValues<StaffRole>())
        {
            using var visit = await portal.StaffVisitAsync(storefront.OrganizationId, role);
            foreach (var handler in await ConsoleRules.OfTheAppAsync())
            {
                var answer = await CallAsync(visit, handler, Guid.CreateVersion7().ToString());
                bool refused = answer.Status == HttpStatusCode.Forbidden;
                if (refused == role.May(handler.Needs)) wrong.Add($"{role}: {handler} answered {answer.Status}");
                if ((int)answer.Status >= 500) wrong.Add($"{role}: {handler} failed with {answer.Status}");
            }
        }
        wrong.ShouldBeEmpty();
    }

    [Fact]
    public async Task Nobody_gets_in_who_is_not_signed_in()
    {
        using var visit = portal.Visit(portal.Console);
        foreach (var handler in await ConsoleRules.OfTheAppAsync())
            (await CallAsync(visit, handler, Guid.CreateVersion7().ToString())).Location.ShouldStartWith("/console/portal/sign-in", customMessage: handler.ToString());
    }

    [Fact]
    public async Task Another_organizations_rows_do_not_exist()
    {
        var (own, other) = (await portal.StorefrontAsync(), await FurnishedAsync());
        var before = await RowsAsync(other.OrganizationId);
        var ids = (await IdsAsync(other.OrganizationId)).Concat([own.OrganizationId, other.OrganizationId]).Distinct().Select(i => i.ToString()).ToList();
        var wrong = new List<string>();
        foreach (var role in new[] { StaffRole.Owner, StaffRole.Support })
        {
            using var visit = await portal.StaffVisitAsync(own.OrganizationId, role);
            foreach (var handler in (await ConsoleRules.OfTheAppAsync()).Where(h => role.May(h.Needs)))
                foreach (var id in handler.Parameters.Count > 0 || handler.Method == "POST" ? ids : [])
                {
                    var answer = await CallAsync(visit, handler, id);
                    if (handler.Parameters.Count > 0 && answer.Status is HttpStatusCode.OK) wrong.Add($"{role}: {handler} shows {id}");
                    if (answer.Body.Contains("Otherside", StringComparison.Ordinal)) wrong.Add($"{role}: {handler} tells of {id}");
                }
        }
        wrong.ShouldBeEmpty();
        // Line by line: the whole is too long for a message to show where it differs.
        string[] rows = before.Split('\n'), now = (await RowsAsync(other.OrganizationId)).Split('\n');
        now.Except(rows, StringComparer.Ordinal).Concat(rows.Except(now, StringComparer.Ordinal)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Another_site_can_post_nothing()
    {
        var storefront = await portal.StorefrontAsync();
        using var visit = await portal.StaffVisitAsync(storefront.OrganizationId, StaffRole.Owner);
        foreach (var handler in (await ConsoleRules.OfTheAppAsync()).Where(h => h.Method == "POST"))
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(portal.Url, handler.At(Guid.CreateVersion7().ToString()))) { Content = new FormUrlEncodedContent([]) };
            request.Headers.Add("Sec-Fetch-Site", "cross-site");
            (await visit.SendAsync(request)).Status.ShouldBe(HttpStatusCode.Forbidden, handler.ToString());
        }
    }

    /// <summary>Calls a handler with one id wherever it takes one.</summary>
    private static Task<Answer> CallAsync(Visit visit, ConsoleHandler handler, string id) => handler.Method == "GET"
        ? visit.OpenAsync(handler.At(id))
        : visit.SubmitAsync(handler.At(id), [.. Fields.Value.Select(f => (f, id))]);

    /// <summary>The names of all fields that console pages read, out of their sources.</summary>
    private static readonly Lazy<IReadOnlyList<string>> Fields = new(() =>
        [.. Directory.EnumerateFiles(Path.Combine(Repository.Root, "src/Latchkey/Features"), "*.cs", SearchOption.AllDirectories).Where(f => f.Contains("/Console/", StringComparison.Ordinal))
            .SelectMany(f => FormField().Matches(File.ReadAllText(f))).Select(m => m.Groups["name"].Value).Distinct(StringComparer.Ordinal)]);

    /// <summary>An organization with a row of each kind that a page could be about.</summary>
    private async Task<Storefront> FurnishedAsync()
    {
        var other = await portal.StorefrontAsync(name: "Otherside");
        var account = await portal.AccountAsync(other, "ann@otherside.example", "Otherside Ann");
        await portal.SubscriptionAsync(other, await portal.ContactOfAsync(account), await portal.FacilityAsync(other, "Otherside hall"), "Otherside blend");
        using var ann = portal.Visit(other);
        await ann.SignInAsync("ann@otherside.example");
        await portal.StaffAsync(other.OrganizationId, StaffRole.Staff, "Otherside Stella");
        await portal.ExecuteAsync("""
            insert into facility (organization_id, id, storefront_id, name, created_at) values (@OrganizationId, @facility, @Id, 'Otherside Mill', @now);
            insert into suppression (organization_id, channel, address, reason, created_at) values (@OrganizationId, 'email', 'otherside@blocked.example', 'Otherside reason', @now);
            insert into weather (organization_id, id, kind, domain, since, says, waiting, noticed_at) values (@OrganizationId, @weather, 'DomainSlow', 'otherside.example', @now, 'Otherside says', 1, @now);
            insert into weather_wait (organization_id, weather_id, account_id, storefront_id, asked_at) values (@OrganizationId, @weather, @account, @Id, @now)
            """, new { other.OrganizationId, other.Id, account, weather = Guid.CreateVersion7(), facility = Guid.CreateVersion7(), now = portal.Clock.GetUtcNow() });
        await portal.ExecuteAsync("""
            insert into import_job (organization_id, id, storefront_id, file_name, bytes, state, options, sample, counts, percent, made_by, created_at, attempts)
            values (@OrganizationId, @import, @Id, 'Otherside.csv', 1, 'Checked', '{}', @sample, '{}', 0, 'Otherside Max', @now, 0);
            insert into webhook_event (organization_id, id, provider, event_id, body, body_hash, state, attempts, received_at)
            values (@OrganizationId, @hook, 'resend', 'Otherside event', @sample, @sample, 'unmatched', 1, @now)
            """, new { other.OrganizationId, other.Id, import = Guid.CreateVersion7(), hook = Guid.CreateVersion7(), sample = new byte[1], now = portal.Clock.GetUtcNow() });
        var invoice = await portal.InvoiceAsync(other, await portal.ContactOfAsync(account));
        (await ann.PostAsync("/portal/billing?handler=Pay", ("invoice", invoice.Id.ToString()))).Status.ShouldBe(HttpStatusCode.Redirect);
        await portal.ExecuteAsync("""
            insert into webhook_event (organization_id, id, provider, event_id, kind, body_hash, body, state, attempts, received_at, reason)
            values (@OrganizationId, @id, 'stripe', 'evt_otherside', 'charge.updated', @hash, @hash, 'failed', 1, @now, 'Otherside reason')
            """, new { other.OrganizationId, id = Guid.CreateVersion7(), hash = new byte[32], now = portal.Clock.GetUtcNow() });
        await portal.ExecuteAsync("""
            insert into refund (organization_id, id, payment_id, invoice_id, amount, reason, state, actor, asked_by, attempts, created_at, due_at)
            values (@OrganizationId, @refund, @refund, @Id, 100, 'Otherside reason', 'asked', 'Otherside Max', @account, 0, @now, @due);
            insert into refund_limit (organization_id, amount, currency, set_by, set_at) values (@OrganizationId, 1, 'USD', 'Otherside Max', @now)
            """, new { other.OrganizationId, invoice.Id, refund = Guid.CreateVersion7(), account, now = portal.Clock.GetUtcNow(), due = portal.Clock.GetUtcNow().AddYears(1) });
        var offered = await portal.OfferAsync(other);
        await portal.ExecuteAsync("update unit_type set name = 'Otherside box' where organization_id = @OrganizationId; update unit set number = 'Otherside ' || number where organization_id = @OrganizationId", new { other.OrganizationId });
        using (var visitor = portal.Visit(other)) await visitor.ChooseAsync(offered.Type);
        using var manager = await portal.StaffVisitAsync(other.OrganizationId, StaffRole.Manager, "Otherside Max");
        (await Desk.SendAsync(manager, "Reset", account, reason: "Otherside reason")).Status.ShouldBe(HttpStatusCode.Redirect);
        // What follows in the background is done before anybody looks.
        await portal.SettleMoneyAsync();
        await portal.SettleAsync();
        return other;
    }

    private static readonly string[] Tables = [.. Migrator.All.SelectMany(m => TenantTable().Matches(m.Sql)).Select(m => m.Groups["table"].Value)];

    private async Task<IReadOnlyList<Guid>> IdsAsync(Guid organizationId)
    {
        var ids = new List<Guid>();
        foreach (var table in Tables)
            foreach (var row in await portal.Database.ReadAsync(c => c.QueryAsync($"select * from {table} where organization_id = @organizationId limit 2", new { organizationId })))
                foreach (var (column, value) in (IDictionary<string, object>)row)
                    if (column.EndsWith("id", StringComparison.Ordinal) && value is not null && Guid.TryParse(value.ToString(), out var id)) ids.Add(id);
        return ids;
    }

    private async Task<string> RowsAsync(Guid organizationId)
    {
        var rows = new List<string>();
        foreach (var table in Tables)
            rows.AddRange((await portal.Database.ReadAsync(c => c.QueryAsync($"select * from {table} where organization_id = @organizationId", new { organizationId })))
                .Select(r => $"{table}: {string.Join('|', ((IDictionary<string, object>)r).Values.Select(v => v is byte[] b ? Convert.ToHexString(b) : v?.ToString()))}").Order(StringComparer.Ordinal));
        return string.Join('\n', rows);
    }

    [GeneratedRegex("(?:form|fields)\\[\"(?<name>[a-zA-Z-]+)\"\\]", RegexOptions.ExplicitCapture, 10_000)]
    private static partial Regex FormField();

    [GeneratedRegex("create table (?<table>\\w+) \\(\\s*organization_id", RegexOptions.ExplicitCapture, 10_000)]
    private static partial Regex TenantTable();
}
