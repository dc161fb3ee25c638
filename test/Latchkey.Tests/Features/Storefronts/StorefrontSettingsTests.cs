using System.Net;
using Latchkey.Platform.Staff;
using Latchkey.Platform.Tenancy;
using Latchkey.Tests.Rig;

namespace Latchkey.Tests.Features.Storefronts;

/// <summary>Owners set their storefront up.</summary>
public sealed class StorefrontSettingsTests(PortalWithNameServer portal) : IClassFixture<PortalWithNameServer>
{
    private const string Hostile = "<script>alert(1)</script> \" onload=\"x";

    [Fact]
    public async Task A_change_shows_on_the_portal_and_is_on_record()
    {
        var storefront = await portal.StorefrontAsync();
        using var owner = await portal.StaffVisitAsync(storefront.OrganizationId, StaffRole.Owner, "Olivia Owner");

        (await SaveAsync(owner, storefront, 1, ("name", "Riverside Storage"), ("hue", "20"), ("help-phone", "555 0100"))).Location.ShouldBe($"/console/storefronts/{storefront.Id}?saved");

        using var visitor = portal.Visit(storefront);
        var page = await visitor.GetAsync("/portal/sign-in");
        page.Text.ShouldContain("Riverside Storage");
        page.Text.ShouldContain("555 0100");
        page.Body.ShouldContain("brand-20.css");
        var changes = await portal.ScalarAsync<string>("select actor || ' ' || changes from activity where organization_id = @OrganizationId and event = 'storefront changed'", new { storefront.OrganizationId });
        changes.ShouldContain("Olivia Owner");
        changes.ShouldContain("""["Riverbend Storage","Riverside Storage"]""");
    }

    [Fact]
    public async Task What_the_senders_domain_lacks_is_told_about_a_mail_that_nobody_opened_once_a_name_server_said_so()
    {
        var storefront = await portal.StorefrontAsync();
        await portal.AccountAsync(storefront, "ann@lacking.example");
        await portal.ExecuteAsync("update storefront set sender_address = 'portal@lacking.example' where organization_id = @OrganizationId", new { storefront.OrganizationId });
        portal.Dns.Records["_dmarc.lacking.example"] = ["v=DMARC1; p=none"];
        using var ann = portal.Visit(storefront);
        await ann.AskAsync("ann@lacking.example");
        await portal.MailsAsync("ann@lacking.example");
        using var desk = await Why.Desk.OpenAsync(portal, storefront);
        await Portal.UntilAsync(async () => (await desk.AskAsync("ann@lacking.example")).Text.Contains("publishes no SPF record", StringComparison.Ordinal));
        (await desk.AskAsync("ann@lacking.example")).Text.ShouldNotContain("publishes no DMARC record");
    }

    [Fact]
    public async Task Of_two_people_one_is_asked_to_look_again_and_loses_nothing()
    {
        var storefront = await portal.StorefrontAsync();
        using var owner = await portal.StaffVisitAsync(storefront.OrganizationId, StaffRole.Owner);
        await SaveAsync(owner, storefront, 1, ("name", "First"));

        var second = await SaveAsync(owner, storefront, 1, ("name", "Second"));

        second.Status.ShouldBe(HttpStatusCode.Conflict);
        second.Page.QuerySelector("#name")!.GetAttribute("value").ShouldBe("Second");
        (await NameAsync(storefront)).ShouldBe("First");
    }

