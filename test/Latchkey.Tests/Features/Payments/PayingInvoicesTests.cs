using System.Net;
using Latchkey.Features.BillingPlans;
using Latchkey.Features.Invoices;
using Latchkey.Platform.Payments.Test;
using Latchkey.Tests.Rig;
using Microsoft.Extensions.DependencyInjection;

namespace Latchkey.Tests.Features.Payments;

/// <summary>A customer pays at the test checkout, which the installation has while no account at Stripe is set.</summary>
public sealed class PayingInvoicesTests(Portal portal) : IClassFixture<Portal>
{
    [Fact]
    public async Task An_invoice_is_paid_by_card_once_with_one_receipt()
    {
        var storefront = await portal.StorefrontAsync();
        var contact = await portal.ContactAsync(await portal.AccountAsync(storefront, "ann@card.example"));
        var (first, second) = (await portal.InvoiceAsync(storefront, contact, taxRate: 14_975), await portal.InvoiceAsync(storefront, contact, 5900, dueInDays: -3));
        (first.Number, second.Number, first.Total).ShouldBe((1, 2, 8900 + 1333));
        using var ann = await portal.CustomerAsync(storefront, "ann@card.example");

        var dashboard = await ann.GetAsync("/portal");
        dashboard.Text.ShouldContain("Amount due: 161.33 USD");
        dashboard.Text.ShouldContain("It was due on");
        var page = await ann.GetAsync("/portal/billing");
        page.Text.ShouldContain("All (2)");
        page.Text.ShouldContain("Pending (2)");
        page.Text.ShouldContain("Paid (0)");
        page.Text.ShouldContain("Overdue by 3 days");
        page.Text.ShouldContain("Pay all due (2)");

        var checkout = (await ann.PostAsync("/portal/billing?handler=Pay", ("invoice", first.Id.ToString()), ("amount", "1"), ("currency", "JPY"), ("total", "1"), ("customer", "cus_1"))).Location!;
        (await ann.PostAsync("/portal/billing?handler=Pay", ("invoice", first.Id.ToString()))).Location.ShouldBe(checkout, "a double click opens one checkout");
        var shown = await ann.OpenAsync(new Uri(checkout).PathAndQuery);
        shown.Text.ShouldContain("This is a test. No money moves.");
        shown.Text.ShouldContain("102.33 USD");
        (await ann.AtCheckoutAsync(checkout, TestAct.Decline)).Text.ShouldContain("The card was declined. Try another way.");
        (await portal.StateAsync(first.Id)).ShouldBe("pending");
        var paid = await ann.AtCheckoutAsync(checkout, TestAct.Card);

        paid.Text.ShouldContain("102.33 USD is paid. The receipt is on its way to you.");
        await portal.EventsAsync();
        (await portal.StateAsync(first.Id)).ShouldBe("paid");
        (await ann.GetAsync("/portal")).Text.ShouldContain("Amount due: 59.00 USD");
        (await ann.GetAsync("/portal/billing?show=paid")).Text.ShouldContain("INV-0001");
        (await ann.GetAsync($"/portal/billing/invoices/{first.Id}")).Text.ShouldContain("Tax 14.975");
        var pdf = await ann.GetAsync($"/portal/billing/invoices/{first.Id}?handler=Pdf&lang=fr");
        pdf.Body.ShouldStartWith("%PDF-1.4");
        pdf.Headers["Cache-Control"].ShouldContain("no-store");
        (await ann.GetAsync("/portal/billing/x.css")).Status.ShouldBe(HttpStatusCode.NotFound);
        pdf.Body.ShouldContain(Convert.ToHexString("102,33"u8));
        (await ann.PostAsync("/portal/billing?handler=Pay", ("invoice", first.Id.ToString()))).Status.ShouldBe(HttpStatusCode.Conflict);
        (await portal.MailsAsync("ann@card.example", 2))[^1].Text.ShouldContain("INV-0001: 102.33 USD");
        (await portal.ScalarAsync<long>("select count(*) from mail where kind = 'receipt' and organization_id = @OrganizationId", new { storefront.OrganizationId })).ShouldBe(1);
        (await portal.ScalarAsync<long>("select count(*) from webhook_event where organization_id = @OrganizationId and state = 'done'", new { storefront.OrganizationId })).ShouldBeGreaterThanOrEqualTo(3);
    }

