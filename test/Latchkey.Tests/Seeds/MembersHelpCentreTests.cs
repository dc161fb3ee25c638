using System.Net;
using Latchkey.Features.SignIn.Staff;
using Latchkey.SignIn;
using Latchkey.Tests.Rig;

namespace Latchkey.Tests.Seeds;

/// <summary>Seed 003: a wine club with magic links.</summary>
public sealed class MembersHelpCentreTests(Portal portal) : IClassFixture<Portal>
{
    private Task<Business> OpenAsync() => Business.OpenAsync(portal, "membership");

    [Fact]
    public async Task A_link_works_once_and_for_15_minutes()
    {
        var club = await OpenAsync();
        await club.CustomerAsync("mia@quarter.example");
        using var mia = club.Visit();
        await mia.AskAsync("mia@quarter.example");
        string late = await mia.TokenAsync("mia@quarter.example");
        club.Pass(TimeSpan.FromMinutes(15));
        (await mia.GetAsync($"/portal/link/{late}")).Heading.ShouldBe("Link expired");

        await mia.AskAsync("mia@quarter.example");
        string intime = await mia.TokenAsync("mia@quarter.example", mails: 2);
        club.Pass(TimeSpan.FromMinutes(14));
        (await mia.RedeemAsync(intime)).Status.ShouldBe(HttpStatusCode.Redirect);
        using var other = club.Visit();
        (await other.RedeemAsync(intime)).Heading.ShouldBe("Link already used");
    }

    [Fact]
    public async Task Different_capitals_and_spaces_are_the_same_address()
    {
        var club = await OpenAsync();
        await club.CustomerAsync("mia@case.example");
        using var mia = club.Visit();
        (await mia.AskAsync("  MIA@Case.Example ")).Status.ShouldBe(HttpStatusCode.Redirect);
        (await mia.RedeemAsync(await mia.TokenAsync("mia@case.example"))).Status.ShouldBe(HttpStatusCode.Redirect);
    }

    [Fact]
    public async Task Send_sign_in_link_from_the_contact_helps_who_cannot_find_the_mail()
    {
        var club = await OpenAsync();
        var contact = await club.ContactAsync("mia@resend.example");
        (await club.SendLinkAsync(contact)).ShouldBe(PortalLinkOutcome.Sent);
        using var mia = club.Visit();
        (await mia.RedeemAsync(await mia.TokenAsync("mia@resend.example"))).Status.ShouldBe(HttpStatusCode.Redirect);
    }

    [Fact]
    public async Task On_another_device_the_link_asks_for_a_confirmation_and_says_who_signs_in()
    {
        var club = await OpenAsync();
        await club.CustomerAsync("mia@device.example");
        using var desk = club.Visit();
        await desk.AskAsync("mia@device.example");
        using var phone = club.Visit();
        var page = await phone.GetAsync($"/portal/link/{await desk.TokenAsync("mia@device.example")}");
        page.Text.ShouldContain("You are about to sign in as m•••@d•••.example.");
        page.Page.QuerySelector("form[data-submit-itself=yes]").ShouldBeNull();
        (await phone.PressAsync(page)).Heading.ShouldBe("Hi, Ann");
    }

    [Fact]
    public async Task A_link_bound_to_the_network_does_not_open_elsewhere_and_says_what_to_do()
    {
        var club = await OpenAsync();
        await portal.ChangePolicyAsync(club.Storefront, club.Storefront.Policy with { BindIp = true });
        await club.CustomerAsync("mia@bound.example");
        using var mia = club.Visit();
        await mia.AskAsync("mia@bound.example");
        string token = await mia.TokenAsync("mia@bound.example");
        await portal.ExecuteAsync("update sign_in_request set ip = '203.0.113.5' where organization_id = @OrganizationId", new { club.Storefront.OrganizationId });
        var page = await mia.GetAsync($"/portal/link/{token}");
        page.Heading.ShouldBe("You are on another network");
        club.Pass(TimeSpan.FromMinutes(1));
        (await mia.PressAsync(page)).Heading.ShouldBe("Check your mail");
        (await mia.RedeemAsync(await mia.TokenAsync("mia@bound.example", mails: 2))).Status.ShouldBe(HttpStatusCode.Redirect);
    }

    [Fact]
    public async Task A_session_slides_for_30_days_and_each_device_has_its_own()
    {
        var club = await OpenAsync();
        await club.CustomerAsync("mia@slides.example");
        using var desk = club.Visit();
        using var phone = club.Visit();
        await desk.SignInAsync("mia@slides.example");
        await phone.SignInAsync("mia@slides.example", mails: 2);
        for (int visit = 0; visit < 3; visit++)
        {
            club.Pass(TimeSpan.FromDays(20));
            (await desk.GetAsync("/portal")).Status.ShouldBe(HttpStatusCode.OK);
        }
        (await phone.GetAsync("/portal")).Status.ShouldBe(HttpStatusCode.Redirect);
    }

    [Fact]
    public async Task Revoke_sessions_ends_every_device_at_once_and_a_new_link_signs_in_again()
    {
        var club = await OpenAsync();
        var account = await club.CustomerAsync("mia@revoke.example");
        using var desk = club.Visit();
        using var phone = club.Visit();
        await desk.SignInAsync("mia@revoke.example");
        await phone.SignInAsync("mia@revoke.example", mails: 2);
        await club.RevokeSessionsAsync(account);
        (await desk.GetAsync("/portal")).Status.ShouldBe(HttpStatusCode.Redirect);
        (await phone.GetAsync("/portal")).Status.ShouldBe(HttpStatusCode.Redirect);
        (await phone.SignInAsync("mia@revoke.example", mails: 3)).Status.ShouldBe(HttpStatusCode.OK);
    }
}
