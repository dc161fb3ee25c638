using System.Net;
using Latchkey.Features.SignIn.Staff;
using Latchkey.Tests.Features.SignUps;
using Latchkey.Tests.Rig;

namespace Latchkey.Tests.Seeds;

/// <summary>Seeds 000 and 001: self-storage. What had to be looked up in an article works by itself here.</summary>
public sealed class StorageHelpCentreTests(Portal portal) : IClassFixture<Portal>
{
    private Task<Business> OpenAsync() => Business.OpenAsync(portal, "storage");

    [Fact]
    public async Task The_customer_never_received_a_link()
    {
        var business = await OpenAsync();
        var dora = await business.ContactAsync("dora@never.example");
        using var visit = business.Visit();
        (await visit.AskAsync("dora@never.example")).Status.ShouldBe(HttpStatusCode.Redirect);
        await business.SettleAsync();
        (await business.MailsAsync("dora@never.example")).ShouldBe(0);

        (await business.SendLinkAsync(dora)).ShouldBe(PortalLinkOutcome.Sent);
        (await visit.RedeemAsync(await visit.TokenAsync("dora@never.example"))).Status.ShouldBe(HttpStatusCode.Redirect);
        (await visit.GetAsync("/portal")).Heading.ShouldBe("Hi, Ann");
    }

    [Fact]
    public async Task The_address_on_the_record_is_not_correct()
    {
        var business = await OpenAsync();
        var dora = await business.ContactAsync("dora-at-example");
        (await business.SendLinkAsync(dora)).ShouldBe(PortalLinkOutcome.NoAddress);
    }

    [Fact]
    public async Task The_customer_received_the_link_but_clicks_too_late()
    {
        var business = await OpenAsync();
        await business.CustomerAsync("ann@late.example");
        using var ann = business.Visit();
        await ann.AskAsync("ann@late.example");
        string token = await ann.TokenAsync("ann@late.example");
        business.Pass(TimeSpan.FromMinutes(60));

        var page = await ann.GetAsync($"/portal/link/{token}");
        page.Heading.ShouldBe("Link expired");
        page.Text.ShouldContain("A link works for 60 minutes");
        (await ann.PressAsync(page)).Heading.ShouldBe("Check your mail");
        (await ann.RedeemAsync(await ann.TokenAsync("ann@late.example", mails: 2))).Status.ShouldBe(HttpStatusCode.Redirect);
    }

    [Fact]
    public async Task The_customer_clicks_a_minute_before_the_hour_is_over()
    {
        var business = await OpenAsync();
        await business.CustomerAsync("ann@intime.example");
        using var ann = business.Visit();
        await ann.AskAsync("ann@intime.example");
        string token = await ann.TokenAsync("ann@intime.example");
        business.Pass(TimeSpan.FromMinutes(59));
        (await ann.RedeemAsync(token)).Status.ShouldBe(HttpStatusCode.Redirect);
    }

    [Fact]
    public async Task The_customer_clicks_an_old_already_used_link()
    {
        var business = await OpenAsync();
        await business.CustomerAsync("ann@used.example");
        using var ann = business.Visit();
        await ann.SignInAsync("ann@used.example");
        string token = await ann.TokenAsync("ann@used.example");

        using var phone = business.Visit();
        var page = await phone.GetAsync($"/portal/link/{token}");
        page.Heading.ShouldBe("Link already used");
        business.Pass(TimeSpan.FromMinutes(1));
        (await phone.PressAsync(page)).Heading.ShouldBe("Check your mail");
        (await phone.RedeemAsync(await phone.TokenAsync("ann@used.example", mails: 2))).Status.ShouldBe(HttpStatusCode.Redirect);
    }

    [Fact]
    public async Task An_older_mail_still_works_when_a_newer_one_came()
    {
        var business = await OpenAsync();
        await business.CustomerAsync("ann@older.example");
        using var ann = business.Visit();
        await ann.AskAsync("ann@older.example");
        string older = await ann.TokenAsync("ann@older.example");
        business.Pass(TimeSpan.FromMinutes(2));
        await ann.AskAsync("ann@older.example");
        await ann.TokenAsync("ann@older.example", mails: 2);
        (await ann.RedeemAsync(older)).Status.ShouldBe(HttpStatusCode.Redirect);
    }

    [Fact]
    public async Task The_customer_is_on_the_wrong_storefront()
    {
        var business = await OpenAsync();
        var boats = await business.SisterAsync("Riverbend Boats");
        await boats.CustomerAsync("carl@wrong.example");
        using var carl = business.Visit();
        await carl.AskAsync("carl@wrong.example");
        (await portal.MailsAsync("carl@wrong.example"))[0].Text.ShouldContain($"/s/{boats.Storefront.Slug}/portal");

        using var there = boats.Visit();
        (await there.SignInAsync("carl@wrong.example", mails: 2)).Heading.ShouldBe("Hi, Ann");
    }

