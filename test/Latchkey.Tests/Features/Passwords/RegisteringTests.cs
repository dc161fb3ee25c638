using System.Net;
using Latchkey.Tests.Rig;

namespace Latchkey.Tests.Features.Passwords;

public sealed class RegisteringTests(Portal portal) : IClassFixture<Portal>
{
    [Fact]
    public async Task In_the_browser_that_registered_the_button_of_the_mail_confirms_and_signs_in()
    {
        var storefront = await portal.FernhillAsync();
        using var ann = portal.Visit(storefront);
        (await ann.RegisterAsync("ann@new.example")).Location.ShouldBe($"{ann.Base}/portal/mail-sent/register");
        var token = await portal.TokenAsync("confirm", "ann@new.example");
        (await ann.GetAsync("/portal")).Location.ShouldBe($"{ann.Base}/portal/sign-in"); // nobody is signed in before the proof

        for (int i = 0; i < 3; i++) (await ann.GetAsync($"/portal/confirm/{token}")).Heading.ShouldBe("Confirm your address");
        (await portal.StateAsync(storefront, "ann@new.example")).ShouldBe("unproven");
        (await ann.ConfirmAsync(token)).ShouldLeadInto($"{ann.Base}/portal");

        (await portal.StateAsync(storefront, "ann@new.example")).ShouldBe("proven");
        (await portal.StateAsync(storefront, "ann@new.example", "full_name")).ShouldBe("Ann Archer");
        (await portal.StateAsync(storefront, "ann@new.example", "password_by")).ShouldBe("customer");
        using var other = portal.Visit(storefront);
        (await other.TypeAsync("ann@new.example", Fernhill.Password)).Status.ShouldBe(HttpStatusCode.Redirect);
        (await other.ConfirmAsync(token)).Heading.ShouldBe("Your address is confirmed");
    }

    [Fact]
    public async Task In_another_browser_it_asks_for_the_password_that_was_chosen()
    {
        var storefront = await portal.FernhillAsync();
        using var laptop = portal.Visit(storefront);
        await laptop.RegisterAsync("ann@phone.example");
        var token = await portal.TokenAsync("confirm", "ann@phone.example");
        using var phone = portal.Visit(storefront);

        (await phone.GetAsync($"/portal/confirm/{token}")).Text.ShouldContain("Type it once more to keep it.");
        (await phone.ConfirmAsync(token)).Status.ShouldBe(HttpStatusCode.BadRequest);
        (await phone.ConfirmAsync(token, "not the one")).Text.ShouldContain("That is not the password that was chosen.");
        (await portal.StateAsync(storefront, "ann@phone.example")).ShouldBe("unproven");

        (await phone.ConfirmAsync(token, Fernhill.Password)).ShouldLeadInto($"{phone.Base}/portal");
        (await portal.StateAsync(storefront, "ann@phone.example")).ShouldBe("proven");
    }

    [Fact]
    public async Task A_stranger_who_registered_the_address_gets_nothing_and_leaves_nothing_in_it()
    {
        var storefront = await portal.FernhillAsync();
        using var eve = portal.Visit(storefront);
        await eve.RegisterAsync("ann@victim.example", name: "Eve");
        var token = await portal.TokenAsync("confirm", "ann@victim.example");
        using var ann = portal.Visit(storefront);

        var page = await ann.GetAsync($"/portal/confirm/{token}");
        (await ann.PressAsync(page, "I did not choose one")).Location!.ShouldStartWith($"{ann.Base}/portal/sign-in/check-mail");

        (await portal.StateAsync(storefront, "ann@victim.example")).ShouldBe("proven");
        (await portal.StateAsync(storefront, "ann@victim.example", "full_name")).ShouldBeNull();
        (await portal.StateAsync(storefront, "ann@victim.example", "password_hash")).ShouldBeNull();
        (await eve.TypeAsync("ann@victim.example", Fernhill.Password)).Text.ShouldContain("Incorrect email or password");
        (await portal.ScalarAsync<long>("select count(*) from password_request where organization_id = @OrganizationId and password_hash is not null", new { storefront.OrganizationId })).ShouldBe(0);
        (await ann.RedeemAsync(await ann.TokenAsync("ann@victim.example", mails: 2))).ShouldLeadInto($"{ann.Base}/portal");
    }

    [Fact]
    public async Task A_first_sign_in_by_link_leaves_a_strangers_password_outside()
    {
        var storefront = await portal.FernhillAsync();
        using var eve = portal.Visit(storefront);
        await eve.RegisterAsync("ann@linked.example");
        var planted = await portal.TokenAsync("confirm", "ann@linked.example");
        using var ann = portal.Visit(storefront);
        await ann.SignInAsync("ann@linked.example", mails: 2);

        (await eve.TypeAsync("ann@linked.example", Fernhill.Password)).Text.ShouldContain("Incorrect email or password");
        (await eve.ConfirmAsync(planted)).Status.ShouldBe(HttpStatusCode.Gone);
        (await eve.TypeAsync("ann@linked.example", Fernhill.Password)).Text.ShouldContain("Incorrect email or password");
    }