    [Theory]
    [InlineData("name", "")]
    [InlineData("hue", "400")]
    [InlineData("hue", "red")]
    [InlineData("locale", "xx")]
    [InlineData("vocabulary", "9")]
    [InlineData("sender-address", "portal@")]
    [InlineData("help-email", "a@b.example, c@d.example")]
    [InlineData("calling-code", "+1")]
    [InlineData("sender-name", "River\r\nBcc: x@y.example")]
    public async Task What_is_wrong_is_said_under_its_field_and_nothing_is_saved(string field, string value)
    {
        var storefront = await portal.StorefrontAsync();
        using var owner = await portal.StaffVisitAsync(storefront.OrganizationId, StaffRole.Owner);

        var refused = await SaveAsync(owner, storefront, 1, ("name", "Changed"), (field, value));

        refused.Status.ShouldBe(HttpStatusCode.BadRequest);
        refused.Page.QuerySelector($".notice a[href='#{field}']").ShouldNotBeNull();
        (await NameAsync(storefront)).ShouldBe("Riverbend Storage");
    }

    [Fact]
    public async Task A_hostile_name_is_only_a_name()
    {
        var storefront = await portal.StorefrontAsync();
        using var owner = await portal.StaffVisitAsync(storefront.OrganizationId, StaffRole.Owner);
        await portal.AccountAsync(storefront, "ann@hostile.example");

        await SaveAsync(owner, storefront, 1, ("name", Hostile), ("sender-name", Hostile));

        using var visitor = portal.Visit(storefront);
        foreach (var page in new[] { await visitor.GetAsync("/portal/sign-in"), await owner.GetAsync("/storefronts"), await owner.GetAsync($"/storefronts/{storefront.Id}") })
        {
            page.Text.ShouldContain("<script>alert(1)</script>");
            page.Page.QuerySelectorAll("script").ShouldAllBe(s => s.HasAttribute("src"));
            page.Page.QuerySelectorAll("[onload]").ShouldBeEmpty();
        }
        (await owner.GetAsync($"/storefronts/{storefront.Id}?handler=Preview&hue=20")).Body.ShouldNotContain("<script");
        await visitor.AskAsync("ann@hostile.example");
        (await portal.MailsAsync("ann@hostile.example"))[0].Html.ShouldNotContain("<script>");
    }

    [Fact]
    public async Task A_manager_sees_the_settings_and_changes_none()
    {
        var storefront = await portal.StorefrontAsync();
        using var manager = await portal.StaffVisitAsync(storefront.OrganizationId, StaffRole.Manager);

        (await manager.GetAsync($"/storefronts/{storefront.Id}")).Page.QuerySelector("button.primary").ShouldBeNull();
        (await SaveAsync(manager, storefront, 1, ("name", "Changed"))).Status.ShouldBe(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task The_senders_records_are_looked_up_on_request()
    {
        var storefront = await portal.StorefrontAsync();
        using var owner = await portal.StaffVisitAsync(storefront.OrganizationId, StaffRole.Owner);
        portal.Dns.Records["_dmarc.riverbend.example"] = ["v=DMARC1; p=reject"];

        var answer = await owner.PostAsync($"/storefronts/{storefront.Id}?handler=Check");

        answer.Page.QuerySelectorAll("#records ~ p .chip").Select(c => c.TextContent.Trim()).ShouldBe(["Not found yet", "Found"]);
        answer.Text.ShouldContain("_dmarc.riverbend.example");
    }

    private static Task<Answer> SaveAsync(Visit visit, Storefront storefront, int version, params (string Name, string Value)[] changed)
    {
        var form = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["version"] = $"{version}", ["name"] = storefront.Name, ["locale"] = "en", ["vocabulary"] = "Rental", ["hue"] = "200",
            ["sender-name"] = storefront.SenderName, ["sender-address"] = storefront.SenderAddress, ["help-email"] = "", ["help-phone"] = "", ["calling-code"] = "",
        };
        foreach (var (name, value) in changed) form[name] = value;
        return visit.PostAsync($"/storefronts/{storefront.Id}", [.. form.Select(f => (f.Key, f.Value))]);
    }

    private Task<string?> NameAsync(Storefront storefront) =>
        portal.ScalarAsync<string?>("select name from storefront where organization_id = @OrganizationId and id = @Id", new { storefront.OrganizationId, storefront.Id });
}
