using Latchkey.Features.Contacts;
using Latchkey.Platform.Staff;
using Latchkey.SignIn;
using Latchkey.SignIn.Diagnosis;
using Latchkey.Tests.Features.Passwords;
using Latchkey.Tests.Platform.Mail.Rig;
using Latchkey.Tests.Rig;
using Latchkey.Tests.Seeds;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Latchkey.Tests.Browser;

/// <summary>
/// The tables of the help centres and their six steps, from what the caller says to the customer signed in, with the mouse of both: staff
/// type and press Enter, press the button; the customer opens the mail's link and goes on. Every press counts.
/// </summary>
[Trait("Engine", "none")]
public sealed class FromTheCallToSignedInTests(Rig.Browser browser, Portal portal, ITestOutputHelper output) : IClassFixture<Portal>
{
    [Fact]
    public async Task Every_row_of_the_help_centres_ends_with_the_customer_signed_in_in_three_clicks_at_the_median()
    {
        var clicks = new List<int>();
        Business? boats = null;
        var look = BrowserLook.Desktop with { BaseUrl = portal.Url.ToString() };
        await using var desk = await browser.VisitAsync(look);
        await using var customer = await browser.VisitAsync(look);
        foreach (var row in new Row[]
        {
            new("000 step 1: no account yet", SignInPolicy.Storage, Cause.NoAccountYet, "ann@row1.example", async b => await b.ContactAsync("ann@row1.example")),
            new("000 step 1: never received a link", SignInPolicy.Storage, Cause.NeverSentLink, "ann@row2.example", b => b.CustomerAsync("ann@row2.example")),
            new("000 step 2: another address than on the record", SignInPolicy.Storage, Cause.OtherAddressOnRecord, "ann.archer@row3.example", OtherAddressAsync) { NewAddress = "ann.archer@row3.example", Mails = 2 },
            new("000 step 3: the mail failed", SignInPolicy.Storage, Cause.MailRejected, "ann@row4.example", RefusedAsync) { NewAddress = "ann@row4works.example", Mails = 2 },
            new("000 step 4: in the spam folder", SignInPolicy.Storage, Cause.NotOpened, "ann@row5.example", b => AskedAsync(b, "ann@row5.example")) { Mails = 2 },
            new("000 step 5: clicked too late", SignInPolicy.Storage, Cause.LinkExpired, "ann@row6.example", b => LateAsync(b, "ann@row6.example")) { Mails = 2 },
            new("000 step 5: an old link, used already", SignInPolicy.Storage, Cause.LinkUsed, "ann@row7.example", UsedAsync) { Mails = 2 },
            new("000 step 6: too many requests", SignInPolicy.Storage, Cause.TooManyRequests, "ann@row8.example", OftenAsync) { Customer = AskAndFollowAsync, Mails = 6 },
            new("000: on the wrong storefront", SignInPolicy.Storage, Cause.WrongStorefront, "ann@row9.example", async b => boats = await ElsewhereAsync(b)) { Customer = (c, _, r) => AskAndFollowAsync(c, boats!, r), HasButton = false },
            new("000: changed address, wants the old account", SignInPolicy.Storage, Cause.AddressChanged, "ann@row10.example", ChangedAsync) { MailTo = "ann@row10new.example", Mails = 2 },
            new("002: incorrect password", Fernhill.Policy, Cause.WrongPassword, "ann@row11.example", WrongPasswordAsync) { Customer = SetPasswordAsync },
            new("002: the browser forgets the sign-in", SignInPolicy.Storage, Cause.CookieNotKept, "ann@row12.example", ForgetfulAsync) { Customer = AskAndFollowAsync, HasButton = false, Mails = 2 },
            new("003: a slip in the address", SignInPolicy.Membership, Cause.AddressMistyped, "anm.archer@row13.example", async b => await b.CustomerAsync("ann.archer@row13.example")) { MailTo = "ann.archer@row13.example" },
            new("003: opened on the phone, not confirmed", SignInPolicy.Membership, Cause.ConfirmationNotPressed, "ann@row14.example", UnpressedAsync) { Mails = 2 },
            new("003: sessions revoked", SignInPolicy.Membership, Cause.SessionsRevoked, "ann@row15.example", RevokedAsync) { Mails = 2 },
            new("004: no valid address on file", SignInPolicy.Subscription, Cause.NoValidAddress, "Ann Arch", async b => await b.ContactAsync("ann-at-row16")) { NewAddress = "ann@row16.example" },
            new("004: the link expired", SignInPolicy.Subscription, Cause.LinkExpired, "ann@row17.example", b => LateAsync(b, "ann@row17.example")) { Mails = 2 },
        })
        {
            await desk.Context.ClearCookiesAsync();
            await customer.Context.ClearCookiesAsync();
            clicks.Add(await WalkAsync(row, desk, customer));
            output.WriteLine($"{clicks[^1]} clicks  {row.Name}");
        }
        clicks.Order().ElementAt(clicks.Count / 2).ShouldBeLessThanOrEqualTo(3);
    }