    [Fact]
    public async Task When_two_register_one_address_each_browser_confirms_its_own_password_only()
    {
        var storefront = await portal.FernhillAsync();
        using var ann = portal.Visit(storefront);
        using var eve = portal.Visit(storefront);
        await eve.RegisterAsync("ann@race.example", Fernhill.Other);
        await portal.TokenAsync("confirm", "ann@race.example");
        await ann.RegisterAsync("ann@race.example");
        var first = await portal.TokenAsync("confirm", "ann@race.example", mails: 2);
        await eve.RegisterAsync("ann@race.example", Fernhill.Other);
        await portal.TokenAsync("confirm", "ann@race.example", mails: 3);

        (await ann.ConfirmAsync(first)).ShouldLeadInto($"{ann.Base}/portal"); // whichever of the mails is opened

        using var later = portal.Visit(storefront);
        (await later.TypeAsync("ann@race.example", Fernhill.Other)).Text.ShouldContain("Incorrect email or password");
        (await later.TypeAsync("ann@race.example", Fernhill.Password)).Status.ShouldBe(HttpStatusCode.Redirect);
    }

    [Fact]
    public async Task A_taken_address_gets_a_mail_that_says_so_and_nothing_changes()
    {
        var storefront = await portal.FernhillAsync();
        await portal.AccountWithPasswordAsync(storefront, "ann@taken.example");
        using var eve = portal.Visit(storefront);

        (await eve.RegisterAsync("ann@taken.example", Fernhill.Other, "Eve")).Location.ShouldBe($"{eve.Base}/portal/mail-sent/register");

        var mail = (await portal.MailsAsync("ann@taken.example"))[0];
        mail.Subject.ShouldBe("You already have an account at Fernhill Water");
        mail.Text.ShouldContain($"{eve.Base}/portal/sign-in");
        (await portal.StateAsync(storefront, "ann@taken.example", "full_name")).ShouldBeNull();
        (await eve.TypeAsync("ann@taken.example", Fernhill.Other)).Text.ShouldContain("Incorrect email or password");
        (await eve.TypeAsync("ann@taken.example", Fernhill.Password)).Status.ShouldBe(HttpStatusCode.Redirect);
    }

    [Fact]
    public async Task An_imported_password_survives_the_first_sign_in_by_link()
    {
        var storefront = await portal.FernhillAsync();
        await portal.AccountWithPasswordAsync(storefront, "ann@import.example", state: "unproven", by: "import");
        using var ann = portal.Visit(storefront);
        await ann.SignInAsync("ann@import.example");

        (await ann.TypeAsync("ann@import.example", Fernhill.Password)).Status.ShouldBe(HttpStatusCode.Redirect);
    }

    [Fact]
    public async Task Fields_that_are_not_on_the_form_change_nothing()
    {
        var storefront = await portal.FernhillAsync();
        using var eve = portal.Visit(storefront);
        await eve.PostAsync("/portal/register", ("full_name", "Eve"), ("email", "eve@mass.example"), ("password", Fernhill.Password),
            ("state", "proven"), ("emailVerified", "true"), ("accountId", Guid.NewGuid().ToString()), ("password_by", "import"));
        await portal.TokenAsync("confirm", "eve@mass.example");

        (await portal.StateAsync(storefront, "eve@mass.example")).ShouldBe("unproven");
        (await portal.StateAsync(storefront, "eve@mass.example", "password_by")).ShouldBeNull();
    }

    [Theory]
    [InlineData("eleven char", "That password is too short: it needs at least 12 characters.")]
    [InlineData("P@ssw0rd1234567", "That password is among the first that attackers try.")]
    [InlineData("abcabcabcabcabc", "That password repeats itself")]
    [InlineData("qwertyuiop123456", "That password follows the alphabet or the keyboard")]
    [InlineData("FernhillWater2026", "That password is made of your address or of a name")]
    public async Task A_password_that_is_easily_guessed_is_refused_with_the_reason(string password, string reason)
    {
        var storefront = await portal.FernhillAsync();
        using var ann = portal.Visit(storefront);

        var answer = await ann.RegisterAsync("ann@weak.example", password);

        answer.Status.ShouldBe(HttpStatusCode.BadRequest);
        answer.Text.ShouldContain(reason);
        answer.Page.QuerySelector("#email")!.GetAttribute("value").ShouldBe("ann@weak.example");
        answer.Body.ShouldNotContain(password);
    }
}
