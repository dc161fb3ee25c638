using System.Net;
using Latchkey.SignIn;
using Latchkey.Tests.Rig;

namespace Latchkey.Tests.Features.Account;

public sealed class ChangingTheEmailTests(Portal portal) : IClassFixture<Portal>
{
    async Task<string> ConfirmTokenAsync(string address, int mails = 1) => AccountVisit.TokenIn((await portal.MailsAsync(address, mails))[^1].Text, "confirm-email");

    [Fact]
    public async Task Changes_nothing_until_the_new_mailbox_confirms_and_then_everything()
    {
        var storefront = await portal.StorefrontAsync();
        var (account, ann) = await portal.SignedInAsync(storefront, "ann@change.example");
        var phone = portal.Visit(storefront);
        await phone.SignInAsync("ann@change.example", 2);

        (await ann.SaveAsync(("email", "Ann.New@change.example"))).Location.ShouldBe($"{ann.Base}/portal/account");
        (await ann.GetAsync("/portal/account")).Text.ShouldContain("Waiting for confirmation of a•••@c•••.example");
        (await portal.ScalarAsync<string>("select email from account where id = @account", new { account })).ShouldBe("ann@change.example");

        var token = await ConfirmTokenAsync("ann.new@change.example");
        for (int i = 0; i < 3; i++) (await ann.GetAsync($"/portal/account/confirm-email/{token}")).Heading.ShouldBe("Confirm your new address");
        (await ann.PostAsync("/portal/account/confirm-email", ("token", token))).Location.ShouldBe($"{ann.Base}/portal/account?saved");

        (await portal.ScalarAsync<string>("select email from account where id = @account", new { account })).ShouldBe("ann.new@change.example");
        (await portal.ScalarAsync<long>("select count(*) from contact where email = 'ann.new@change.example' and full_name = 'Ann Archer'")).ShouldBe(1);
        (await ann.GetAsync("/portal")).Status.ShouldBe(HttpStatusCode.OK);
        (await phone.GetAsync("/portal")).Status.ShouldBe(HttpStatusCode.Redirect);
        (await ann.PostAsync("/portal/account/confirm-email", ("token", token))).Heading.ShouldBe("Link already used");
        (await portal.ScalarAsync<long>("select count(*) from activity where account_id = @account and (detail like '%@%' or event like '%@%')", new { account })).ShouldBe(0);
    }

    [Fact]
    public async Task Can_be_undone_from_the_old_mailbox_without_signing_in()
    {
        var storefront = await portal.StorefrontAsync();
        var (account, thief) = await portal.SignedInAsync(storefront, "ann@undo.example");
        await thief.SaveAsync(("email", "thief@undo.example"));
        await thief.PostAsync("/portal/account/confirm-email", ("token", await ConfirmTokenAsync("thief@undo.example")));

        var mail = (await portal.MailsAsync("ann@undo.example", 2))[^1];
        mail.Subject.ShouldBe("Your address was changed");
        mail.Text.ShouldNotContain("thief@undo.example");
        var undo = AccountVisit.TokenIn(mail.Text, "undo-email");
        var ann = portal.Visit(storefront);
        for (int i = 0; i < 3; i++) (await ann.GetAsync($"/portal/account/undo-email/{undo}")).Heading.ShouldBe("Undo the change");
        (await ann.PostAsync("/portal/account/undo-email", ("token", undo))).Heading.ShouldBe("Your address is back");

        (await portal.ScalarAsync<string>("select email from account where id = @account", new { account })).ShouldBe("ann@undo.example");
        (await portal.ScalarAsync<long>("select count(*) from contact where email = 'ann@undo.example'")).ShouldBe(1);
        (await thief.GetAsync("/portal")).Status.ShouldBe(HttpStatusCode.Redirect);
        (await ann.PostAsync("/portal/account/undo-email", ("token", undo))).Heading.ShouldBe("Link already used");
        await ann.SignInAsync("ann@undo.example", 3);
    }

    [Fact]
    public async Task Answers_alike_for_an_address_that_is_somebodys_and_tells_only_them()
    {
        var storefront = await portal.StorefrontAsync();
        var (_, ann) = await portal.SignedInAsync(storefront, "ann@taken.example");
        var bob = await portal.AccountAsync(storefront, "bob@taken.example", "Bob Baker");

        var free = await ann.SaveAsync(("email", "bib@taken.example"));
        var freePage = (await ann.GetAsync("/portal/account")).Text;
        var taken = await ann.SaveAsync(("email", "bob@taken.example"));
        var takenPage = (await ann.GetAsync("/portal/account")).Text;

        (taken.Status, taken.Location).ShouldBe((free.Status, free.Location));
        takenPage.ShouldBe(freePage);
        var mail = (await portal.MailsAsync("bob@taken.example"))[0];
        mail.Subject.ShouldBe("Somebody tried to use this address");
        mail.Text.ShouldNotContain("confirm-email");
        (await portal.ScalarAsync<string>("select email from account where id = @bob", new { bob })).ShouldBe("bob@taken.example");
    }

