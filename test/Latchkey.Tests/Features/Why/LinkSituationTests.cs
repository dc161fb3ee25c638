using Latchkey.SignIn;
using Latchkey.SignIn.Diagnosis;
using Latchkey.Tests.Rig;
using Latchkey.Tests.Seeds;

namespace Latchkey.Tests.Features.Why;

/// <summary>What is wrong with the link, the code or the browser.</summary>
public sealed class LinkSituationTests(LinkSituationTests.BehindAProxy portal) : IClassFixture<LinkSituationTests.BehindAProxy>
{
    [Fact]
    public async Task Link_expired_before_the_click()
    {
        var (business, desk) = await OpenAsync("ann@expired.example", SignInPolicy.Storage);
        using var _ = desk;
        using var ann = business.Visit();
        await ann.AskAsync("ann@expired.example");
        string token = await ann.TokenAsync("ann@expired.example");
        business.Pass(TimeSpan.FromHours(1));
        await ann.GetAsync($"/portal/link/{token}");
        await desk.PressAsync(await desk.VerdictAsync("ann@expired.example", Cause.LinkExpired));
        await desk.ShouldGetInAsync("ann@expired.example", mails: 2);
    }

    [Fact]
    public async Task Link_already_used_and_found_by_the_help_code_of_its_page()
    {
        var (business, desk) = await OpenAsync("ann@usedlink.example", SignInPolicy.Storage);
        using var _ = desk;
        using var ann = business.Visit();
        await ann.SignInAsync("ann@usedlink.example");
        business.Pass(TimeSpan.FromMinutes(1));
        using var phone = business.Visit();
        var said = await phone.GetAsync($"/portal/link/{await ann.TokenAsync("ann@usedlink.example")}");
        var page = await desk.VerdictAsync(said.HelpCode!, Cause.LinkUsed);
        await desk.PressAsync(page);
        await desk.ShouldGetInAsync("ann@usedlink.example", mails: 2);
    }

    [Fact]
    public async Task Opened_from_another_network_under_IP_binding()
    {
        var (business, desk) = await OpenAsync("ann@network.example", SignInPolicy.Membership with { BindIp = true });
        using var _ = desk;
        using var ann = business.Visit();
        ann.Http.DefaultRequestHeaders.Add("X-Forwarded-For", "198.51.100.7");
        await ann.AskAsync("ann@network.example");
        string token = await ann.TokenAsync("ann@network.example");
        ann.Http.DefaultRequestHeaders.Remove("X-Forwarded-For");
        ann.Http.DefaultRequestHeaders.Add("X-Forwarded-For", "203.0.113.9");
        (await ann.GetAsync($"/portal/link/{token}")).Heading.ShouldBe("You are on another network");
        await desk.PressAsync(await desk.VerdictAsync("ann@network.example", Cause.OtherNetwork));
        await desk.ShouldGetInAsync("ann@network.example", mails: 2);
    }

    [Fact]
    public async Task Cross_device_confirmation_not_pressed()
    {
        var (business, desk) = await OpenAsync("ann@unpressed.example", SignInPolicy.Storage);
        using var _ = desk;
        using var ann = business.Visit();
        await ann.AskAsync("ann@unpressed.example");
        using var phone = business.Visit();
        await phone.GetAsync($"/portal/link/{await ann.TokenAsync("ann@unpressed.example")}");
        await desk.PressAsync(await desk.VerdictAsync("ann@unpressed.example", Cause.ConfirmationNotPressed));
        await desk.ShouldGetInAsync("ann@unpressed.example", mails: 2);
    }

    [Theory]
    [InlineData(OtherBrowser.Match)]
    [InlineData(OtherBrowser.Refuse)]
    public async Task Opened_in_another_browser_where_the_policy_wants_more_than_a_button(OtherBrowser otherBrowser)
    {
        string email = $"ann@{otherBrowser}.example".ToLowerInvariant();
        var (business, desk) = await OpenAsync(email, SignInPolicy.New with { OtherBrowser = otherBrowser });
        using var _ = desk;
        using var ann = business.Visit();
        await ann.AskAsync(email);
        string token = await ann.TokenAsync(email);
        using var phone = business.Visit();
        await phone.GetAsync($"/portal/link/{token}");
        for (int i = 0; i < SignInLinks.MostNumbers; i++) await phone.PostAsync("/portal/link", ("token", token), ("number", "no"));
        await desk.PressAsync(await desk.VerdictAsync(email, Cause.ConfirmationNotPressed));
        await desk.ShouldGetInAsync(email, mails: 2);
    }