    [Fact]
    public async Task A_bank_debit_is_under_way_for_days_and_is_not_offered_to_be_paid_twice()
    {
        var storefront = await portal.StorefrontAsync();
        var contact = await portal.ContactAsync(await portal.AccountAsync(storefront, "ann@debit.example"));
        var (good, bad) = (await portal.InvoiceAsync(storefront, contact, currency: "CAD"), await portal.InvoiceAsync(storefront, contact, currency: "CAD"));
        using var ann = await portal.CustomerAsync(storefront, "ann@debit.example");

        (await ann.PayAsync(good.Id, TestAct.Debit)).Text.ShouldContain("Your payment is under way", customMessage: string.Join("\n", portal.Log.TakeLast(4)));
        (await ann.PayAsync(bad.Id, TestAct.DebitThatFails)).Text.ShouldContain("Your payment is under way");
        await portal.EventsAsync();
        var page = await ann.GetAsync("/portal/billing");
        page.Text.ShouldContain("A bank debit takes up to five business days.");
        page.Page.QuerySelectorAll("form[action*='handler=Pay']").ShouldBeEmpty();
        (await ann.PostAsync("/portal/billing?handler=Pay", ("invoice", good.Id.ToString()))).Text.ShouldContain("A payment of that is under way.");

        portal.Clock.Advance(TimeSpan.FromMinutes(4));
        await portal.SettleMoneyAsync();

        (await portal.StateAsync(good.Id), await portal.StateAsync(bad.Id)).ShouldBe(("paid", "failed"));
        var after = await ann.GetAsync("/portal/billing?show=pending");
        after.Text.ShouldContain("There was not enough money in the account.");
        after.Page.QuerySelectorAll("form[action*='handler=Pay']").Length.ShouldBe(1);
        var mails = await portal.MailsAsync("ann@debit.example", 3);
        mails.ShouldContain(m => m.Text.Contains("did not go through", StringComparison.Ordinal));
        mails.ShouldContain(m => m.Text.Contains("Thank you. Your payment has come in.", StringComparison.Ordinal));
        (await ann.PayAsync(bad.Id, TestAct.Card)).Text.ShouldContain("is paid.");
    }

    [Fact]
    public async Task Methods_are_added_chosen_and_removed_and_pay_by_themselves()
    {
        var storefront = await portal.StorefrontAsync();
        var contact = await portal.ContactAsync(await portal.AccountAsync(storefront, "ann@methods.example"));
        using var ann = await portal.CustomerAsync(storefront, "ann@methods.example");
        (await ann.GetAsync("/portal/billing")).Text.ShouldContain("No payment method is on file.");

        async Task<Answer> AddAsync(TestAct act) => await ann.AtCheckoutAsync((await ann.PostAsync("/portal/billing?handler=Add")).Location!, act);
        (await AddAsync(TestAct.Card)).Text.ShouldContain("Your payment method is saved");
        (await AddAsync(TestAct.DebitToConfirm)).Text.ShouldContain("Two small deposits are on their way");
        await portal.EventsAsync();
        var page = await ann.GetAsync("/portal/billing");
        page.Text.ShouldContain("Visa •••• 4242");
        page.Text.ShouldContain("Default");
        page.Text.ShouldContain("Confirm the two small deposits");
        portal.Clock.Advance(TimeSpan.FromMinutes(4));
        await portal.SettleMoneyAsync();

        page = await ann.GetAsync("/portal/billing");
        page.Text.ShouldNotContain("Confirm the two small deposits");
        var bank = page.Page.QuerySelector("form[action*='handler=Default'] input")!.GetAttribute("value")!;
        (await ann.PostAsync("/portal/billing?handler=Default", ("method", bank))).Status.ShouldBe(HttpStatusCode.Redirect);
        var invoice = await portal.InvoiceAsync(storefront, contact);
        (await portal.ChargeAsync(storefront, invoice.Id)).ShouldBe(Latchkey.Features.Payments.PaymentState.Processing);
        (await ann.PostAsync("/portal/billing?handler=Remove", ("method", bank))).Text.ShouldContain("A payment with this method is still under way.");
        portal.Clock.Advance(TimeSpan.FromMinutes(4));
        await portal.SettleMoneyAsync();
        (await portal.StateAsync(invoice.Id)).ShouldBe("paid");

        (await ann.PostAsync("/portal/billing?handler=Remove", ("method", bank))).Location.ShouldEndWith("?removed#methods");
        await portal.EventsAsync();
        (await ann.GetAsync("/portal/billing")).Page.QuerySelectorAll("form[action*='handler=Remove']").Length.ShouldBe(1);

        (await AddAsync(TestAct.CardThatFailsLater)).Text.ShouldContain("Your payment method is saved");
        await portal.EventsAsync();
        var failing = (await ann.GetAsync("/portal/billing")).Page.QuerySelector("form[action*='handler=Default'] input")!.GetAttribute("value")!;
        await ann.PostAsync("/portal/billing?handler=Default", ("method", failing));
        var declined = await portal.InvoiceAsync(storefront, contact);
        (await portal.ChargeAsync(storefront, declined.Id)).ShouldBe(Latchkey.Features.Payments.PaymentState.Failed);
        (await portal.StateAsync(declined.Id)).ShouldBe("failed");
    }