    [Fact]
    public async Task The_customer_signs_up_online_with_a_taken_address_and_meets_no_conflict_error()
    {
        var business = await OpenAsync();
        var offered = await portal.OfferAsync(business.Storefront);
        await business.CustomerAsync("ann@signup.example");
        using var ann = business.Visit();
        (await ann.ReviewAsync(portal, offered.Type, "ann@signup.example")).Text.ShouldContain("If ann@signup.example has an account here, a mail with a sign-in link is on its way");

        (await ann.RedeemAsync(await ann.TokenAsync("ann@signup.example"))).Location!.ShouldContain("/portal/rent");
        (await ann.GetAsync("/portal/rent")).Location.ShouldEndWith("/rent/review");
        await ann.RentAsync(portal, await ann.GetAsync("/rent/review"));
        (await ann.GetAsync("/portal")).Text.ShouldContain("Unit A01");
    }

    [Fact]
    public async Task The_account_was_created_by_an_online_sign_up_and_opens_by_a_link()
    {
        var business = await OpenAsync();
        var offered = await portal.OfferAsync(business.Storefront);
        using var nora = business.Visit();
        await nora.RentAsync(portal, await nora.ReviewAsync(portal, offered.Type, "nora@online.example"));
        (await nora.SignInAsync("nora@online.example", mails: 3)).Heading.ShouldBe("Hi, Nora");
    }

    [Fact]
    public async Task The_customer_is_looking_for_a_password_field_and_cannot_find_one()
    {
        using var ann = (await OpenAsync()).Visit();
        var page = await ann.GetAsync("/portal/sign-in");
        page.Heading.ShouldBe("Customer portal");
        page.Page.QuerySelectorAll("input[type=password]").ShouldBeEmpty();
        page.Page.QuerySelectorAll("main form input:not([type=hidden])").Length.ShouldBe(1);
        page.Page.QuerySelector("main form button")!.TextContent.ShouldBe("Send sign-in link");
        page.Text.ShouldContain("No password needed");
    }

    [Fact]
    public async Task The_customer_has_an_account_but_does_not_remember_creating_one()
    {
        var business = await OpenAsync();
        await portal.AccountAsync(business.Storefront, "eve@forgot.example", state: "unproven");
        using var eve = business.Visit();
        (await eve.SignInAsync("eve@forgot.example")).Heading.ShouldBe("Hi, Ann");
    }

    [Fact]
    public async Task The_customer_has_two_emails_and_each_is_an_account_of_its_own()
    {
        var business = await OpenAsync();
        var (work, home) = (await business.CustomerAsync("ann@work.example"), await business.CustomerAsync("ann@home.example"));
        work.ShouldNotBe(home);
        using var ann = business.Visit();
        (await ann.SignInAsync("ann@work.example")).Text.ShouldContain("ann@work.example");
        (await ann.SignInAsync("ann@home.example")).Text.ShouldContain("ann@home.example");
    }

    [Fact]
    public async Task Too_many_requests_in_a_row_are_told_openly_and_end_after_a_few_minutes()
    {
        var business = await OpenAsync();
        await business.CustomerAsync("ann@often.example");
        Answer answer;
        int asked = 0;
        do
        {
            using var impatient = business.Visit();
            answer = await impatient.AskAsync("ann@often.example");
            asked++;
        }
        while (answer.Status == HttpStatusCode.Redirect && asked < 20);
        answer.Status.ShouldBe(HttpStatusCode.TooManyRequests);
        asked.ShouldBe(6);
        answer.Heading.ShouldBe("Too many requests");

        business.Pass(TimeSpan.FromSeconds(int.Parse(answer.Headers["Retry-After"], System.Globalization.CultureInfo.InvariantCulture)));
        using var patient = business.Visit();
        (await patient.AskAsync("ann@often.example")).Status.ShouldBe(HttpStatusCode.Redirect);
    }

    [Fact]
    public async Task The_customer_does_not_see_one_of_their_rentals_until_staff_link_the_contact()
    {
        var business = await OpenAsync();
        var account = await business.CustomerAsync("ann@rents.example");
        var other = await business.ContactAsync("ann@rents.example");
        await business.RentsAsync(other, "Garage, 20 m²");
        using var ann = business.Visit();
        (await ann.SignInAsync("ann@rents.example")).Text.ShouldContain("You have no active rental.");

        await business.LinkAsync(account, other);
        (await ann.GetAsync("/portal")).Text.ShouldContain("Garage, 20 m²");
    }

    [Fact]
    public async Task A_session_lasts_24_hours_and_signing_out_ends_it()
    {
        var business = await OpenAsync();
        await business.CustomerAsync("ann@day.example");
        using var ann = business.Visit();
        await ann.SignInAsync("ann@day.example");
        business.Pass(TimeSpan.FromHours(24) - TimeSpan.FromSeconds(5));
        (await ann.GetAsync("/portal")).Status.ShouldBe(HttpStatusCode.OK);
        business.Pass(TimeSpan.FromSeconds(10));
        (await ann.GetAsync("/portal")).Status.ShouldBe(HttpStatusCode.Redirect);
    }

    [Fact]
    public async Task Nobody_is_told_whether_an_address_exists()
    {
        var business = await OpenAsync();
        await business.CustomerAsync("known@exists.example");
        var pages = new List<string>();
        foreach (string address in new[] { "known@exists.example", "other@exists.example" })
        {
            using var visit = business.Visit();
            var page = await visit.GetAsync((await visit.AskAsync(address)).Location!);
            page.Text.ShouldContain($"If an account matches {address}, a mail with a sign-in link is on its way.");
            pages.Add(page.Text.Replace(address, "ADDRESS", StringComparison.Ordinal));
        }
        pages.Distinct().ShouldHaveSingleItem();
    }
}
