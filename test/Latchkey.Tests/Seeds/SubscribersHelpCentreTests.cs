using System.Net;
using System.Text.RegularExpressions;
using Latchkey.Features.SignIn.Staff;
using Latchkey.SignIn;
using Latchkey.Tests.Rig;

namespace Latchkey.Tests.Seeds;

/// <summary>Seed 004: a subscription shop with links and 4-digit codes.</summary>
public sealed partial class SubscribersHelpCentreTests(Portal portal) : IClassFixture<Portal>
{
    private Task<Business> OpenAsync() => Business.OpenAsync(portal, "subscription");

    [Fact]
    public async Task The_customer_has_no_valid_email_address_on_file()
    {
        var shop = await OpenAsync();
        (await shop.SendLinkAsync(await shop.ContactAsync(null, "+1 555 0160"))).ShouldBe(PortalLinkOutcome.NoAddress);
        (await shop.SendLinkAsync(await shop.ContactAsync("not an address"))).ShouldBe(PortalLinkOutcome.NoAddress);
    }

    [Fact]
    public async Task The_magic_link_expired_after_10_minutes_and_one_press_sends_another()
    {
        var shop = await OpenAsync();
        await shop.CustomerAsync("sue@ten.example");
        using var sue = shop.Visit();
        await sue.AskAsync("sue@ten.example");
        string token = await sue.TokenAsync("sue@ten.example");
        shop.Pass(TimeSpan.FromMinutes(10));
        var page = await sue.GetAsync($"/portal/link/{token}");
        page.Heading.ShouldBe("Link expired");
        (await sue.PressAsync(page)).Heading.ShouldBe("Check your mail");
        (await sue.RedeemAsync(await sue.TokenAsync("sue@ten.example", mails: 2))).Status.ShouldBe(HttpStatusCode.Redirect);
    }

    [Fact]
    public async Task A_magic_link_is_copied_for_a_customer_and_works_once_for_10_minutes()
    {
        var shop = await OpenAsync();
        var account = await shop.CustomerAsync("sue@copy.example");
        var (answer, link) = await shop.CopyLinkAsync(account);
        answer.Outcome.ShouldBe(StaffLinkOutcome.Made);
        using var sue = shop.Visit();
        (await sue.PressAsync(await sue.GetAsync(link!))).Heading.ShouldBe("Hi, Ann");

        var (_, late) = await shop.CopyLinkAsync(account);
        shop.Pass(TimeSpan.FromMinutes(10));
        using var other = shop.Visit();
        (await other.GetAsync(late!)).Heading.ShouldBe("Link expired");
    }

    [Fact]
    public async Task A_portal_link_never_expires_and_leads_to_the_portals_own_sign_in()
    {
        var shop = await OpenAsync();
        await shop.CustomerAsync("sue@portal.example");
        shop.Pass(TimeSpan.FromDays(400));
        using var sue = shop.Visit();
        var door = await sue.GetAsync("/portal");
        (await sue.GetAsync(door.Location!)).Heading.ShouldBe("Customer portal");
        (await sue.SignInAsync("sue@portal.example")).Heading.ShouldBe("Hi, Ann");
    }

    [Fact]
    public async Task The_same_mail_holds_a_four_digit_code_and_the_link()
    {
        var shop = await OpenAsync();
        await shop.CustomerAsync("sue@both.example");
        using var sue = shop.Visit();
        await sue.AskAsync("sue@both.example");
        string mail = (await portal.MailsAsync("sue@both.example"))[0].Text;
        Rig.Visit.TokenIn(mail).ShouldNotBeEmpty();
        string code = Code().Match(mail).Groups["code"].Value;
        (await sue.PostAsync("/portal/sign-in", ("code", code))).Status.ShouldBe(HttpStatusCode.Redirect);
        (await sue.GetAsync("/portal")).Heading.ShouldBe("Hi, Ann");
    }

    [Fact]
    public async Task A_code_that_is_ten_minutes_old_leads_on_to_another_one()
    {
        var shop = await OpenAsync();
        await shop.CustomerAsync("sue@oldcode.example");
        using var sue = shop.Visit();
        await sue.AskAsync("sue@oldcode.example");
        string code = Code().Match((await portal.MailsAsync("sue@oldcode.example"))[0].Text).Groups["code"].Value;
        shop.Pass(TimeSpan.FromMinutes(10));
        var refused = await sue.PostAsync("/portal/sign-in", ("code", code));
        var page = await sue.GetAsync(refused.Location!);
        page.Text.ShouldContain("That code is not right, or its time is over.");

        await sue.AskAsync("sue@oldcode.example");
        string fresh = Code().Match((await portal.MailsAsync("sue@oldcode.example", 2))[^1].Text).Groups["code"].Value;
        await sue.PostAsync("/portal/sign-in", ("code", fresh));
        (await sue.GetAsync("/portal")).Heading.ShouldBe("Hi, Ann");
    }

    [GeneratedRegex("^(?<code>[0-9]{4})\r?$", RegexOptions.ExplicitCapture | RegexOptions.Multiline, 1000)]
    private static partial Regex Code();
}
