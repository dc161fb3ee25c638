using System.Net;
using Latchkey.Features.Payments;
using Latchkey.Platform.Payments;
using Latchkey.Platform.Payments.Test;
using Latchkey.Platform.Tenancy;
using Latchkey.Tests.Rig;
using Microsoft.Extensions.DependencyInjection;

namespace Latchkey.Tests.Features.Payments;

/// <summary>Stripe is slow, silent or gone: nobody is charged twice, and nothing is lost.</summary>
public sealed class StripeInTroubleTests(PortalWithStripe portal) : IClassFixture<PortalWithStripe>
{
    private FakeStripe Stripe => portal.Stripe;

    [Fact]
    public async Task An_answer_that_never_comes_charges_once_and_the_page_says_the_truth()
    {
        var storefront = await portal.WithKeyAsync();
        var contact = await portal.ContactAsync(await portal.AccountAsync(storefront, "ann@silent.example"));
        using var ann = await portal.CustomerAsync(storefront, "ann@silent.example");
        await portal.KeepCardAsync(storefront, ann);
        var invoice = await portal.InvoiceAsync(storefront, contact);

        // Every try is done at Stripe, and no answer comes: as when the process is killed in between.
        for (int i = 0; i < 3; i++) Stripe.Next.Enqueue(i == 1 ? StripeAct.Say(429) : StripeAct.BreakAfterDoing);
        (await portal.ChargeAsync(storefront, invoice.Id)).ShouldBe(PaymentState.Starting);
        (await portal.StateAsync(invoice.Id)).ShouldBe("pending");
        (await ann.PostAsync("/portal/billing?handler=Pay", ("invoice", invoice.Id.ToString()))).Text.ShouldContain("A payment of that is under way.");
        portal.Clock.Advance(TimeSpan.FromMinutes(3));
        await portal.Services.GetRequiredService<LookAgain>().RunAsync(CancellationToken.None);

        (await portal.StateAsync(invoice.Id)).ShouldBe("paid");
        Count(storefront, "payment_intent").ShouldBe(1);
        Stripe.Requests.Where(r => r.Contains("POST /v1/payment_intents", StringComparison.Ordinal)).Select(r => r.Split(' ')[^1]).Distinct().Count().ShouldBe(1);

        // A checkout that could not be started: nothing was charged, and it can be started again.
        var second = await portal.InvoiceAsync(storefront, contact);
        for (int i = 0; i < 3; i++) Stripe.Next.Enqueue(i == 0 ? StripeAct.HangAfterDoing : StripeAct.Say(500));
        var refused = await ann.PostAsync("/portal/billing?handler=Pay", ("invoice", second.Id.ToString()));
        (refused.Status, refused.Text.Contains("Nothing was charged.", StringComparison.Ordinal)).ShouldBe((HttpStatusCode.ServiceUnavailable, true));
        (await ann.PostAsync("/portal/billing?handler=Pay", ("invoice", second.Id.ToString()))).Status.ShouldBe(HttpStatusCode.Redirect);

        // Money that comes for what was paid another way meanwhile goes back.
        var checkout = await portal.ScalarAsync<string>("select checkout_id from payment where organization_id = @OrganizationId and state = 'open'", new { storefront.OrganizationId });
        await Stripe.Desk.ActAsync(storefront.OrganizationId, checkout, TestAct.Card);
        await portal.ExecuteAsync("update invoice set state = 'paid' where id = @Id", new { second.Id });
        foreach (var happened in Stripe.Take()) await Stripe.PostAsync(storefront.OrganizationId, happened);
        await portal.EventsAsync();
        Stripe.Next.Enqueue(StripeAct.BreakAfterDoing); // it is asked for once more, and done once
        await portal.Services.GetRequiredService<SendRefunds>().RunAsync(CancellationToken.None);
        (await portal.ScalarAsync<long>("select refunded from payment where organization_id = @OrganizationId and checkout_id = @checkout", new { storefront.OrganizationId, checkout })).ShouldBe(8900);
        Count(storefront, "refund").ShouldBe(1);
    }

