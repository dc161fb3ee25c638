using System.Net;
using Latchkey.Tests.Rig;

namespace Latchkey.Tests.Features.Passwords;

/// <summary>The situations of the help centre of the password portal, row by row.</summary>
public sealed class PasswordPortalSeedTests(Portal portal) : IClassFixture<Portal>
{
    [Fact]
    public async Task Email_not_confirmed_is_said_after_the_right_password_only_and_the_button_sends_the_confirmation()
    {
        var storefront = await portal.FernhillAsync();
        using var ann = portal.Visit(storefront);
        await ann.RegisterAsync("ann@one.example");
        await portal.TokenAsync("confirm", "ann@one.example");

        (await ann.TypeAsync("ann@one.example", "something else")).Text.ShouldContain("Incorrect email or password");
        var page = await ann.TypeAsync("ann@one.example", Fernhill.Password);
        page.Heading.ShouldBe("User not confirmed");
        page.SetCookies.ShouldNotContain(c => c.Contains("session", StringComparison.Ordinal));
        (await ann.PressAsync(page, "Send Confirmation Email")).Location.ShouldBe($"{ann.Base}/portal/mail-sent/confirm");

        var token = await portal.TokenAsync("confirm", "ann@one.example", mails: 2);
        (await ann.ConfirmAsync(token)).ShouldLeadInto($"{ann.Base}/portal");
    }

    [Fact]
    public async Task Incorrect_email_or_password_keeps_the_address_and_offers_forgot_password()
    {
        var storefront = await portal.FernhillAsync();
        await portal.AccountWithPasswordAsync(storefront, "ann@two.example");
        using var ann = portal.Visit(storefront);

        var page = await ann.TypeAsync("ann@two.example", "Correct Horse Battery"); // caps lock

        page.Status.ShouldBe(HttpStatusCode.BadRequest);
        page.Text.ShouldContain("Incorrect email or password");
        page.Page.QuerySelector("#email")!.GetAttribute("value").ShouldBe("ann@two.example");
        page.Page.QuerySelector("#password")!.GetAttribute("value").ShouldBeNull();
        page.Page.QuerySelectorAll("main .links a").Select(a => a.TextContent).ShouldContain("Forgot password?");
    }

    [Fact]
    public async Task Forgot_password_mails_a_link_that_sets_a_new_one_and_ends_everything_older()
    {
        var storefront = await portal.FernhillAsync();
        await portal.AccountWithPasswordAsync(storefront, "ann@four.example");
        using var laptop = portal.Visit(storefront);
        await laptop.TypeAsync("ann@four.example", Fernhill.Password);
        using var phone = portal.Visit(storefront);
        await phone.AskAsync("ann@four.example");
        var link = await phone.TokenAsync("ann@four.example");

        (await phone.ForgetAsync("ann@four.example")).Location.ShouldBe($"{phone.Base}/portal/mail-sent/reset");
        var token = await portal.TokenAsync("reset", "ann@four.example", mails: 2);
        for (int i = 0; i < 3; i++) (await phone.GetAsync($"/portal/reset/{token}")).Heading.ShouldBe("Set a new password");
        (await phone.ResetAsync(token)).Location.ShouldBe($"{phone.Base}/portal/sign-in?notice=password-set");

        (await phone.GetAsync("/portal/sign-in?notice=password-set")).Text.ShouldContain("Your new password is set.");
        (await laptop.IsSignedInAsync()).ShouldBeFalse();
        (await phone.IsSignedInAsync()).ShouldBeFalse();
        (await phone.RedeemAsync(link)).Heading.ShouldBe("Link no longer valid");
        (await phone.TypeAsync("ann@four.example", Fernhill.Password)).Text.ShouldContain("Incorrect email or password");
        (await phone.TypeAsync("ann@four.example", Fernhill.Other)).Status.ShouldBe(HttpStatusCode.Redirect);
        (await portal.MailsAsync("ann@four.example", 3))[^1].Subject.ShouldBe("Your password for Fernhill Water was changed");
    }

    [Fact]
    public async Task A_reset_link_expired_used_or_damaged_leads_to_a_new_one()
    {
        var storefront = await portal.FernhillAsync();
        await portal.AccountWithPasswordAsync(storefront, "ann@dead.example");
        using var ann = portal.Visit(storefront);
        await ann.ForgetAsync("ann@dead.example");
        var old = await portal.TokenAsync("reset", "ann@dead.example");
        portal.Clock.Advance(TimeSpan.FromMinutes(60));

        var expired = await ann.GetAsync($"/portal/reset/{old}");
        (expired.Status, expired.Heading).ShouldBe((HttpStatusCode.Gone, "Link expired"));
        expired.Body.ShouldNotContain("ann@dead.example");
        (await ann.ResetAsync(old)).Heading.ShouldBe("Link expired");
        (await ann.PressAsync(expired, "Send a new link")).Location.ShouldBe($"{ann.Base}/portal/mail-sent/reset");

        var fresh = await portal.TokenAsync("reset", "ann@dead.example", mails: 2);
        (await ann.ResetAsync(fresh)).Status.ShouldBe(HttpStatusCode.Redirect);
        var used = await ann.ResetAsync(fresh);
        (used.Status, used.Heading).ShouldBe((HttpStatusCode.Gone, "Link already used"));
        (await ann.PressAsync(used, "Send a new link")).Status.ShouldBe(HttpStatusCode.Redirect);

        var damaged = await ann.GetAsync("/portal/reset/x");
        (damaged.Status, damaged.Heading).ShouldBe((HttpStatusCode.NotFound, "Link damaged"));
        damaged.Page.QuerySelector("main a.primary")!.GetAttribute("href").ShouldBe($"{ann.Base}/portal/forgot-password");
    }

