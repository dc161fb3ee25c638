using System.Net;
using Latchkey.SignIn;
using Latchkey.Tests.Rig;

namespace Latchkey.Tests.Features.Account;

public sealed class SavingTheAccountTests(Portal portal) : IClassFixture<Portal>
{
    [Fact]
    public async Task Shows_the_contacts_details_until_the_customer_changes_them_and_the_business_sees_the_change()
    {
        var storefront = await portal.StorefrontAsync();
        var (account, ann) = await portal.SignedInAsync(storefront, "ann@saves.example");
        var page = await ann.GetAsync("/portal/account");
        (page.Field("name"), page.Field("email"), page.Field("phone")).ShouldBe(("Ann Archer", "ann@saves.example", ""));
        page.Page.QuerySelector("form.fields button")!.TextContent.ShouldBe("Save changes");
        page.Page.QuerySelectorAll("form.fields label").Select(l => l.TextContent).ShouldBe(["Full name", "Email", "Phone", "Language"]);

        var saved = await ann.SaveAsync(("name", "  Anna Müller  "), ("phone", "+1 (555) 123-4567"));

        saved.Location.ShouldBe($"{ann.Base}/portal/account?saved");
        (await ann.GetAsync("/portal/account?saved")).Text.ShouldContain("Your changes are saved.");
        (await ann.GetAsync("/portal")).Heading.ShouldBe("Hi, Anna");
        (await portal.ScalarAsync<string>("select full_name || ' ' || phone from account where id = @account", new { account })).ShouldBe("Anna Müller +15551234567");
        (await portal.ScalarAsync<string>("select full_name || ' ' || phone from contact where email = 'ann@saves.example'")).ShouldBe("Anna Müller +15551234567");
        var detail = await portal.ScalarAsync<string>("select detail from activity where account_id = @account and contact_id is not null", new { account });
        detail.ShouldContain("Ann Archer");
        detail.ShouldContain("15551234567");
    }

    [Fact]
    public async Task Leaves_alone_what_was_not_touched()
    {
        var storefront = await portal.StorefrontAsync();
        var (account, ann) = await portal.SignedInAsync(storefront, "ann@untouched.example");
        await portal.ExecuteAsync("update contact set phone = 'ask the office' where email = 'ann@untouched.example'");

        (await ann.SaveAsync(("language", "fr"))).Status.ShouldBe(HttpStatusCode.Redirect);

        (await portal.ScalarAsync<string?>("select coalesce(full_name, phone) from account where id = @account", new { account })).ShouldBeNull();
        (await portal.ScalarAsync<string>("select phone from contact where email = 'ann@untouched.example'")).ShouldBe("ask the office");
        (await ann.GetAsync("/portal/account")).Heading.ShouldBe("Compte");
    }

    [Theory]
    [InlineData("name", "", "Type your name.")]
    [InlineData("name", "Ann\u0007", "too long, or has characters")]
    [InlineData("name", "Ann\nArcher", "too long, or has characters")]
    [InlineData("name", "121", "too long, or has characters")]
    [InlineData("email", "ann", "not one e-mail address")]
    [InlineData("email", "ann@localhost", "not one e-mail address")]
    [InlineData("phone", "ring me", "not one phone number")]
    [InlineData("phone", "555 1234", "not one phone number")]
    public async Task Refuses_what_cannot_be_right_and_keeps_what_was_typed(string field, string typed, string problem)
    {
        var storefront = await portal.StorefrontAsync();
        var (account, ann) = await portal.SignedInAsync(storefront, $"ann@{Guid.NewGuid():n}.example");
        if (typed == "121") typed = new string('a', 121);

        var refused = await ann.SaveAsync((field, typed), ("language", "fr"));

        refused.Status.ShouldBe(HttpStatusCode.BadRequest);
        refused.Page.QuerySelector("[role=alert]")!.TextContent.ShouldContain(problem);
        refused.Page.QuerySelector($"#{field}")!.GetAttribute("aria-invalid").ShouldBe("true");
        refused.Field("language").ShouldBe("fr");
        (await portal.ScalarAsync<long>("select count(*) from account where id = @account and locale is not null", new { account })).ShouldBe(0);
    }

    [Fact]
    public async Task Takes_the_four_fields_and_nothing_else()
    {
        var storefront = await portal.StorefrontAsync();
        var (account, ann) = await portal.SignedInAsync(storefront, "ann@fields.example");
        var bob = await portal.AccountAsync(storefront, "bob@fields.example", "Bob Baker");

        await ann.SaveAsync(("name", "Ann A"), ("id", bob.ToString()), ("accountId", bob.ToString()), ("state", "disabled"), ("organization_id", Guid.Empty.ToString()),
            ("contactIds[]", bob.ToString()), ("emailVerified", "true"), ("password_hash", "x"), ("merged_into", bob.ToString()));

        (await portal.ScalarAsync<string>("select state from account where id = @account and full_name = 'Ann A' and password_hash is null and merged_into is null", new { account })).ShouldBe("proven");
        (await portal.ScalarAsync<string>("select full_name from contact where email = 'bob@fields.example'")).ShouldBe("Bob Baker");
        (await ann.PostAsync("/portal/account", ("name", "A"), ("name", "B"), ("email", "ann@fields.example"))).Status.ShouldBe(HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task Offers_the_ways_in_that_the_storefront_has()
    {
        var (_, ann) = await portal.SignedInAsync(await portal.StorefrontAsync(SignInPolicy.Password), "ann@ways.example");
        var page = (await ann.GetAsync("/portal/account")).Page;
        page.QuerySelectorAll("main .rows > li > a").Select(a => a.TextContent).ShouldBe(["Passkeys", "Password"]);
        var (_, bob) = await portal.SignedInAsync(await portal.StorefrontAsync(SignInPolicy.Storage with { Passkeys = false }), "bob@ways.example");
        (await bob.GetAsync("/portal/account")).Page.QuerySelectorAll("main .rows > li > a").ShouldBeEmpty();
        page.QuerySelectorAll("header nav a").Select(a => a.TextContent).ShouldBe(["Dashboard", "Billing", "Account"]);
    }

    [Fact]
    public async Task Asks_for_a_fresh_sign_in_before_the_number_that_codes_are_texted_to_changes()
    {
        var (account, ann) = await portal.SignedInAsync(await portal.StorefrontAsync(SignInPolicy.Subscription), "ann@texted.example");
        portal.Clock.Advance(LiveSession.FreshFor);
        (await ann.SaveAsync(("phone", "+1 555 123 4567"))).Location.ShouldBe($"{ann.Base}/portal/account/confirm?next=email");
        (await portal.ScalarAsync<string?>("select phone from account where id = @account", new { account })).ShouldBeNull();
    }
}
