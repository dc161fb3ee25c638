using Latchkey.Platform.Tenancy;
using Latchkey.SignIn;
using Latchkey.Tests.Features.Contacts;
using Latchkey.Tests.Rig;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Latchkey.Tests.Browser;

/// <summary>The team's work with customers as they see it: by keyboard, on a phone, while a mail is on its way.</summary>
[Trait("Engine", "none")]
public sealed class ContactsInABrowserTests(Rig.Browser browser, Portal portal) : IClassFixture<Portal>
{
    [Fact]
    public async Task A_contact_is_found_and_opened_by_keyboard_alone()
    {
        var storefront = await portal.StorefrontAsync();
        await portal.ContactAsync(storefront, "Ann Archer", "ann@keys.example");
        await portal.ContactAsync(storefront, "Bob Baker", "bob@keys.example");
        await using var staff = await StaffAsync(storefront);
        await staff.Page.GotoAsync("/console/contacts");

        await staff.Page.Keyboard.PressAsync("/");
        await staff.Page.Keyboard.TypeAsync("keys.example");
        await staff.Page.Keyboard.PressAsync("Enter");
        await Expect(staff.Page).ToHaveURLAsync(new Uri(portal.Url, "/console/contacts?q=keys.example").ToString());
        await staff.Page.Keyboard.PressAsync("j");
        await staff.Page.Keyboard.PressAsync("j");
        await staff.Page.Keyboard.PressAsync("Enter");

        await Expect(staff.Page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToContainTextAsync("Bob Baker");
    }

    [Fact]
    public async Task What_became_of_the_link_changes_on_the_page_by_itself()
    {
        var storefront = await portal.StorefrontAsync();
        var contact = await portal.ContactAsync(storefront, "Dora Dean", "dora@live.example");
        await using var staff = await StaffAsync(storefront);
        await staff.Page.GotoAsync($"/console/contacts/{contact}");

        await staff.Page.GetByRole(AriaRole.Button, new() { Name = "Send sign-in link" }).ClickAsync();
        await Expect(staff.Page.GetByText("The mail server has taken it.")).ToBeVisibleAsync(new() { Timeout = 20_000 });
        await portal.ExecuteAsync("update mail set delivery = 'bounced', delivery_reason = 'The mailbox is full.' where to_address = 'dora@live.example'");

        await Expect(staff.Page.GetByText("The mailbox is full.").First).ToBeVisibleAsync(new() { Timeout = 20_000 });
        await Expect(staff.Page.Locator(".outcome").GetByText("Failed")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Without_JavaScript_a_link_is_sent_and_a_record_edited()
    {
        var storefront = await portal.StorefrontAsync();
        var contact = await portal.ContactAsync(storefront, "Dora Dean", "dora@plain.example");
        await using var staff = await StaffAsync(storefront, BrowserLook.Phone with { JavaScript = false });
        await staff.Page.GotoAsync($"/console/contacts/{contact}");

        await staff.Page.GetByRole(AriaRole.Button, new() { Name = "Send sign-in link" }).ClickAsync();
        await Expect(staff.Page.GetByRole(AriaRole.Heading, new() { Name = "The link you sent" })).ToBeVisibleAsync();
        await staff.Page.GetByRole(AriaRole.Link, new() { Name = "Edit" }).ClickAsync();
        await staff.Page.GetByLabel("Full name").FillAsync("Dora Smith");
        await staff.Page.GetByRole(AriaRole.Button, new() { Name = "Save changes" }).ClickAsync();

        await Expect(staff.Page.GetByText("Your changes are saved.")).ToBeVisibleAsync();
    }

    [Theory, Trait("Category", "Screens")]
    [InlineData(320, ColorScheme.Light)]
    [MemberData(nameof(Looks.All), MemberType = typeof(Looks))]
    public async Task Every_page_is_accessible_and_fits(int width, ColorScheme scheme)
    {
        var name = $"{width}-{scheme}".ToLowerInvariant();
        var storefront = await portal.StorefrontAsync(SignInPolicy.Subscription);
        var facility = await portal.FacilityAsync(storefront, "Riverside");
        var account = await portal.AccountAsync(storefront, $"ann@{name}.example");
        var ann = await portal.ContactOfAsync(account);
        await portal.SubscriptionAsync(storefront, ann, facility, "Morning blend");
        await portal.ExecuteAsync("update contact set facility_id = @facility, phone = '+1 555 0142' where id = @ann", new { facility, ann });
        await portal.AccountAsync(storefront, $"bob@{name}.example", "Bob Baker", "unproven");
        await portal.AccountAsync(storefront, $"carl@{name}.example", "Carl Cole", "disabled");
        var dora = await portal.ContactAsync(storefront, "Dora Dean", $"dora@{name}.example");
        await portal.ExecuteAsync("insert into suppression (organization_id, channel, address, reason, created_at) values (@OrganizationId, 'email', @to, 'bounced', @now)",
            new { storefront.OrganizationId, to = $"dora@{name}.example", now = portal.Clock.GetUtcNow() });
        using (var customer = portal.Visit(storefront))
        {
            await customer.AskAsync($"ann@{name}.example");
            await portal.SettleAsync();
        }
        await using var staff = await StaffAsync(storefront, BrowserLook.Desktop with { Width = width, ColorScheme = scheme });

        await ShowAsync("contacts", "/console/contacts");
        await ShowAsync("contacts-nothing", "/console/contacts?q=nobody");
        await ShowAsync("customers", "/console/customers");
        await ShowAsync("subscriptions", "/console/subscriptions");
        await ShowAsync("contact-edit", $"/console/contacts/{ann}/edit");
        await staff.Page.GetByLabel("Email").FillAsync($"bob@{name}.example");
        await staff.Page.GetByRole(AriaRole.Button, new() { Name = "Save changes" }).ClickAsync();
        await TakeAsync("contact-edit-refused");
        await ShowAsync("contact-mail-fails", $"/console/contacts/{dora}");
        await ShowAsync("magic-link", $"/console/accounts/{account}/magic-link");
        await staff.Page.GetByLabel("Why?").FillAsync("On the phone");
        await staff.Page.GetByRole(AriaRole.Button, new() { Name = "Make a magic link" }).ClickAsync();
        await TakeAsync("magic-link-made");
        await staff.Page.GotoAsync($"/console/contacts/{ann}");
        await staff.Page.GetByRole(AriaRole.Button, new() { Name = "Resend the portal link" }).ClickAsync();
        await Expect(staff.Page.GetByText("The mail server has taken it.")).ToBeVisibleAsync(new() { Timeout = 20_000 });
        await TakeAsync("contact");
        await staff.Page.Locator(".head details.more summary").ClickAsync();
        await TakeAsync("contact-menu");

        async Task ShowAsync(string page, string address)
        {
            await staff.Page.GotoAsync(address);
            await TakeAsync(page);
        }

        Task TakeAsync(string page) => staff.ShouldShowWellAsync($"console-{page}");
    }

    /// <summary>Somebody of the team whose browser has signed in before.</summary>
    private async Task<BrowserVisit> StaffAsync(Storefront storefront, BrowserLook? look = null)
    {
        using var signedIn = await portal.ManagerAsync(storefront);
        var visit = await browser.VisitAsync((look ?? BrowserLook.Desktop) with { BaseUrl = portal.Url.ToString() });
        await visit.Context.AddCookiesAsync(signedIn.Cookies.GetAllCookies().Select(c => new Cookie { Name = c.Name, Value = c.Value, Domain = portal.Url.Host, Path = c.Path, HttpOnly = true }));
        return visit;
    }
}
