using Latchkey.Platform.Staff;
using Latchkey.Tests.Features.Passwords;
using Latchkey.Tests.Rig;
using Latchkey.Tests.Seeds;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Latchkey.Tests.Browser;

/// <summary>What both sides of a call do with the mouse. Each returns how often they pressed.</summary>
internal sealed class CallSteps(Portal portal, BrowserVisit desk, BrowserVisit customer)
{
    /// <summary>Staff type what the caller says and press Enter, which shows the cause.</summary>
    public async Task TypeAsync(Business business, CallRow row)
    {
        using var staff = await portal.StaffVisitAsync(business.Storefront.OrganizationId, StaffRole.Manager);
        await SitDownAsync(desk, staff);
        await desk.Page.GotoAsync("/console/why");
        await desk.Page.Locator("#address").FillAsync(row.Typed);
        await desk.Page.Locator("#address").PressAsync("Enter");
        await Expect(desk.Page.Locator($".verdict[data-cause={row.Cause}]")).ToBeVisibleAsync(new() { Timeout = 20_000 });
        portal.Clock.Advance(TimeSpan.FromSeconds(2));
    }

    /// <summary>The verdict's button.</summary>
    public async Task<int> PressAsync(CallRow row)
    {
        if (row.NewAddress is { } address) await desk.Page.Locator("#new-0").FillAsync(address);
        await desk.Page.Locator(".verdict button.primary").ClickAsync();
        await DoneAsync();
        return 1;
    }

    /// <summary>There is no button: the customer does it, and staff say so.</summary>
    public async Task<int> TellAsync()
    {
        await Expect(desk.Page.Locator(".verdict button")).ToHaveCountAsync(0);
        return 0;
    }

    /// <summary>Staff ask for it, and somebody of Support opens the request and approves it.</summary>
    public async Task<int> AskSupportAsync(Business business)
    {
        await desk.Page.Locator(".verdict a.primary").ClickAsync();
        await desk.Page.Locator("#reason").FillAsync("They called from the number on file.");
        await desk.Page.Locator("form:has(#reason) button.primary").ClickAsync();
        await DoneAsync();
        using var support = await portal.StaffVisitAsync(business.Storefront.OrganizationId, StaffRole.Support);
        await SitDownAsync(desk, support);
        await desk.Page.GotoAsync("/console/approvals");
        await desk.Page.Locator("table.list a").First.ClickAsync();
        await desk.Page.Locator("form:has(#note) button.primary").ClickAsync();
        await DoneAsync();
        return 4;
    }

    /// <summary>Opens the link of the newest mail, and presses the button of its page.</summary>
    public async Task<int> FollowAsync(Business business, CallRow row)
    {
        await customer.Page.GotoAsync($"/s/{business.Storefront.Slug}/portal/link/{await TokenAsync(row)}");
        await customer.Page.Locator("main button.primary").ClickAsync();
        return 2;
    }

    /// <summary>Asks where they were told to, and opens the mail in the same browser: its page goes on by itself.</summary>
    public async Task<int> AskAndFollowAsync(Business business, CallRow row)
    {
        string slug = business.Storefront.Slug;
        await customer.Page.GotoAsync($"/s/{slug}/portal/sign-in");
        await customer.Page.Locator("#email").FillAsync(row.Email ?? row.Typed);
        await customer.Page.Locator("main button.primary").First.ClickAsync();
        await customer.Page.WaitForURLAsync("**/check-mail*");
        await customer.Page.GotoAsync($"/s/{slug}/portal/link/{await TokenAsync(row)}");
        return 2;
    }

    /// <summary>Opens the link of the mail, types a new password, and signs in with it.</summary>
    public async Task<int> SetPasswordAsync(Business business, CallRow row)
    {
        await customer.Page.GotoAsync($"/s/{business.Storefront.Slug}/portal/reset/{await portal.TokenAsync("reset", row.Typed, row.Mails)}");
        await customer.Page.Locator("#password").FillAsync(Fernhill.Other);
        await customer.Page.Locator("main button.primary").ClickAsync();
        await customer.Page.Locator("#email").FillAsync(row.Typed);
        await customer.Page.Locator("#password").FillAsync(Fernhill.Other);
        await customer.Page.Locator("main button.primary").ClickAsync();
        return 3;
    }

    /// <summary>Opens the link of the mail in this browser, where the password is typed once more.</summary>
    public async Task<int> ConfirmAsync(Business business, CallRow row)
    {
        await customer.Page.GotoAsync($"/s/{business.Storefront.Slug}/portal/confirm/{await portal.TokenAsync("confirm", row.Typed, row.Mails)}");
        await customer.Page.Locator("#password").FillAsync(Fernhill.Password);
        await customer.Page.Locator("main button.primary").First.ClickAsync();
        return 2;
    }

    /// <summary>The customer, who is signed in, looks at the portal once more.</summary>
    public async Task<int> LookAgainAsync(Business business, string rental)
    {
        await customer.Page.GotoAsync($"/s/{business.Storefront.Slug}/portal");
        await Expect(customer.Page.GetByText(rental).First).ToBeVisibleAsync();
        return 0;
    }

    /// <summary>The customer signs in, and sees no rental.</summary>
    public async Task ComeInAsync(Business business, string email)
    {
        using var ann = business.Visit();
        (await ann.SignInAsync(email)).Text.ShouldContain("You have no active rental.");
        await SitDownAsync(customer, ann);
    }

    public static Task GreetedAsync(BrowserVisit customer) => Expect(customer.Page.GetByRole(AriaRole.Heading, new() { Name = "Hi, Ann" })).ToBeVisibleAsync();

    private Task DoneAsync() => Expect(desk.Page.Locator(".notice.success[role=status]").First).ToBeVisibleAsync();

    private async Task<string> TokenAsync(CallRow row) => Visit.TokenIn((await portal.MailsAsync(row.MailTo ?? row.NewAddress ?? row.Email ?? row.Typed, row.Mails))
        .Last(m => m.Text.Contains("/portal/link/", StringComparison.Ordinal)).Text);

    private async Task SitDownAsync(BrowserVisit browser, Visit somebody)
    {
        await browser.Context.ClearCookiesAsync();
        await browser.Context.AddCookiesAsync(somebody.Cookies.GetAllCookies().Where((System.Net.Cookie c) => !c.Expired)
            .Select(c => new Cookie { Name = c.Name, Value = c.Value, Domain = portal.Url.Host, Path = c.Path, HttpOnly = c.HttpOnly }));
    }
}