    [Fact]
    public async Task Is_refused_when_the_address_became_somebodys_meanwhile()
    {
        var storefront = await portal.StorefrontAsync();
        var (account, ann) = await portal.SignedInAsync(storefront, "ann@meanwhile.example");
        await ann.SaveAsync(("email", "new@meanwhile.example"));
        var token = await ConfirmTokenAsync("new@meanwhile.example");
        await portal.AccountAsync(storefront, "new@meanwhile.example", "Bob Baker");

        (await ann.PostAsync("/portal/account/confirm-email", ("token", token))).Heading.ShouldBe("Link no longer valid");

        (await portal.MailsAsync("new@meanwhile.example", 2))[^1].Subject.ShouldBe("Somebody tried to use this address");
        (await portal.ScalarAsync<string>("select email from account where id = @account", new { account })).ShouldBe("ann@meanwhile.example");
        (await portal.ScalarAsync<long>("select count(*) from account_contact where account_id = @account", new { account })).ShouldBe(1);
    }

    [Fact]
    public async Task Asks_whoever_is_not_signed_in_to_sign_in_first_and_comes_back()
    {
        var storefront = await portal.StorefrontAsync();
        var (account, ann) = await portal.SignedInAsync(storefront, "ann@elsewhere.example");
        await ann.SaveAsync(("email", "new@elsewhere.example"));
        var token = await ConfirmTokenAsync("new@elsewhere.example");

        var phone = portal.Visit(storefront);
        (await phone.GetAsync($"/portal/account/confirm-email/{token}")).Text.ShouldContain("Sign in first");
        (await phone.PostAsync("/portal/account/confirm-email", ("token", token))).Text.ShouldContain("Sign in first");
        (await portal.ScalarAsync<string>("select email from account where id = @account", new { account })).ShouldBe("ann@elsewhere.example");

        (await phone.PostAsync("/portal/account/confirm-email?handler=SignIn", ("token", token))).Location.ShouldBe($"{phone.Base}/portal/sign-in/check-mail?first=yes");
        (await phone.RedeemAsync(await phone.TokenAsync("ann@elsewhere.example", 2))).ShouldLeadInto($"{phone.Base}/portal/account/confirm-email");
        (await phone.GetAsync("/portal/account/confirm-email")).Page.QuerySelector("form button[class*=primary]")!.TextContent.ShouldBe("Confirm this address");
        (await phone.PostAsync("/portal/account/confirm-email", ("token", token))).Status.ShouldBe(HttpStatusCode.Redirect);
        (await portal.ScalarAsync<string>("select email from account where id = @account", new { account })).ShouldBe("new@elsewhere.example");
        (await portal.ScalarAsync<long>("select count(*) from sign_in_request where return_to like @any", new { any = $"%{token}%" })).ShouldBe(0);
    }

    [Fact]
    public async Task Does_nothing_for_somebody_else_who_is_signed_in()
    {
        var storefront = await portal.StorefrontAsync();
        var (ann, annsVisit) = await portal.SignedInAsync(storefront, "ann@foreign.example");
        await annsVisit.SaveAsync(("email", "new@foreign.example"));
        var token = await ConfirmTokenAsync("new@foreign.example");
        var (bob, bobsVisit) = await portal.SignedInAsync(storefront, "bob@foreign.example");

        (await bobsVisit.GetAsync($"/portal/account/confirm-email/{token}")).Text.ShouldContain("Sign in first");
        (await bobsVisit.PostAsync("/portal/account/confirm-email", ("token", token))).Text.ShouldContain("signed in with another account");

        (await portal.ScalarAsync<string>("select email from account where id = @bob", new { bob })).ShouldBe("bob@foreign.example");
        (await portal.ScalarAsync<string>("select email from account where id = @ann", new { ann })).ShouldBe("ann@foreign.example");
    }

