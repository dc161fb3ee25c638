using System.Net;
using Latchkey.Platform.Mail;
using Latchkey.Platform.Staff;
using Latchkey.Tests.Features.Emails;
using Latchkey.Tests.Rig;

namespace Latchkey.Tests.Features.SuppressedAddresses;

/// <summary>Facility → Emails → Blocked addresses.</summary>
public sealed class BlockedAddressesTests(Portal portal) : IClassFixture<Portal>
{
    [Fact]
    public async Task A_blocked_address_says_why_and_gets_mail_again_when_it_is_reactivated()
    {
        using var office = await Office.OpenAsync(portal);
        await office.CustomerAsync("ann@blocked.example");
        await office.AskAsync("ann@blocked.example");
        await BlockAsync(office, "ann@blocked.example");
        var mail = await office.NewestAsync("ann@blocked.example");
        (await office.Staff.PostAsync($"/emails/{mail}?handler=Resend")).Text.ShouldContain("Nothing is sent to this address.");

        var list = await office.Staff.GetAsync("/suppressions?q=ANN@block");
        list.Page.QuerySelectorAll("table.list tbody tr").Length.ShouldBe(1);
        list.Text.ShouldContain("There is no such mailbox.");
        var form = list.Page.QuerySelector("table.list form")!;
        var lifted = await office.Staff.SubmitAsync(form.GetAttribute("action")!, [.. form.QuerySelectorAll("input").Select(i => (i.GetAttribute("name")!, i.GetAttribute("value")!))]);

        lifted.Location.ShouldBe("/console/suppressions?q=ANN%40block&done=lifted");
        (await office.Staff.OpenAsync(lifted.Location!)).Text.ShouldContain("Mail goes to that address again.");
        (await office.Staff.PostAsync($"/emails/{mail}?handler=Resend")).Status.ShouldBe(HttpStatusCode.Redirect);
        (await portal.ScalarAsync<long>("select count(*) from activity where organization_id = @OrganizationId and event = 'lifted a suppression'", new { office.Storefront.OrganizationId })).ShouldBe(1);
    }

    [Fact]
    public async Task Nobody_reactivates_who_only_looks_and_no_address_of_another_organization()
    {
        using var office = await Office.OpenAsync(portal);
        await BlockAsync(office, "ann@theirs.example");
        using var other = await Office.OpenAsync(portal);
        using var looks = await portal.StaffVisitAsync(office.Storefront.OrganizationId, StaffRole.Staff);

        (await looks.GetAsync("/suppressions")).Page.QuerySelector("table.list form").ShouldBeNull();
        (await looks.PostAsync("/suppressions?handler=Reactivate", ("channel", "email"), ("address", "ann@theirs.example"))).Status.ShouldBe(HttpStatusCode.Forbidden);
        (await other.Staff.PostAsync("/suppressions?handler=Reactivate", ("channel", "email"), ("address", "ann@theirs.example"))).Status.ShouldBe(HttpStatusCode.NotFound);
        (await other.Staff.GetAsync("/suppressions")).Text.ShouldContain("No address is blocked.");
        (await looks.GetAsync("/suppressions")).Text.ShouldContain("ann@theirs.example");
    }

    [Fact]
    public async Task Pages_follow_each_other_without_a_gap()
    {
        using var office = await Office.OpenAsync(portal);
        for (int i = 0; i < 60; i++) await BlockAsync(office, $"a{i:00}@blocks.example");
        await BlockAsync(office, "+15550147", MailChannel.Sms);
        var first = await office.Staff.GetAsync("/suppressions");
        var second = await office.Staff.OpenAsync(first.Page.QuerySelector(".pager a[rel=next]")!.GetAttribute("href")!);

        Office.Addresses(first).Concat(Office.Addresses(second)).Distinct().Count().ShouldBe(61);
        Office.Addresses(second).Count.ShouldBe(11);
    }

    private Task BlockAsync(Office office, string address, string channel = MailChannel.Email) => portal.ExecuteAsync(
        "insert into suppression (organization_id, channel, address, reason, created_at) values (@OrganizationId, @channel, @address, 'There is no such mailbox.', @now)",
        new { office.Storefront.OrganizationId, channel, address, now = portal.Clock.GetUtcNow() });
}