    [Fact]
    public async Task A_confirmation_link_expired_or_damaged_leads_to_a_new_one()
    {
        var storefront = await portal.FernhillAsync();
        using var ann = portal.Visit(storefront);
        await ann.RegisterAsync("ann@later.example");
        var old = await portal.TokenAsync("confirm", "ann@later.example");
        portal.Clock.Advance(TimeSpan.FromHours(24));

        var expired = await ann.GetAsync($"/portal/confirm/{old}");
        expired.Heading.ShouldBe("Link expired");
        (await ann.PressAsync(expired, "Send a new link")).Location.ShouldBe($"{ann.Base}/portal/mail-sent/confirm");
        (await ann.ConfirmAsync(await portal.TokenAsync("confirm", "ann@later.example", mails: 2))).ShouldLeadInto($"{ann.Base}/portal");

        var damaged = await ann.GetAsync("/portal/confirm/x");
        damaged.Heading.ShouldBe("Link damaged");
        damaged.Page.QuerySelector("main a.primary")!.GetAttribute("href").ShouldBe($"{ann.Base}/portal/confirm");
    }

    [Fact]
    public async Task A_locked_account_waits_while_the_link_works_and_its_holder_is_told_once()
    {
        var storefront = await portal.FernhillAsync();
        await portal.AccountWithPasswordAsync(storefront, "ann@five.example");
        using var eve = portal.Visit(storefront);
        for (int i = 0; i < 12; i++) await eve.TypeAsync("ann@five.example", "wrong");
        using var ann = portal.Visit(storefront);

        (await ann.TypeAsync("ann@five.example", Fernhill.Password)).Text.ShouldContain("Incorrect email or password");
        var mail = (await portal.MailsAsync("ann@five.example"))[0];
        mail.Subject.ShouldBe("Too many wrong passwords at Fernhill Water");
        await ann.SignInAsync("ann@five.example", mails: 2);
        (await ann.IsSignedInAsync()).ShouldBeTrue();

        portal.Clock.Advance(TimeSpan.FromMinutes(15));
        using var later = portal.Visit(storefront);
        (await later.TypeAsync("ann@five.example", Fernhill.Password)).Status.ShouldBe(HttpStatusCode.Redirect);
        for (int i = 0; i < 5; i++) await eve.TypeAsync("ann@five.example", "wrong");
        await portal.SettleAsync();
        (await portal.ScalarAsync<long>("select count(*) from mail where organization_id = @OrganizationId and kind = 'password_paused'", new { storefront.OrganizationId })).ShouldBe(1);
    }

    [Fact]
    public async Task A_new_password_ends_the_lock_at_once()
    {
        var storefront = await portal.FernhillAsync();
        await portal.AccountWithPasswordAsync(storefront, "ann@unlock.example");
        using var ann = portal.Visit(storefront);
        for (int i = 0; i < 5; i++) await ann.TypeAsync("ann@unlock.example", "wrong");

        await ann.ForgetAsync("ann@unlock.example");
        await ann.ResetAsync(await portal.TokenAsync("reset", "ann@unlock.example", mails: 2));

        (await ann.TypeAsync("ann@unlock.example", Fernhill.Other)).ShouldLeadInto($"{ann.Base}/portal");
    }

    [Fact]
    public async Task A_password_asked_for_where_there_is_none_can_be_set_by_mail()
    {
        var storefront = await portal.FernhillAsync();
        await portal.AccountAsync(storefront, "ann@none.example", state: "unproven");
        using var ann = portal.Visit(storefront);

        await ann.ForgetAsync("ann@none.example");
        (await portal.MailsAsync("ann@none.example"))[0].Text.ShouldContain("Your account has no password yet");
        await ann.ResetAsync(await portal.TokenAsync("reset", "ann@none.example"));

        (await ann.TypeAsync("ann@none.example", Fernhill.Other)).ShouldLeadInto($"{ann.Base}/portal");
        (await portal.StateAsync(storefront, "ann@none.example")).ShouldBe("proven");
    }

    [Fact]
    public async Task Twenty_presses_of_the_reset_button_at_once_set_one_password()
    {
        var storefront = await portal.FernhillAsync();
        await portal.AccountWithPasswordAsync(storefront, "ann@many.example");
        using var ann = portal.Visit(storefront);
        await ann.ForgetAsync("ann@many.example");
        var token = await portal.TokenAsync("reset", "ann@many.example");

        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(i => ann.ResetAsync(token, $"{Fernhill.Other} {i}")));

        answers.Count(a => a.Status == HttpStatusCode.Redirect).ShouldBe(1);
        answers.Count(a => a.Heading == "Link already used").ShouldBe(19);
    }

    [Fact]
    public async Task Another_storefronts_links_are_nothing_here()
    {
        var one = await portal.FernhillAsync();
        var two = await portal.StorefrontAsync(Fernhill.Policy, one.OrganizationId);
        await portal.AccountWithPasswordAsync(one, "ann@side.example");
        using var ann = portal.Visit(one);
        await ann.ForgetAsync("ann@side.example");
        var token = await portal.TokenAsync("reset", "ann@side.example");
        using var astray = portal.Visit(two);

        (await astray.ResetAsync(token)).Heading.ShouldBe("Link damaged");
        (await astray.TypeAsync("ann@side.example", Fernhill.Password)).Text.ShouldContain("Incorrect email or password");
        (await ann.ConfirmAsync(token)).Heading.ShouldBe("Link damaged");
        (await ann.RedeemAsync(token)).Heading.ShouldBe("Link damaged");
        (await ann.ResetAsync(token)).Status.ShouldBe(HttpStatusCode.Redirect);
    }
}