    private async Task<int> WalkAsync(Row row, BrowserVisit desk, BrowserVisit customer)
    {
        var business = new Business(portal, await portal.StorefrontAsync(row.Policy));
        await row.Meet(business);
        portal.Sink.On(Moment.Rcpt, ServerAct.Behave);
        using var staff = await portal.StaffVisitAsync(business.Storefront.OrganizationId, StaffRole.Manager);
        await desk.Context.AddCookiesAsync(staff.Cookies.GetAllCookies().Where((System.Net.Cookie c) => !c.Expired)
            .Select(c => new Cookie { Name = c.Name, Value = c.Value, Domain = portal.Url.Host, Path = c.Path, HttpOnly = c.HttpOnly }));
        int clicks = 0;
        await desk.Page.GotoAsync("/console/why");
        await desk.Page.Locator("#address").FillAsync(row.Typed);
        await desk.Page.Locator("#address").PressAsync("Enter");
        await Expect(desk.Page.Locator($".verdict[data-cause={row.Cause}]")).ToBeVisibleAsync(new() { Timeout = 20_000 });
        portal.Clock.Advance(TimeSpan.FromSeconds(2));
        if (row.NewAddress is { } address) await desk.Page.Locator("#new-0").FillAsync(address);
        if (row.HasButton)
        {
            await desk.Page.Locator(".verdict button.primary").ClickAsync();
            clicks++;
            await Expect(desk.Page.Locator(".notice.success[role=status]").First).ToBeVisibleAsync();
        }
        portal.Clock.Advance(TimeSpan.FromSeconds(2));
        clicks += await (row.Customer ?? FollowAsync)(customer, business, row);
        await Expect(customer.Page.GetByRole(AriaRole.Heading, new() { Name = "Hi, Ann" })).ToBeVisibleAsync();
        return clicks;
    }

    /// <summary>Opens the link of the newest mail, and presses the button of its page.</summary>
    private async Task<int> FollowAsync(BrowserVisit customer, Business business, Row row)
    {
        await customer.Page.GotoAsync($"/s/{business.Storefront.Slug}/portal/link/{await TokenAsync(row)}");
        await customer.Page.Locator("main button.primary").ClickAsync();
        return 2;
    }

    /// <summary>Asks where they were told to, and opens the mail in the same browser: its page goes on by itself.</summary>
    private async Task<int> AskAndFollowAsync(BrowserVisit customer, Business business, Row row)
    {
        string slug = business.Storefront.Slug;
        await customer.Page.GotoAsync($"/s/{slug}/portal/sign-in");
        await customer.Page.Locator("#email").FillAsync(row.Typed);
        await customer.Page.Locator("main button.primary").ClickAsync();
        await customer.Page.WaitForURLAsync("**/check-mail*");
        await customer.Page.GotoAsync($"/s/{slug}/portal/link/{await TokenAsync(row)}");
        return 2;
    }

    private async Task<int> SetPasswordAsync(BrowserVisit customer, Business business, Row row)
    {
        await customer.Page.GotoAsync($"/s/{business.Storefront.Slug}/portal/reset/{await portal.TokenAsync("reset", row.Typed)}");
        await customer.Page.Locator("#password").FillAsync(Fernhill.Other);
        await customer.Page.Locator("main button.primary").ClickAsync();
        await customer.Page.Locator("#email").FillAsync(row.Typed);
        await customer.Page.Locator("#password").FillAsync(Fernhill.Other);
        await customer.Page.Locator("main button.primary").ClickAsync();
        return 3;
    }

    private async Task<string> TokenAsync(Row row) => Visit.TokenIn((await portal.MailsAsync(row.MailTo ?? row.NewAddress ?? row.Typed, row.Mails))
        .Last(m => m.Text.Contains("/portal/link/", StringComparison.Ordinal)).Text);

    private static async Task AskedAsync(Business business, string email)
    {
        await business.CustomerAsync(email);
        using var ann = business.Visit();
        await ann.AskAsync(email);
        await business.SettleAsync();
    }

    private static async Task OtherAddressAsync(Business business)
    {
        await business.CustomerAsync("archer77@row3.example");
        using var ann = business.Visit();
        await ann.SignInAsync("archer77@row3.example");
        business.Pass(TimeSpan.FromDays(1));
        await ann.AskAsync("ann.archer@row3.example");
        await business.SettleAsync();
    }

