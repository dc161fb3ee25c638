using System.Net;
using Latchkey.Features.Passwords;
using Latchkey.SignIn;
using Latchkey.Tests.Rig;

namespace Latchkey.Tests.Features.Passwords;

public sealed class CustomerWithAPasswordTests(Portal portal) : IClassFixture<Portal>
{
    [Fact]
    public async Task Signs_in_with_it_and_out_again()
    {
        var storefront = await portal.FernhillAsync();
        await portal.AccountWithPasswordAsync(storefront, "ann@in.example");
        using var ann = portal.Visit(storefront);

        var page = await ann.GetAsync("/portal/sign-in");
        page.Page.QuerySelectorAll("main form button").Select(b => b.TextContent).ShouldBe(["Sign in", "Send sign-in link"]);
        page.Page.QuerySelectorAll("main .links a").Select(a => a.TextContent).ShouldBe(["Forgot password?", "Create account"]);
        (await ann.TypeAsync("Ann@In.example", Fernhill.Password)).ShouldLeadInto($"{ann.Base}/portal");

        (await ann.IsSignedInAsync()).ShouldBeTrue();
        (await portal.ScalarAsync<string>("select means from session where organization_id = @OrganizationId", new { storefront.OrganizationId })).ShouldBe("password");
        (await portal.ScalarAsync<string>("select event from activity where organization_id = @OrganizationId", new { storefront.OrganizationId })).ShouldBe("signed in by password");
    }

    [Fact]
    public async Task May_ask_for_a_link_instead_and_that_ends_nothing_of_the_password()
    {
        var storefront = await portal.FernhillAsync();
        await portal.AccountWithPasswordAsync(storefront, "ann@both.example");
        using var phone = portal.Visit(storefront);
        await phone.SignInAsync("ann@both.example");
        using var laptop = portal.Visit(storefront);

        await laptop.TypeAsync("ann@both.example", Fernhill.Password);

        (await phone.IsSignedInAsync()).ShouldBeTrue();
        (await laptop.IsSignedInAsync()).ShouldBeTrue();
    }

    [Fact]
    public async Task A_link_on_its_way_ends_when_the_password_signs_in()
    {
        var storefront = await portal.FernhillAsync();
        await portal.AccountWithPasswordAsync(storefront, "ann@cross.example");
        using var ann = portal.Visit(storefront);
        await ann.AskAsync("ann@cross.example");
        var token = await ann.TokenAsync("ann@cross.example");

        await ann.TypeAsync("ann@cross.example", Fernhill.Password);

        using var other = portal.Visit(storefront);
        (await other.RedeemAsync(token)).Heading.ShouldBe("Link no longer valid");
    }

    [Fact]
    public async Task Signing_in_again_replaces_the_session_of_the_browser()
    {
        var storefront = await portal.FernhillAsync();
        await portal.AccountWithPasswordAsync(storefront, "ann@again.example");
        using var ann = portal.Visit(storefront);
        await ann.TypeAsync("ann@again.example", Fernhill.Password);
        await ann.TypeAsync("ann@again.example", Fernhill.Password);

        (await portal.ScalarAsync<long>("select count(*) from session where organization_id = @OrganizationId and ended_at is null", new { storefront.OrganizationId })).ShouldBe(1);
    }

    [Fact]
    public async Task Typed_with_another_composition_of_the_same_letters_it_is_the_same()
    {
        var storefront = await portal.FernhillAsync();
        await portal.AccountWithPasswordAsync(storefront, "ann@nfc.example", password: "un été à la montagne");
        using var ann = portal.Visit(storefront);

        (await ann.TypeAsync("ann@nfc.example", "un e\u0301te\u0301 a\u0300 la montagne")).Status.ShouldBe(HttpStatusCode.Redirect);
    }