    [Fact]
    public async Task A_charge_that_cannot_be_asked_for_again_alike_is_paid_when_its_event_comes_and_never_twice()
    {
        var storefront = await portal.WithKeyAsync();
        var contact = await portal.ContactAsync(await portal.AccountAsync(storefront, "ann@unlike.example"));
        using var ann = await portal.CustomerAsync(storefront, "ann@unlike.example");
        await portal.KeepCardAsync(storefront, ann);
        var invoice = await portal.InvoiceAsync(storefront, contact);
        for (int i = 0; i < 3; i++) Stripe.Next.Enqueue(i == 0 ? StripeAct.BreakAfterDoing : StripeAct.Say(429));
        (await portal.ChargeAsync(storefront, invoice.Id)).ShouldBe(PaymentState.Starting);
        await portal.ExecuteAsync("update payment_method set type = 'us_bank_account', mandate_id = 'mandate_1' where organization_id = @OrganizationId", new { storefront.OrganizationId });
        portal.Clock.Advance(TimeSpan.FromMinutes(3));
        await portal.Services.GetRequiredService<LookAgain>().RunAsync(CancellationToken.None);

        using var staff = await portal.StaffVisitAsync(storefront.OrganizationId, Latchkey.Platform.Staff.StaffRole.Manager);
        (await staff.GetAsync("/payments?state=suspect")).Page.QuerySelectorAll("tbody tr").Length.ShouldBe(1);
        (await ann.PostAsync("/portal/billing?handler=Pay", ("invoice", invoice.Id.ToString()))).Text.ShouldContain("Please do not pay again until then.");
        foreach (var happened in Stripe.Take()) await Stripe.PostAsync(storefront.OrganizationId, happened);
        await portal.EventsAsync();
        (await portal.StateAsync(invoice.Id)).ShouldBe("paid");
        Count(storefront, "charge").ShouldBe(1);
        (await staff.GetAsync("/payments?state=suspect")).Page.QuerySelectorAll("tbody tr").ShouldBeEmpty();
    }

    [Fact]
    public async Task A_key_that_is_refused_is_shown_to_the_owner_and_events_that_never_came_are_fetched()
    {
        var storefront = await portal.WithKeyAsync();
        var (invoice, checkout) = await portal.OpenCheckoutAsync(storefront, "ann@gap.example");
        await Stripe.Desk.ActAsync(storefront.OrganizationId, checkout, TestAct.Card);
        Stripe.Take();
        (await portal.StateAsync(invoice)).ShouldBe("pending");
        portal.Clock.Advance(TimeSpan.FromHours(2));
        await portal.Services.GetRequiredService<Reconcile>().RunAsync(CancellationToken.None);
        await portal.EventsAsync();
        (await portal.StateAsync(invoice)).ShouldBe("paid");

        Stripe.Next.Enqueue(StripeAct.Say(401));
        portal.Clock.Advance(TimeSpan.FromHours(2));
        await portal.Services.GetRequiredService<PaymentAccounts>().NoteAsync(storefront.OrganizationId, isBroken: true);
        Stripe.Next.Clear();
        using var owner = await portal.StaffVisitAsync(storefront.OrganizationId, Latchkey.Platform.Staff.StaffRole.Owner);
        (await owner.GetAsync("/payments/settings")).Text.ShouldContain("Stripe refuses the key since");
        (await owner.PostAsync("/payments/settings?handler=Key", ("key", "pk_live_wrong"), ("secret", "whsec_0123456789abcdef"))).Status.ShouldBe(HttpStatusCode.BadRequest);
        (await owner.PostAsync("/payments/settings?handler=Key", ("key", "sk_test_0123456789"), ("secret", ""))).Status.ShouldBe(HttpStatusCode.BadRequest);
        (await owner.PostAsync("/payments/settings?handler=Key", ("key", TestAccount.KeyOf(storefront.OrganizationId)), ("secret", "whsec_0123456789abcdef"))).Location.ShouldEndWith("?done=key");
        (await owner.GetAsync("/payments/settings")).Text.ShouldNotContain("Stripe refuses the key since");
        (await owner.GetAsync("/payments/settings")).Body.ShouldNotContain("whsec_0123456789abcdef");
    }

    private long Count(Storefront storefront, string kind) =>
        portal.ScalarAsync<long>("select count(*) from test_object where organization_id = @OrganizationId and kind = @kind", new { storefront.OrganizationId, kind }).GetAwaiter().GetResult();
}
