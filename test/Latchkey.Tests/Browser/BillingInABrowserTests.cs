using Latchkey.Tests.Features.Payments;
using Latchkey.Tests.Rig;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Latchkey.Tests.Browser;

/// <summary>A customer pays by card and by debit, and adds and removes a method: in English with scripts, in French without, on a phone.</summary>
[Trait("Engine", "none")]
public sealed class BillingInABrowserTests(Rig.Browser browser, PortalWithMailbox portal) : IClassFixture<PortalWithMailbox>
{
    [Theory]
    [InlineData("en", true, "Pay INV-0001", "Pay with the card Visa 4242", "is paid.", "Pay INV-0002", "Pay by bank debit", "Your payment is under way", "Add a payment method", "Add the card Visa 4242", "Remove")]
    [InlineData("fr", false, "Payer INV-0001", "Payer avec la carte Visa 4242", "est payé.", "Payer INV-0002", "Payer par prélèvement bancaire", "Votre paiement est en cours", "Ajouter un mode de paiement", "Ajouter la carte Visa 4242", "Retirer")]
    public async Task Invoices_are_paid_and_a_method_is_kept(
        string language, bool scripts, string first, string card, string paid, string second, string debit, string underWay, string add, string addCard, string remove)
    {
        var storefront = await portal.StorefrontAsync();
        string email = $"ann-{language}@billing.example";
        var contact = await portal.ContactAsync(await portal.AccountAsync(storefront, email));
        await portal.InvoiceAsync(storefront, contact, currency: "CAD");
        await portal.InvoiceAsync(storefront, contact, currency: "CAD");
        await using var ann = await browser.VisitAsync(BrowserLook.Phone with { BaseUrl = portal.Url.ToString(), JavaScript = scripts });
        await CustomerInABrowserTests.AskAsync(ann, storefront.Slug, email);
        await portal.SettleAsync();
        await ann.Page.GotoAsync(await portal.LinkAsync(email));
        if (!scripts) await ann.Page.Locator("main form button").First.ClickAsync();
        await Expect(ann.Page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToContainTextAsync("Ann");
        await ann.Page.GotoAsync($"/s/{storefront.Slug}/portal/billing?lang={language}");
        if (scripts) await ann.ShouldBeAccessibleAsync();

        await PayAsync(first, card, paid);
        await PayAsync(second, debit, underWay);
        await ann.Page.GotoAsync($"/s/{storefront.Slug}/portal/billing");
        await PressAsync(add);
        if (scripts) await ann.ShouldBeAccessibleAsync();
        await PressAsync(addCard);
        await ann.Page.Locator("main a.primary").ClickAsync();
        await Expect(ann.Page.GetByText("Visa •••• 4242")).ToBeVisibleAsync();
        if (scripts) await ann.ShouldBeAccessibleAsync();
        await PressAsync($"{remove} Visa •••• 4242");
        await Expect(ann.Page.GetByText("Visa •••• 4242")).ToHaveCountAsync(0);

        async Task PayAsync(string pay, string how, string then)
        {
            await PressAsync(pay);
            await PressAsync(how);
            await Expect(ann.Page.Locator("main")).ToContainTextAsync(then);
            await ann.Page.Locator("main a.primary").ClickAsync();
        }

        Task PressAsync(string name) => ann.Page.GetByRole(AriaRole.Button, new() { Name = name, Exact = true }).ClickAsync();
    }
}
