using System.Net;
using Latchkey.Features.Storefronts;
using Latchkey.Platform.Staff;
using Latchkey.Platform.Tenancy;
using Latchkey.Tests.Rig;

namespace Latchkey.Tests.Features.Storefronts;

/// <summary>A name of the business's own (SECURITY case 128).</summary>
public sealed class HostNameTests(PortalWithNameServer portal) : IClassFixture<PortalWithNameServer>
{
    [Fact]
    public async Task It_leads_here_when_its_DNS_says_so_for_this_storefront()
    {
        var storefront = await portal.StorefrontAsync();
        var host = $"portal-{storefront.Slug}.example.com";
        using var owner = await portal.StaffVisitAsync(storefront.OrganizationId, StaffRole.Owner);

        var added = await PostAsync(owner, storefront, "Add", $" {host.ToUpperInvariant()}. ");

        added.Text.ShouldContain("Waiting for the record");
        added.Text.ShouldContain(StorefrontHosts.Proof(storefront, host).Value);
        (await IsOursAsync(owner, host)).ShouldBeFalse();
        (await PostAsync(owner, storefront, "Check", host)).Text.ShouldContain("The record is not there yet.");
        portal.Dns.Records[$"_latchkey.{host}"] = ["something else", StorefrontHosts.Proof(storefront, host).Value];
        (await PostAsync(owner, storefront, "Check", host)).Text.ShouldContain($"{host} leads here now.");
        (await IsOursAsync(owner, host)).ShouldBeTrue();
        using var byHost = new HttpRequestMessage(HttpMethod.Get, new Uri(portal.Url, "/portal/sign-in"));
        byHost.Headers.Host = host;
        (await owner.SendAsync(byHost)).Heading.ShouldBe("Customer portal");
        (await owner.GetAsync("/storefronts")).Text.ShouldContain($"https://{host}");
    }

    [Fact]
    public async Task Another_organization_can_neither_take_it_nor_keep_its_owner_from_it()
    {
        var (squatter, rightful) = (await portal.StorefrontAsync(), await portal.StorefrontAsync());
        var host = $"members-{rightful.Slug}.example.com";
        using var first = await portal.StaffVisitAsync(squatter.OrganizationId, StaffRole.Owner);
        using var owner = await portal.StaffVisitAsync(rightful.OrganizationId, StaffRole.Owner);
        await PostAsync(first, squatter, "Add", host);
        await PostAsync(owner, rightful, "Add", host);
        portal.Dns.Records[$"_latchkey.{host}"] = [StorefrontHosts.Proof(rightful, host).Value];

        (await PostAsync(first, squatter, "Check", host)).Text.ShouldContain("The record is not there yet.");
        (await PostAsync(owner, rightful, "Check", host)).Status.ShouldBe(HttpStatusCode.OK);
        portal.Dns.Records[$"_latchkey.{host}"] = [StorefrontHosts.Proof(squatter, host).Value];
        (await PostAsync(first, squatter, "Check", host)).Text.ShouldContain("has proved that");
        (await PostAsync(first, rightful, "Remove", host)).Status.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task A_name_server_that_is_silent_is_said_to_be()
    {
        using var dns = new NameServer { IsSilent = true };
        var txt = new Latchkey.Platform.Web.DnsTxt(new() { ConnectionString = "", DataDirectory = "", DnsServer = IPEndPoint.Parse(dns.Address) });

        (await txt.FindAsync("_latchkey.portal.example.com", TestContext.Current.CancellationToken)).ShouldBeNull();
    }

    [Theory]
    [InlineData("")]
    [InlineData("localhost")]
    [InlineData("10.0.0.1")]
    [InlineData("portal.example.com:443")]
    [InlineData("https://portal.example.com")]
    [InlineData("portal..example.com")]
    [InlineData("-portal.example.com")]
    public async Task What_is_no_host_name_is_refused(string typed)
    {
        var storefront = await portal.StorefrontAsync();
        using var owner = await portal.StaffVisitAsync(storefront.OrganizationId, StaffRole.Owner);

        (await PostAsync(owner, storefront, "Add", typed)).Status.ShouldBe(HttpStatusCode.BadRequest);
        (await portal.ScalarAsync<long>("select count(*) from storefront_host where organization_id = @OrganizationId", new { storefront.OrganizationId })).ShouldBe(0);
    }

    private static Task<Answer> PostAsync(Visit visit, Storefront storefront, string handler, string host) =>
        visit.PostAsync($"/storefronts/{storefront.Id}/hosts?handler={handler}", ("host", host));

    private static async Task<bool> IsOursAsync(Visit visit, string host) => (await visit.OpenAsync($"/health/host?domain={host}")).Status == HttpStatusCode.OK;
}