    [Fact]
    public async Task Needs_a_sign_in_of_the_last_quarter_of_an_hour_and_keeps_what_was_typed_for_after_it()
    {
        var storefront = await portal.StorefrontAsync();
        var (account, ann) = await portal.SignedInAsync(storefront, "ann@stale.example");
        portal.Clock.Advance(LiveSession.FreshFor);

        (await ann.SaveAsync(("email", "new@stale.example"), ("name", "Ann B"))).Location.ShouldBe($"{ann.Base}/portal/account/confirm?next=email");
        (await portal.ScalarAsync<long>("select count(*) from one_time_link where account_id = @account", new { account })).ShouldBe(0);
        var confirm = await ann.GetAsync("/portal/account/confirm?next=email");
        confirm.Heading.ShouldBe("Confirm it is you");
        confirm.Text.ShouldContain("a•••@s•••.example");
        (await ann.PostAsync("/portal/account/confirm?next=email")).Location.ShouldBe($"{ann.Base}/portal/sign-in/check-mail");
        (await ann.GetAsync("/portal/sign-in/check-mail")).Heading.ShouldBe("Check your mail");
        (await ann.RedeemAsync(await ann.TokenAsync("ann@stale.example", 2))).ShouldLeadInto($"{ann.Base}/portal/account");

        var filled = await ann.GetAsync("/portal/account");
        (filled.Field("email"), filled.Field("name")).ShouldBe(("new@stale.example", "Ann B"));
        (await ann.PostAsync("/portal/account", [.. AccountVisit.Fields(filled.Page)])).Status.ShouldBe(HttpStatusCode.Redirect);
        (await ann.GetAsync("/portal/account")).Text.ShouldContain("Waiting for confirmation of n•••@s•••.example");
    }

    [Fact]
    public async Task Is_resent_with_the_same_link_cancelled_and_limited()
    {
        var storefront = await portal.StorefrontAsync();
        var (_, ann) = await portal.SignedInAsync(storefront, "ann@resend.example");
        await ann.SaveAsync(("email", "new@resend.example"));
        var token = await ConfirmTokenAsync("new@resend.example");
        (await ann.PostAsync("/portal/account/email?handler=Resend")).Location.ShouldBe($"{ann.Base}/portal/account");
        (await ConfirmTokenAsync("new@resend.example", 2)).ShouldBe(token);

        await ann.PostAsync("/portal/account/email?handler=Cancel");
        (await ann.GetAsync("/portal/account")).Text.ShouldNotContain("Waiting for confirmation");
        (await ann.GetAsync($"/portal/account/confirm-email/{token}")).Heading.ShouldBe("Link no longer valid");
        for (int i = 0; i < 3; i++) (await ann.SaveAsync(("email", $"new{i}@resend.example"))).Status.ShouldBe(HttpStatusCode.Redirect);
        (await ann.SaveAsync(("email", "new4@resend.example"))).Status.ShouldBe(HttpStatusCode.TooManyRequests);
    }

    [Theory]
    [InlineData("confirm-email")]
    [InlineData("undo-email")]
    public async Task Says_what_became_of_a_link_and_leads_on(string page)
    {
        var storefront = await portal.StorefrontAsync();
        var (_, ann) = await portal.SignedInAsync(storefront, $"ann@{page}.example");
        await ann.SaveAsync(("email", $"new@{page}.example"));
        var token = await ConfirmTokenAsync($"new@{page}.example");
        if (page == "undo-email")
        {
            await ann.PostAsync("/portal/account/confirm-email", ("token", token));
            token = AccountVisit.TokenIn((await portal.MailsAsync($"ann@{page}.example", 2))[^1].Text, page);
        }
        portal.Clock.Advance(EmailChanges.UndoneWithin);

        foreach (var (link, heading) in new[] { (token, "Link expired"), ("damaged", "Link damaged"), ($"{token[..^1]}{(token[^1] == 'a' ? 'b' : 'a')}", "Link damaged"), ("", "Link damaged") })
        {
            foreach (var answer in new[] { await ann.GetAsync($"/portal/account/{page}/{link}"), await ann.PostAsync($"/portal/account/{page}", ("token", link)) })
            {
                answer.Heading.ShouldBe(heading);
                answer.Page.QuerySelector("main a[class*=primary]").ShouldNotBeNull();
            }
        }
    }

    [Fact]
    public async Task Asked_for_without_a_session_leads_to_sign_in()
    {
        var visit = portal.Visit(await portal.StorefrontAsync());
        foreach (var path in new[] { "/portal/account", "/portal/account/email?handler=Resend", "/portal/account/email?handler=Cancel", "/portal/account/devices", "/portal/account/confirm" })
            (await visit.PostAsync(path, ("email", "x@y.example"), ("newEmail", "x@y.example"), ("draft", "x"))).Location.ShouldBe($"{visit.Base}/portal/sign-in");
    }
}
