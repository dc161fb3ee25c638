using Latchkey.Platform.Mail;
using Latchkey.Platform.Staff;
using Latchkey.Platform.Tenancy;
using Latchkey.Tests.Rig;

namespace Latchkey.Tests.Features.Emails;

/// <summary>A business with two facilities, and one of its team at the console.</summary>
internal sealed class Office(Portal portal, Storefront storefront, Visit staff) : IDisposable
{
    public Storefront Storefront => storefront;
    public Visit Staff => staff;
    public Guid Riverside { get; } = Guid.CreateVersion7();
    public Guid Mill { get; } = Guid.CreateVersion7();

    public static async Task<Office> OpenAsync(Portal portal, string name = "Riverbend Storage", Latchkey.SignIn.SignInPolicy? policy = null)
    {
        var storefront = await portal.StorefrontAsync(policy, name: name);
        var office = new Office(portal, storefront, await portal.StaffVisitAsync(storefront.OrganizationId, StaffRole.Manager, "Max Manager"));
        await portal.ExecuteAsync("""
            insert into facility (organization_id, id, storefront_id, name, created_at) values (@OrganizationId, @Riverside, @Id, 'Riverside', @now), (@OrganizationId, @Mill, @Id, 'Old Mill', @now)
            """, new { storefront.OrganizationId, storefront.Id, office.Riverside, office.Mill, now = portal.Clock.GetUtcNow() });
        return office;
    }

    /// <summary>A customer of Riverside.</summary>
    public async Task<Guid> CustomerAsync(string email, string name = "Ann Archer")
    {
        var account = await portal.AccountAsync(storefront, email, name);
        await portal.ExecuteAsync("update contact set facility_id = @Riverside where organization_id = @OrganizationId and email = @email", new { Riverside, storefront.OrganizationId, email });
        return account;
    }

    /// <summary>The customer asks for a link, and it has left or failed when this returns.</summary>
    public async Task AskAsync(string email)
    {
        using var customer = portal.Visit(storefront);
        await customer.AskAsync(email);
        await Portal.UntilAsync(async () => await portal.ScalarAsync<long>(
            "select count(*) from mail where organization_id = @OrganizationId and to_address = @email and state <> 'queued'", new { storefront.OrganizationId, email }) > 0);
    }

    /// <summary>Mails of long ago, as many as asked for, one a second; the newest is the last.</summary>
    public Task WriteAsync(int count, Func<int, string> address, string state = "sent", string channel = MailChannel.Email, string kind = "sign_in_link", string subject = "Sign in", int daysAgo = 2) => portal.Database.WriteAsync(async t =>
    {
        var start = portal.Clock.GetUtcNow().AddDays(-daysAgo);
        for (int i = 0; i < count; i++)
        {
            var at = start.AddSeconds(i);
            await Dapper.SqlMapper.ExecuteAsync(t.Connection!, """
                insert into mail (organization_id, id, storefront_id, facility_id, lane, channel, kind, to_address, locale, state, attempts, give_up_at, created_at, sent_at, subject, text_body, html_body)
                values (@OrganizationId, @id, @Id, @Riverside, 0, @channel, @kind, @to, 'en', @state, 1, @at, @at, @at, @subject, 'Text', '<p>Text</p>')
                """, new { storefront.OrganizationId, id = Guid.CreateVersion7(at), storefront.Id, Riverside, channel, kind, to = address(i), state, at, subject }, t);
        }
        return true;
    });

    public Task<Answer> ListAsync(string query = "", Guid? facility = null) => staff.GetAsync($"/facilities/{facility ?? Riverside}/emails{query}");

    /// <summary>The addresses in the rows of a list.</summary>
    public static IReadOnlyList<string> Addresses(Answer page) => [.. page.Page.QuerySelectorAll("table.list tbody th a").Select(a => a.TextContent.Trim())];

    /// <summary>The newest mail to an address.</summary>
    public Task<Guid> NewestAsync(string email) => portal.ScalarAsync<Guid>(
        "select id from mail where organization_id = @OrganizationId and to_address = @email order by id desc limit 1", new { storefront.OrganizationId, email });

    public Task<long> ActivitiesAsync(string happened) => portal.ScalarAsync<long>(
        "select count(*) from activity where organization_id = @OrganizationId and event = @happened and actor = 'Max Manager'", new { storefront.OrganizationId, happened });

    public void Dispose() => staff.Dispose();
}