    [Fact]
    public async Task A_weaker_hash_is_replaced_at_the_first_success()
    {
        var storefront = await portal.FernhillAsync();
        var account = await portal.AccountAsync(storefront, "ann@old.example");
        var old = new FrameworkHasher(rounds: 1000).Hash(Fernhill.Password);
        await portal.HashAsync(storefront, account, old);
        using var ann = portal.Visit(storefront);

        (await ann.TypeAsync("ann@old.example", Fernhill.Password)).Status.ShouldBe(HttpStatusCode.Redirect);

        (await portal.StateAsync(storefront, "ann@old.example", "password_hash")).ShouldNotBe(old);
        (await ann.TypeAsync("ann@old.example", Fernhill.Password)).Status.ShouldBe(HttpStatusCode.Redirect);
    }

    [Theory]
    [InlineData("")]
    [InlineData("x")]
    [InlineData("correct horse battery")]
    [InlineData("$2y$10$broken")]
    [InlineData("AQAAAAIAAYag")]
    public async Task A_hash_that_cannot_be_read_is_never_right(string hash)
    {
        var storefront = await portal.FernhillAsync();
        var account = await portal.AccountAsync(storefront, "ann@broken.example");
        await portal.HashAsync(storefront, account, hash);
        using var ann = portal.Visit(storefront);

        (await ann.TypeAsync("ann@broken.example", Fernhill.Password)).Text.ShouldContain("Incorrect email or password");
    }

    [Fact]
    public async Task One_field_with_two_values_is_refused()
    {
        var storefront = await portal.FernhillAsync();
        await portal.AccountWithPasswordAsync(storefront, "ann@two.example");
        using var ann = portal.Visit(storefront);

        var answer = await ann.PostAsync("/portal/sign-in/password", ("email", "ann@two.example"), ("email", "bob@two.example"), ("password", Fernhill.Password));

        answer.Status.ShouldBe(HttpStatusCode.BadRequest);
        answer.SetCookies.ShouldNotContain(c => c.Contains("session", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Where_the_policy_has_no_passwords_none_of_their_pages_exists()
    {
        var storefront = await portal.FernhillAsync(Fernhill.Policy with { Passwords = false });
        await portal.AccountWithPasswordAsync(storefront, "ann@frozen.example");
        using var ann = portal.Visit(storefront);

        (await ann.TypeAsync("ann@frozen.example", Fernhill.Password)).Status.ShouldBe(HttpStatusCode.NotFound);
        (await ann.RegisterAsync("eve@frozen.example")).Status.ShouldBe(HttpStatusCode.NotFound);
        (await ann.ForgetAsync("ann@frozen.example")).Status.ShouldBe(HttpStatusCode.NotFound);
        foreach (var page in new[] { "sign-in/password", "register", "forgot-password", "confirm", "reset", "mail-sent/reset" })
            (await ann.GetAsync($"/portal/{page}")).Status.ShouldBe(HttpStatusCode.NotFound, page);
        (await ann.GetAsync("/portal/sign-in")).Body.ShouldNotContain("type=\"password\"");
        await ann.SignInAsync("ann@frozen.example");
        (await ann.GetAsync("/portal/account/password")).Status.ShouldBe(HttpStatusCode.NotFound);
        (await portal.StateAsync(storefront, "ann@frozen.example", "password_hash")).ShouldNotBeNull();
    }

    [Fact]
    public async Task Too_many_passwords_for_one_address_are_told_how_long_to_wait_known_or_not()
    {
        var storefront = await portal.FernhillAsync(Fernhill.Policy with { Limits = SignInLimits.Off with { Password = new Limit(2, TimeSpan.FromMinutes(3)) } });
        await portal.AccountWithPasswordAsync(storefront, "ann@limited.example");
        var seen = new List<string>();
        foreach (var address in new[] { "ann@limited.example", "eve@limited.example" })
        {
            using var visit = portal.Visit(storefront);
            for (int i = 0; i < 2; i++) (await visit.TypeAsync(address, "wrong")).Status.ShouldBe(HttpStatusCode.BadRequest);
            var limited = await visit.TypeAsync(address, Fernhill.Password);
            limited.Status.ShouldBe(HttpStatusCode.TooManyRequests);
            limited.Headers["Retry-After"].ShouldBe("180");
            limited.Text.ShouldContain("A password was typed too often. Please wait 3 minutes, then try again.");
            seen.Add(Fernhill.Print(limited, address));
        }
        seen[0].ShouldBe(seen[1]);
    }
}