    [Theory]
    [InlineData(1, 0, Cause.CodeWrong)]
    [InlineData(5, 0, Cause.CodeLocked)]
    [InlineData(1, 11, Cause.CodeExpired)]
    public async Task A_code_that_does_not_sign_in(int times, int minutesLater, Cause cause)
    {
        string email = $"ann@{cause}.example".ToLowerInvariant();
        var (business, desk) = await OpenAsync(email, SignInPolicy.New);
        using var _ = desk;
        using var ann = business.Visit();
        await ann.AskAsync(email);
        await portal.MailsAsync(email);
        business.Pass(TimeSpan.FromMinutes(minutesLater));
        for (int i = 0; i < times; i++) await ann.PostAsync("/portal/sign-in", ("code", "000"));
        await desk.PressAsync(await desk.VerdictAsync(email, cause));
        await desk.ShouldGetInAsync(email, mails: 2);
    }

    [Fact]
    public async Task Cookie_not_kept_by_the_browser()
    {
        var (business, desk) = await OpenAsync("ann@nocookies.example", SignInPolicy.Storage);
        using var _ = desk;
        using var ann = business.Visit();
        await ann.AskAsync("ann@nocookies.example");
        var inside = await ann.RedeemAsync(await ann.TokenAsync("ann@nocookies.example"));
        ann.DropCookies();
        await ann.OpenAsync((await ann.OpenAsync(inside.Location!)).Location!);
        (await desk.VerdictAsync("ann@nocookies.example", Cause.CookieNotKept)).Page.QuerySelector(".verdict")!.TextContent.ShouldContain("Tell them how to allow cookies.");
        business.Pass(TimeSpan.FromMinutes(1));
        (await ann.SignInAsync("ann@nocookies.example", mails: 2)).Heading.ShouldBe("Hi, Ann"); // now they are allowed
    }

    [Fact]
    public async Task Session_expired_and_sessions_revoked()
    {
        var (business, desk) = await OpenAsync("ann@sessions.example", SignInPolicy.Storage);
        using var _ = desk;
        using var ann = business.Visit();
        await ann.SignInAsync("ann@sessions.example");
        (await desk.VerdictAsync("ann@sessions.example", Cause.NothingWrong)).Text.ShouldContain("Nothing is wrong: they signed in.");
        var account = await portal.ScalarAsync<object>("select account_id from session where organization_id = @OrganizationId", new { business.Storefront.OrganizationId });
        await business.RevokeSessionsAsync(account as Guid? ?? Guid.Parse((string)account));
        await desk.PressAsync(await desk.VerdictAsync("ann@sessions.example", Cause.SessionsRevoked));
        await desk.ShouldGetInAsync("ann@sessions.example", mails: 2);
        await desk.VerdictAsync("ann@sessions.example", Cause.NothingWrong);
        business.Pass(TimeSpan.FromHours(25));
        using var later = await Desk.OpenAsync(portal, business.Storefront);
        await later.PressAsync(await later.VerdictAsync("ann@sessions.example", Cause.SessionExpired));
        await later.ShouldGetInAsync("ann@sessions.example", mails: 3);
    }

    [Fact]
    public async Task A_damaged_link_and_a_browser_without_cookies_by_the_help_codes_of_their_pages()
    {
        var (business, desk) = await OpenAsync("ann@codes.example", SignInPolicy.Storage);
        using var _ = desk;
        using var ann = business.Visit();
        await desk.VerdictAsync((await ann.GetAsync("/portal/link/abc")).HelpCode!, Cause.LinkDamaged);
        using var bare = business.Visit();
        await desk.VerdictAsync((await bare.GetAsync("/portal/sign-in/cookies")).HelpCode!, Cause.CookiesOff);
    }

    private async Task<(Business, Desk)> OpenAsync(string email, SignInPolicy policy)
    {
        var business = new Business(portal, await portal.StorefrontAsync(policy));
        await business.CustomerAsync(email);
        return (business, await Desk.OpenAsync(portal, business.Storefront));
    }

    public sealed class BehindAProxy : Portal
    {
        protected override IEnumerable<string> Settings => ["--Latchkey:TrustedProxies=127.0.0.1"];
    }
}
