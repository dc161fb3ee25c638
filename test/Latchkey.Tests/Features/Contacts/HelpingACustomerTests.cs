using System.Net;
using Latchkey.Platform.Staff;
using Latchkey.SignIn;
using Latchkey.Tests.Rig;

namespace Latchkey.Tests.Features.Contacts;

/// <summary>The buttons of a customer's record.</summary>
public sealed class HelpingACustomerTests(Portal portal) : IClassFixture<Portal>
{
    [Fact]
    public async Task Send_sign_in_link_makes_the_account_and_the_page_shows_what_became_of_the_mail()
    {
        var storefront = await portal.StorefrontAsync();
        var dora = await portal.ContactAsync(storefront, "Dora Dean", "dora@help.example");
        using var staff = await portal.ManagerAsync(storefront);
        (await staff.GetAsync($"/contacts/{dora}")).Page.QuerySelector("#account ~ .actions .primary")!.TextContent.ShouldBe("Send sign-in link");

        var sent = await staff.PostAsync($"/contacts/{dora}?handler=Send");
        await portal.MailsAsync("dora@help.example");
        var record = await staff.OpenAsync(sent.Location!);

        record.Page.QuerySelector("#account ~ .actions .primary")!.TextContent.ShouldBe("Resend the portal link");
        record.Text.ShouldContain("Invited");
        var live = record.Page.QuerySelector("[data-live]")!.GetAttribute("data-live")!;
        var outcome = await staff.OpenAsync(live);
        outcome.Text.ShouldContain("The mail server has taken it.");
        outcome.Headers.ContainsKey("Latchkey-Live").ShouldBeFalse();

        using var customer = portal.Visit(storefront);
        (await customer.RedeemAsync(await customer.TokenAsync("dora@help.example"))).ShouldLeadInto($"{customer.Base}/portal");
        var over = await staff.OpenAsync(live);
        over.Text.ShouldContain("Signed in");
        over.Headers["Latchkey-Live"].ShouldBe("over");
        (await staff.GetAsync($"/contacts/{dora}")).Text.ShouldContain("Portal link sent");
    }

    [Fact]
    public async Task A_mail_that_fails_says_so_with_the_reason()
    {
        var storefront = await portal.StorefrontAsync();
        var contact = await portal.ContactAsync(storefront, "Dora Dean", "dora@failed.example");
        using var staff = await portal.ManagerAsync(storefront);
        var sent = await staff.PostAsync($"/contacts/{contact}?handler=Send");
        await portal.MailsAsync("dora@failed.example");
        await portal.ExecuteAsync("update mail set delivery = 'bounced', delivery_reason = 'The mailbox does not exist.' where to_address = 'dora@failed.example'");

        var record = await staff.OpenAsync(sent.Location!);

        record.Page.QuerySelector(".outcome .chip.danger")!.TextContent.ShouldContain("Failed");
        record.Text.ShouldContain("The mailbox does not exist.");
        record.Page.QuerySelector("[data-live]").ShouldBeNull();
    }

    [Fact]
    public async Task Too_many_links_are_refused_with_the_time_to_wait()
    {
        var storefront = await portal.StorefrontAsync();
        var contact = await portal.ContactAsync(storefront, "Dora Dean", "dora@often.example");
        using var staff = await portal.ManagerAsync(storefront);
        for (int i = 0; i < 5; i++) (await staff.PostAsync($"/contacts/{contact}?handler=Send")).Status.ShouldBe(HttpStatusCode.Redirect);

        var refused = await staff.PostAsync($"/contacts/{contact}?handler=Send");

        refused.Status.ShouldBe(HttpStatusCode.TooManyRequests);
        refused.Text.ShouldContain("The next one can be sent in");
    }

    [Fact]
    public async Task Without_an_address_or_with_one_that_fails_the_record_says_what_to_do_first()
    {
        var storefront = await portal.StorefrontAsync();
        var without = await portal.ContactAsync(storefront, "Nobody Known");
        var failing = await portal.ContactAsync(storefront, "Fay Fails", "fay@fails.example");
        await portal.ExecuteAsync("insert into suppression (organization_id, channel, address, reason, created_at) values (@OrganizationId, 'email', 'fay@fails.example', 'bounced', @now)",
            new { storefront.OrganizationId, now = portal.Clock.GetUtcNow() });
        using var staff = await portal.ManagerAsync(storefront);

        var first = await staff.PostAsync($"/contacts/{without}?handler=Send");
        var second = await staff.PostAsync($"/contacts/{failing}?handler=Send");

        (first.Status, second.Status).ShouldBe((HttpStatusCode.Conflict, HttpStatusCode.Conflict));
        first.Text.ShouldContain("Edit the record first.");
        second.Text.ShouldContain("Correct the address first.");
        (await portal.ScalarAsync<long>("select count(*) from account where organization_id = @OrganizationId", new { storefront.OrganizationId })).ShouldBe(0);
    }

