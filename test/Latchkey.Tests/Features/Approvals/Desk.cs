using Latchkey.Platform.Staff;
using Latchkey.Platform.Tenancy;
using Latchkey.Tests.Rig;

namespace Latchkey.Tests.Features.Approvals;

/// <summary>A support desk: somebody of the business who asks, and two of Support who decide.</summary>
internal sealed class Desk : IDisposable
{
    private readonly Portal portal;

    private Desk(Portal portal, Storefront storefront, Visit manager, Visit support) => (this.portal, Storefront, Manager, Support) = (portal, storefront, manager, support);

    public Storefront Storefront { get; }
    public Visit Manager { get; }
    public Visit Support { get; }

    public static async Task<Desk> OpenAsync(Portal portal, Storefront? at = null)
    {
        var storefront = at ?? await portal.StorefrontAsync();
        return new(portal, storefront, await portal.StaffVisitAsync(storefront.OrganizationId, StaffRole.Manager, "Max Manager"),
            await portal.StaffVisitAsync(storefront.OrganizationId, StaffRole.Support, "Sue Support"));
    }

    public Task<Visit> SupportAsync(string name = "Sid Support") => portal.StaffVisitAsync(Storefront.OrganizationId, StaffRole.Support, name);

    public static Task<Answer> SendAsync(Visit who, string kind, Guid account, Guid with = default, string reason = "They called from the number on file.") =>
        who.PostAsync("/approvals/new", ("kind", kind), ("account", account.ToString()), ("with", with.ToString()), ("reason", reason));

    /// <returns>The approval's path below the console.</returns>
    public async Task<string> RequestAsync(string kind, Guid account, Guid with = default, Visit? by = null)
    {
        var sent = await SendAsync(by ?? Manager, kind, account, with);
        sent.Location.ShouldNotBeNull(sent.Text).ShouldEndWith("?done=requested");
        return sent.Location!["/console".Length..^"?done=requested".Length];
    }

    public Task<Answer> ApproveAsync(string approval, Visit? by = null) => (by ?? Support).PostAsync($"{approval}?handler=Approve", ("note", ""));

    public async Task DoAsync(string kind, Guid account, Guid with = default)
    {
        var approved = await ApproveAsync(await RequestAsync(kind, account, with));
        approved.Location.ShouldNotBeNull(approved.Text).ShouldEndWith("?done=Done");
    }

    public Task<string> StateAsync(Guid account) =>
        portal.ScalarAsync<string>("select state from account where organization_id = @OrganizationId and id = @account", new { Storefront.OrganizationId, account });

    public Task<string> EmailAsync(Guid account) =>
        portal.ScalarAsync<string>("select email from account where organization_id = @OrganizationId and id = @account", new { Storefront.OrganizationId, account });

    public Task<Guid> ContactAsync(Guid account) =>
        portal.ScalarAsync<Guid>("select contact_id from account_contact where organization_id = @OrganizationId and account_id = @account", new { Storefront.OrganizationId, account });

    public Task<long> LinksAsync(Guid account) =>
        portal.ScalarAsync<long>("select count(*) from account_contact where organization_id = @OrganizationId and account_id = @account", new { Storefront.OrganizationId, account });

    public Task<long> EventsAsync(string happened) => portal.ScalarAsync<long>(
        "select count(*) from activity where organization_id = @OrganizationId and type = 'SUPPORT' and event = @happened", new { Storefront.OrganizationId, happened });

    public void Dispose()
    {
        Manager.Dispose();
        Support.Dispose();
    }
}