    [Fact]
    public async Task What_a_billing_run_wrote_before_it_was_killed_is_asked_for_by_the_next()
    {
        var storefront = await portal.StorefrontAsync();
        var contacts = new List<Guid>();
        foreach (string name in new[] { "ann", "bob" }) contacts.Add(await portal.ContactAsync(await portal.AccountAsync(storefront, $"{name}@killed.example")));
        using var ann = await portal.CustomerAsync(storefront, "ann@killed.example");
        await ann.AtCheckoutAsync((await ann.PostAsync("/portal/billing?handler=Add")).Location!, TestAct.Card);
        await portal.EventsAsync();
        var today = DateOnly.FromDateTime(portal.Clock.GetUtcNow().UtcDateTime);
        var left = new List<Guid>();
        foreach (var contact in contacts)
            left.Add((await portal.Database.WriteAsync(t => portal.Services.GetRequiredService<CreateInvoice>().InTransactionAsync(t, new NewInvoice
            {
                OrganizationId = storefront.OrganizationId, StorefrontId = storefront.Id, ContactId = contact, SubscriptionId = Guid.CreateVersion7(), Currency = "USD",
                Lines = [new NewLine("Old Mill, 5 m²", 1, 9000, 0)], DueOn = today.AddDays(10), PeriodStart = today, PeriodEnd = today.AddDays(30),
            }))).Id);
        portal.Clock.Advance(TimeSpan.FromMinutes(11));
        await portal.ExecuteAsync("insert into billing_plan (organization_id, runs, anniversary, tax_rate, due_days, updated_at) values (@OrganizationId, @yes, @yes, 0, 10, @now)",
            new { storefront.OrganizationId, yes = true, now = portal.Clock.GetUtcNow() });

        for (int i = 0; i < 2; i++)
        {
            await portal.Services.GetRequiredService<RunBilling>().RunAsync(CancellationToken.None);
            await Portal.UntilAsync(async () => await portal.StateAsync(left[0]) == "paid");
            (await portal.MailsAsync("bob@killed.example")).ShouldHaveSingleItem().Text.ShouldContain("90.00 USD is due on");
            portal.Clock.Advance(TimeSpan.FromHours(2));
        }
        (await portal.ScalarAsync<long>("select count(*) from mail where organization_id = @OrganizationId and kind in ('invoice', 'receipt')", new { storefront.OrganizationId })).ShouldBe(2);
    }

    [Fact]
    public async Task What_is_anothers_does_not_exist()
    {
        var storefront = await portal.StorefrontAsync();
        var ann = await portal.ContactAsync(await portal.AccountAsync(storefront, "ann@own.example"));
        await portal.AccountAsync(storefront, "bob@own.example", "Bob Baker");
        var invoice = await portal.InvoiceAsync(storefront, ann);
        using var annVisit = await portal.CustomerAsync(storefront, "ann@own.example");
        await annVisit.AtCheckoutAsync((await annVisit.PostAsync("/portal/billing?handler=Add")).Location!, TestAct.Card);
        await portal.EventsAsync();
        var checkout = (await annVisit.PostAsync("/portal/billing?handler=Pay", ("invoice", invoice.Id.ToString()))).Location!;
        var method = (await annVisit.GetAsync("/portal/billing")).Page.QuerySelector("form[action*='handler=Remove'] input")!.GetAttribute("value")!;
        var payment = await portal.ScalarAsync<string>("select cast(id as text) from payment where organization_id = @OrganizationId", new { storefront.OrganizationId });
        using var bob = await portal.CustomerAsync(storefront, "bob@own.example");

        (await bob.GetAsync($"/portal/billing/invoices/{invoice.Id}")).Status.ShouldBe(HttpStatusCode.NotFound);
        (await bob.GetAsync($"/portal/billing/return?payment={payment}")).Status.ShouldBe(HttpStatusCode.NotFound);
        (await bob.PostAsync("/portal/billing?handler=Pay", ("invoice", invoice.Id.ToString()))).Status.ShouldBe(HttpStatusCode.NotFound);
        (await bob.GetAsync($"/portal/billing/invoices/{invoice.Id}?handler=Pdf")).Status.ShouldBe(HttpStatusCode.NotFound);
        foreach (var handler in new[] { "Default", "Remove" })
            (await bob.PostAsync($"/portal/billing?handler={handler}", ("method", method))).Status.ShouldBe(HttpStatusCode.NotFound);
        (await bob.PostAsync("/portal/billing?handler=PayAll")).Status.ShouldBe(HttpStatusCode.Conflict);
        var other = await portal.StorefrontAsync();
        using var stranger = portal.Visit(other);
        (await stranger.GetAsync(new Uri(checkout).AbsolutePath[$"/s/{storefront.Slug}".Length..])).Status.ShouldBe(HttpStatusCode.NotFound);
        (await annVisit.GetAsync($"/portal/billing/return?payment={payment}")).Text.ShouldContain("The payment is not finished");
    }
}
