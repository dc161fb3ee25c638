using System.Net;
using Latchkey.Features.SignIn.Staff;
using Latchkey.Platform.Tenancy;
using Latchkey.SignIn;
using Latchkey.Tests.Rig;
using Microsoft.Extensions.DependencyInjection;

namespace Latchkey.Tests.Features.SignIn.Staff;

/// <summary>What the business does for a customer who cannot get in.</summary>
public sealed class LinksByStaffTests(Portal portal) : IClassFixture<Portal>
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;
    private SendPortalLink Send => portal.Services.GetRequiredService<SendPortalLink>();

    [Fact]
    public async Task Resend_the_portal_link_makes_the_account_on_the_fly_and_the_customer_sees_their_things()
    {
        var storefront = await portal.StorefrontAsync();
        var dora = await ContactAsync(storefront, "dora@fly.example");

        (await Send.RunAsync(storefront, dora, "owner@fly.example", Cancel)).Outcome.ShouldBe(PortalLinkOutcome.Sent);

        (await portal.ScalarAsync<string>("select state from account where email = 'dora@fly.example'")).ShouldBe("unproven");
        using var visit = portal.Visit(storefront);
        var mail = (await portal.MailsAsync("dora@fly.example"))[0];
        mail.Text.ShouldContain("Riverbend Storage sent it on");
        (await visit.RedeemAsync(await visit.TokenAsync("dora@fly.example"))).ShouldLeadInto($"{visit.Base}/portal");
        (await visit.GetAsync("/portal")).Heading.ShouldBe("Hi, Dora");
        (await portal.ScalarAsync<long>("select count(*) from activity where organization_id = @OrganizationId and type = 'STAFF' and actor = 'owner@fly.example'",
            new { storefront.OrganizationId })).ShouldBe(1);
    }

    [Fact]
    public async Task The_first_proof_links_the_other_contacts_of_the_address_and_later_ones_are_not_linked()
    {
        var storefront = await portal.StorefrontAsync();
        var first = await ContactAsync(storefront, "eve@two.example");
        await ContactAsync(storefront, "eve@two.example");
        var elsewhere = await portal.StorefrontAsync(organization: storefront.OrganizationId);
        await ContactAsync(elsewhere, "eve@two.example");
        await Send.RunAsync(storefront, first, "owner", Cancel);
        (await LinksAsync(storefront)).ShouldBe(1);

        using var visit = portal.Visit(storefront);
        await visit.RedeemAsync(await visit.TokenAsync("eve@two.example"));
        (await LinksAsync(storefront)).ShouldBe(2);

        portal.Clock.Advance(TimeSpan.FromMinutes(1));
        await ContactAsync(storefront, "eve@two.example");
        await visit.SignInAsync("eve@two.example", mails: 2);
        (await LinksAsync(storefront)).ShouldBe(2);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("dora at example")]
    [InlineData("dora@localhost")]
    public async Task A_contact_that_mail_cannot_reach_is_refused_and_nothing_is_made(string? email)
    {
        var storefront = await portal.StorefrontAsync();
        (await Send.RunAsync(storefront, await ContactAsync(storefront, email), "owner", Cancel)).Outcome.ShouldBe(PortalLinkOutcome.NoAddress);
        (await portal.ScalarAsync<long>("select count(*) from account where organization_id = @OrganizationId", new { storefront.OrganizationId })).ShouldBe(0);
    }

    [Fact]
    public async Task Staff_are_limited_as_the_customer_is()
    {
        var storefront = await portal.StorefrontAsync();
        var contact = await ContactAsync(storefront, "flood@fly.example");
        var outcomes = new List<PortalLinkOutcome>();
        for (int i = 0; i < 100; i++) outcomes.Add((await Send.RunAsync(storefront, contact, "owner", Cancel)).Outcome);
        outcomes.Count(o => o == PortalLinkOutcome.Sent).ShouldBe(5);
        outcomes.Count(o => o == PortalLinkOutcome.Limited).ShouldBe(95);
    }

    [Fact]
    public async Task Another_storefronts_contact_is_no_contact_here()
    {
        var storefront = await portal.StorefrontAsync();
        var other = await portal.StorefrontAsync();
        (await Send.RunAsync(other, await ContactAsync(storefront, "gil@fly.example"), "owner", Cancel)).Outcome.ShouldBe(PortalLinkOutcome.NoContact);
    }

    [Fact]
    public async Task A_copied_link_opens_a_session_that_says_so_and_the_customer_is_told()
    {
        var storefront = await portal.StorefrontAsync(SignInPolicy.Subscription);
        var account = await portal.AccountAsync(storefront, "hal@copy.example");

        var (answer, link) = await portal.Services.GetRequiredService<CopyMagicLink>().RunAsync(storefront, account, "owner@copy.example", "Phone call", Cancel);

        answer.Outcome.ShouldBe(StaffLinkOutcome.Made);
        (await portal.MailsAsync("hal@copy.example"))[0].Text.ShouldContain("made a link that signs in to your account");
        using var visit = portal.Visit(storefront);
        var page = await visit.GetAsync(link!);
        page.Page.QuerySelector("form[data-submit-itself=yes]").ShouldBeNull();
        (await visit.RedeemAsync(Rig.Visit.TokenIn(link!))).ShouldLeadInto($"{visit.Base}/portal");
        (await portal.ScalarAsync<string>("select means from session where account_id = @account", new { account })).ShouldBe("staff link");
        (await portal.ScalarAsync<long>("select count(*) from activity where account_id = @account and event = 'signed in by staff link'", new { account })).ShouldBe(1);
        string.Concat(portal.Log).ShouldNotContain(Rig.Visit.TokenIn(link!));
    }

    private Task<long> LinksAsync(Storefront storefront) =>
        portal.ScalarAsync<long>("select count(*) from account_contact where organization_id = @OrganizationId", new { storefront.OrganizationId });

    private async Task<Guid> ContactAsync(Storefront storefront, string? email)
    {
        var (contact, now) = (Guid.CreateVersion7(), portal.Clock.GetUtcNow());
        await portal.ExecuteAsync(
            "insert into contact (organization_id, id, storefront_id, full_name, email, created_at, updated_at) values (@OrganizationId, @contact, @Id, 'Dora Dean', @email, @now, @now)",
            new { storefront.OrganizationId, storefront.Id, contact, email, now });
        return contact;
    }
}