    private async Task RefusedAsync(Business business)
    {
        portal.Sink.On(Moment.Rcpt, ServerAct.Say("550 5.1.1 No such user"));
        await AskedAsync(business, "ann@row4.example");
        await portal.RowAsync("ann@row4.example", r => r.State == "failed");
    }

    private static async Task LateAsync(Business business, string email)
    {
        await AskedAsync(business, email);
        using var ann = business.Visit();
        string token = await ann.TokenAsync(email);
        business.Pass(business.Storefront.Policy.LinkLifetime);
        await ann.GetAsync($"/portal/link/{token}");
    }

    private static async Task UsedAsync(Business business)
    {
        await business.CustomerAsync("ann@row7.example");
        using var ann = business.Visit();
        await ann.SignInAsync("ann@row7.example");
        business.Pass(TimeSpan.FromMinutes(1));
        using var phone = business.Visit();
        await phone.GetAsync($"/portal/link/{await ann.TokenAsync("ann@row7.example")}");
    }

    private static async Task OftenAsync(Business business)
    {
        await business.CustomerAsync("ann@row8.example");
        for (int i = 0; i < 6; i++)
        {
            using var ann = business.Visit();
            await ann.AskAsync("ann@row8.example");
        }
        await business.SettleAsync();
    }

    /// <summary>The business has another storefront, and they are a customer of that one.</summary>
    private static async Task<Business> ElsewhereAsync(Business business)
    {
        await business.CustomerAsync("bob@row9.example");
        using var ann = business.Visit();
        await ann.AskAsync("ann@row9.example");
        await business.SettleAsync();
        var boats = await business.SisterAsync("Riverbend Boats");
        await boats.CustomerAsync("ann@row9.example");
        return boats;
    }

    private async Task ChangedAsync(Business business)
    {
        await business.CustomerAsync("ann@row10.example");
        using var ann = business.Visit();
        await ann.SignInAsync("ann@row10.example");
        var contact = await portal.ScalarAsync<object>("select id from contact where organization_id = @OrganizationId", new { business.Storefront.OrganizationId });
        (await portal.Services.GetRequiredService<CorrectAddress>().RunAsync(business.Storefront, contact as Guid? ?? Guid.Parse((string)contact), "ann@row10new.example", "Max", TestContext.Current.CancellationToken))
            .ShouldBe(CorrectAddressOutcome.Corrected);
        business.Pass(TimeSpan.FromMinutes(1));
        await ann.AskAsync("ann@row10.example");
        await business.SettleAsync();
    }

    private async Task WrongPasswordAsync(Business business)
    {
        await portal.AccountWithPasswordAsync(business.Storefront, "ann@row11.example");
        using var ann = business.Visit();
        await ann.TypeAsync("ann@row11.example", "wrong and wrong again");
    }

    private static async Task ForgetfulAsync(Business business)
    {
        await AskedAsync(business, "ann@row12.example");
        using var ann = business.Visit();
        var inside = await ann.RedeemAsync(await ann.TokenAsync("ann@row12.example"));
        ann.DropCookies();
        await ann.OpenAsync((await ann.OpenAsync(inside.Location!)).Location!);
    }

    private static async Task UnpressedAsync(Business business)
    {
        await AskedAsync(business, "ann@row14.example");
        using var phone = business.Visit();
        await phone.GetAsync($"/portal/link/{await phone.TokenAsync("ann@row14.example")}");
    }

    private static async Task RevokedAsync(Business business)
    {
        var account = await business.CustomerAsync("ann@row15.example");
        using var ann = business.Visit();
        await ann.SignInAsync("ann@row15.example");
        await business.RevokeSessionsAsync(account);
    }

    /// <param name="Name">Which help centre, and which row.</param>
    /// <param name="Policy">The vertical.</param>
    /// <param name="Cause">What the page must name.</param>
    /// <param name="Typed">What the caller says.</param>
    /// <param name="Meet">Brings the symptom about.</param>
    private sealed record Row(string Name, SignInPolicy Policy, Cause Cause, string Typed, Func<Business, Task> Meet)
    {
        public string? NewAddress { get; init; }
        /// <summary>Where the mail goes, when it is neither the new address nor what was typed.</summary>
        public string? MailTo { get; init; }
        /// <summary>Mails there will be then.</summary>
        public int Mails { get; init; } = 1;
        public bool HasButton { get; init; } = true;
        public Func<BrowserVisit, Business, Row, Task<int>>? Customer { get; init; }
    }
}
