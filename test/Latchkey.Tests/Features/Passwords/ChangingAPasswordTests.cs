using System.Net;
using Latchkey.Tests.Rig;

namespace Latchkey.Tests.Features.Passwords;

public sealed class ChangingAPasswordTests(Portal portal) : IClassFixture<Portal>
{
    [Fact]
    public async Task Signs_out_every_other_device_and_tells_the_holder()
    {
        var storefront = await portal.FernhillAsync();
        await portal.AccountWithPasswordAsync(storefront, "ann@change.example");
        using var phone = portal.Visit(storefront);
        await phone.TypeAsync("ann@change.example", Fernhill.Password);
        using var laptop = portal.Visit(storefront);
        await laptop.TypeAsync("ann@change.example", Fernhill.Password);

        (await laptop.GetAsync("/portal/account/password")).Heading.ShouldBe("Change your password");
        (await laptop.PostAsync("/portal/account/password", ("password", "short"))).Text.ShouldContain("too short");
        (await laptop.PostAsync("/portal/account/password", ("password", Fernhill.Other))).Status.ShouldBe(HttpStatusCode.Redirect);

        (await laptop.IsSignedInAsync()).ShouldBeTrue();
        (await phone.IsSignedInAsync()).ShouldBeFalse();
        (await portal.MailsAsync("ann@change.example"))[0].Subject.ShouldBe("Your password for Fernhill Water was changed");
        (await phone.TypeAsync("ann@change.example", Fernhill.Password)).Text.ShouldContain("Incorrect email or password");
        (await phone.TypeAsync("ann@change.example", Fernhill.Other)).Status.ShouldBe(HttpStatusCode.Redirect);
    }

    [Fact]
    public async Task Removing_it_leaves_the_link()
    {
        var storefront = await portal.FernhillAsync();
        await portal.AccountWithPasswordAsync(storefront, "ann@remove.example");
        using var ann = portal.Visit(storefront);
        await ann.TypeAsync("ann@remove.example", Fernhill.Password);

        await ann.PressAsync(await ann.GetAsync("/portal/account/password"), "Remove the password");

        (await ann.GetAsync("/portal/account/password")).Heading.ShouldBe("Set a password");
        using var other = portal.Visit(storefront);
        (await other.TypeAsync("ann@remove.example", Fernhill.Password)).Text.ShouldContain("Incorrect email or password");
        await other.SignInAsync("ann@remove.example", mails: 2);
    }

    [Fact]
    public async Task Needs_a_sign_in_of_the_last_quarter_of_an_hour()
    {
        var storefront = await portal.FernhillAsync();
        await portal.AccountWithPasswordAsync(storefront, "ann@stale.example");
        using var ann = portal.Visit(storefront);
        await ann.TypeAsync("ann@stale.example", Fernhill.Password);
        portal.Clock.Advance(TimeSpan.FromMinutes(15));

        (await ann.GetAsync("/portal/account/password")).Location.ShouldBe($"{ann.Base}/portal/account/confirm?next=password");
        (await ann.PostAsync("/portal/account/password", ("password", Fernhill.Other))).Location.ShouldBe($"{ann.Base}/portal/account/confirm?next=password");
        (await ann.PostAsync("/portal/account/password?handler=Remove")).Location.ShouldBe($"{ann.Base}/portal/account/confirm?next=password");
        (await ann.TypeAsync("ann@stale.example", Fernhill.Password)).Status.ShouldBe(HttpStatusCode.Redirect);
    }

    [Fact]
    public async Task Needs_somebody_who_is_signed_in()
    {
        var storefront = await portal.FernhillAsync();
        using var eve = portal.Visit(storefront);

        (await eve.PostAsync("/portal/account/password", ("password", Fernhill.Other))).Location.ShouldBe($"{eve.Base}/portal/sign-in");
    }
}