    [Fact]
    public async Task Revoke_sessions_signs_out_everywhere_and_says_how_many()
    {
        var storefront = await portal.StorefrontAsync();
        var account = await portal.AccountAsync(storefront, "ann@revoke.example");
        var contact = await portal.ContactOfAsync(account);
        using var phone = portal.Visit(storefront);
        await phone.SignInAsync("ann@revoke.example");
        using var laptop = portal.Visit(storefront);
        await laptop.SignInAsync("ann@revoke.example", 2);
        using var third = portal.Visit(storefront);
        await third.AskAsync("ann@revoke.example");
        var token = await third.TokenAsync("ann@revoke.example", 3);
        using var staff = await portal.ManagerAsync(storefront);
        (await staff.GetAsync($"/contacts/{contact}")).Text.ShouldContain("Firefox on Windows");

        var revoked = await staff.PostAsync($"/contacts/{contact}?handler=Revoke");

        (await staff.OpenAsync(revoked.Location!)).Text.ShouldContain("2 devices are signed out. Links and codes on their way are dead.");
        (await phone.GetAsync("/portal")).Status.ShouldBe(HttpStatusCode.Redirect);
        (await laptop.GetAsync("/portal")).Status.ShouldBe(HttpStatusCode.Redirect);
        (await third.RedeemAsync(token)).Status.ShouldNotBe(HttpStatusCode.Redirect);
        (await portal.ScalarAsync<string>("select actor from activity where contact_id = @contact and event = 'sessions revoked'", new { contact })).ShouldBe("Max Manager");
        (await staff.OpenAsync((await staff.PostAsync($"/contacts/{contact}?handler=Revoke")).Location!)).Text.ShouldContain("Nobody was signed in, and no link was on its way.");
    }

    [Fact]
    public async Task A_disabled_account_lets_nobody_in_until_it_is_enabled()
    {
        var storefront = await portal.StorefrontAsync();
        var contact = await portal.ContactOfAsync(await portal.AccountAsync(storefront, "ann@closed.example"));
        using var ann = portal.Visit(storefront);
        await ann.SignInAsync("ann@closed.example");
        using var staff = await portal.ManagerAsync(storefront);

        (await staff.OpenAsync((await staff.PostAsync($"/contacts/{contact}?handler=Disable")).Location!)).Text.ShouldContain("The account is disabled.");
        (await ann.GetAsync("/portal")).Status.ShouldBe(HttpStatusCode.Redirect);
        var refused = await staff.PostAsync($"/contacts/{contact}?handler=Send");
        refused.Status.ShouldBe(HttpStatusCode.Conflict);
        refused.Text.ShouldContain("Enable it first.");

        (await staff.OpenAsync((await staff.PostAsync($"/contacts/{contact}?handler=Enable")).Location!)).Text.ShouldContain("The account is enabled.");
        (await ann.GetAsync("/portal")).Status.ShouldBe(HttpStatusCode.Redirect);
        (await staff.PostAsync($"/contacts/{contact}?handler=Send")).Status.ShouldBe(HttpStatusCode.Redirect);
        (await ann.RedeemAsync(await ann.TokenAsync("ann@closed.example", 2))).ShouldLeadInto($"{ann.Base}/portal");
    }

    [Fact]
    public async Task Who_may_only_look_sees_no_button_and_presses_none()
    {
        var storefront = await portal.StorefrontAsync();
        var contact = await portal.ContactOfAsync(await portal.AccountAsync(storefront, "ann@look.example"));
        using var staff = await portal.StaffVisitAsync(storefront.OrganizationId, StaffRole.Staff);

        var record = await staff.GetAsync($"/contacts/{contact}");

        record.Page.QuerySelectorAll("main form").ShouldBeEmpty();
        record.Page.QuerySelectorAll("main a[href$=edit], main a[href$=magic-link]").ShouldBeEmpty();
        record.Text.ShouldContain("It never expires, and leads to the sign-in page.");
        foreach (var handler in new[] { "Send", "Revoke", "Disable", "Enable" })
            (await staff.PostAsync($"/contacts/{contact}?handler={handler}")).Status.ShouldBe(HttpStatusCode.Forbidden);
        (await staff.GetAsync($"/contacts/{contact}/edit")).Status.ShouldBe(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task The_record_shows_what_they_hold_what_was_sent_and_another_account()
    {
        var storefront = await portal.StorefrontAsync(SignInPolicy.Subscription);
        var contact = await portal.ContactOfAsync(await portal.AccountAsync(storefront, "ann@whole.example"));
        var other = await portal.AccountAsync(storefront, "ann.work@whole.example", "Ann Work");
        await portal.ExecuteAsync("insert into account_contact (organization_id, account_id, contact_id, linked_at, linked_by) values (@OrganizationId, @other, @contact, @now, 'staff')",
            new { storefront.OrganizationId, other, contact, now = portal.Clock.GetUtcNow() });
        await portal.SubscriptionAsync(storefront, contact, await portal.FacilityAsync(storefront, "Roastery"), "Morning blend");
        using var ann = portal.Visit(storefront);
        await ann.SignInAsync("ann@whole.example");
        using var staff = await portal.ManagerAsync(storefront);

        var text = (await staff.GetAsync($"/contacts/{contact}")).Text;

        text.ShouldContain("Morning blend");
        text.ShouldContain("18.50 USD");
        text.ShouldContain("Another account shows this contact too: ann.work@whole.example.");
        text.ShouldContain("Signed in by link");
        text.ShouldContain($"/s/{storefront.Slug}/portal");
        text.ShouldContain("Sign in to Riverbend Storage");
    }
}
