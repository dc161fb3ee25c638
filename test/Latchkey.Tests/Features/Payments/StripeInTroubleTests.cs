using System.Net;
using System.Text.Json.Nodes;
using Latchkey.Features.Payments;
using Latchkey.Hosting.Cli;
using Latchkey.Platform.Mail.Inbox;
using Latchkey.Platform.Mail.Providers;
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

        Stripe.Requests.Clear();
        // Every try is done at Stripe, and no answer comes: as when the process is killed in between.
        for (int i = 0; i < 3; i++) Stripe.Next.Enqueue(i == 1 ? StripeAct.Say(429) : StripeAct.BreakAfterDoing);
        (await portal.ChargeAsync(storefront, invoice.Id)).ShouldBe(PaymentState.Starting);
        (await portal.StateAsync(invoice.Id)).ShouldBe("pending");
        (await ann.PostAsync("/portal/billing?handler=Pay", ("invoice", invoice.Id.ToString()))).Text.ShouldContain("A payment of that is under way.");
        await ShouldWaitAsync(storefront, ann, contact, invoice.Id, "This was charged by itself, and the answer is still to come.");
        // Nor can staff decide it: the money may be on its way.
        using var staff = await portal.StaffVisitAsync(storefront.OrganizationId, Latchkey.Platform.Staff.StaffRole.Manager);
        (await staff.GetAsync($"/invoices/{invoice.Id}")).Page.QuerySelectorAll("form[action*=Paid], form[action*=Void]").ShouldBeEmpty();
        (await staff.PostAsync($"/invoices/{invoice.Id}?handler=Paid", ("way", "cash"))).Status.ShouldBe(HttpStatusCode.Conflict);
        (await staff.PostAsync($"/invoices/{invoice.Id}?handler=Void")).Status.ShouldBe(HttpStatusCode.Conflict);
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
        await ShouldWaitAsync(storefront, ann, contact, invoice.Id, "has to look at this payment first.");
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

    [Fact]
    public async Task A_refund_that_fails_late_is_taken_back_and_a_dispute_is_shown_until_it_is_over()
    {
        var (storefront, other) = (await portal.WithKeyAsync(), await portal.WithKeyAsync());
        var organization = storefront.OrganizationId;
        var (invoice, checkout) = await portal.OpenCheckoutAsync(storefront, "ann@late.example");
        await Stripe.Desk.ActAsync(organization, checkout, TestAct.Debit);
        await LaterAsync(storefront, TimeSpan.FromMinutes(4));
        (await portal.StateAsync(invoice)).ShouldBe("paid");
        using var staff = await portal.StaffVisitAsync(organization, Latchkey.Platform.Staff.StaffRole.Manager);
        async Task RefundAsync()
        {
            (await staff.PostAsync($"/invoices/{invoice}?handler=Refund", ("amount", ""), ("reason", "Never used"))).Location.ShouldEndWith("?done=refund");
            await portal.Services.GetRequiredService<SendRefunds>().RunAsync(CancellationToken.None);
            (await portal.StateAsync(invoice)).ShouldBe("refunded");
        }

        // Somebody gives a part back at Stripe itself, and the bank does not take it. The second time the words of it come in the wrong order.
        string intent = await portal.ScalarAsync<string>("select intent_id from payment where organization_id = @organization", new { organization });
        foreach (bool isLate in new[] { false, true })
        {
            (await Stripe.Stripe.AnswerAsync(TestAccount.KeyOf(organization), "POST", "/v1/refunds", [KeyValuePair.Create("payment_intent", intent), KeyValuePair.Create("amount", "2000")], $"dashboard {isLate}")).Status.ShouldBe(200);
            var made = Stripe.Take();
            if (!isLate)
            {
                await TellAsync(storefront, made, times: 2);
                (await GivenBackAsync(organization)).ShouldBe((2000, 2000, 2000));
                (await staff.PostAsync($"/invoices/{invoice}?handler=Refund", ("amount", "69.01"), ("reason", "Too much"))).Status.ShouldBe(HttpStatusCode.Conflict);
            }
            await ChangeAsync(storefront, "refund", "refund.failed", refund => (refund["status"], refund["failure_reason"]) = ("failed", "expired_or_canceled_card"));
            if (isLate) await TellAsync(storefront, made, times: 2);
            (await GivenBackAsync(organization)).ShouldBe((0, 0, 0));
        }

        await RefundAsync();
        (await staff.GetAsync($"/invoices/{invoice}")).Text.ShouldContain("On its way");
        await ChangeAsync(storefront, "refund", "refund.failed", refund => (refund["status"], refund["failure_reason"]) = ("failed", "expired_or_canceled_card"));
        (await portal.StateAsync(invoice)).ShouldBe("paid");
        (await GivenBackAsync(organization)).ShouldBe((0, 0, 0));
        (await staff.GetAsync($"/invoices/{invoice}")).Text.ShouldContain("The card is no longer in use. Give the money back another way.");

        // Again, and this time the bank takes it. The word of it is lost: it is asked for.
        await RefundAsync();
        portal.Clock.Advance(TimeSpan.FromMinutes(4));
        await Stripe.Desk.SettleAsync();
        Stripe.Take();
        portal.Clock.Advance(TimeSpan.FromHours(7));
        await portal.Services.GetRequiredService<SendRefunds>().RunAsync(CancellationToken.None);
        (await portal.ScalarAsync<long>("select count(*) from refund where organization_id = @organization and state = 'done' and due_at is null", new { organization })).ShouldBe(1);

        await Stripe.Stripe.InLedgerAsync(organization, async ledger =>
        {
            var dispute = await ledger.AddAsync(new JsonObject
            {
                ["id"] = TestLedger.NewId("dp"), ["object"] = "dispute", ["amount"] = 8900, ["currency"] = "usd", ["payment_intent"] = intent, ["reason"] = "fraudulent", ["status"] = "needs_response",
                ["evidence_details"] = new JsonObject { ["due_by"] = new DateTimeOffset(2026, 12, 1, 23, 59, 59, TimeSpan.Zero).ToUnixTimeSeconds() },
            });
            await ledger.EmitAsync("charge.dispute.created", dispute);
            return true;
        });
        foreach (var happened in Stripe.Take())
        {
            await Stripe.PostAsync(organization, happened);
            await Stripe.PostAsync(other.OrganizationId, happened);
        }
        await portal.EventsAsync();
        using var manager = await portal.StaffVisitAsync(organization, Latchkey.Platform.Staff.StaffRole.Manager);
        (await manager.GetAsync($"/invoices/{invoice}")).Text.ShouldContain("The customer disputes 89.00 USD at their bank. Answer at Stripe by 1 December 2026.");
        (await manager.GetAsync("/payments?state=disputed")).Page.QuerySelectorAll("tbody tr").Length.ShouldBe(1);
        await ChangeAsync(storefront, "dispute", "charge.dispute.closed", dispute => dispute["status"] = "won");
        (await manager.GetAsync("/payments")).Text.ShouldContain("The customer disputed 89.00 USD. The bank decided for you.");
        (await portal.ScalarAsync<long>("select count(*) from activity where organization_id = @organization and event in ('refund failed', 'payment disputed', 'dispute won')", new { organization })).ShouldBe(4);
        (await portal.ScalarAsync<long>("select count(*) from dispute where organization_id = @OrganizationId", new { other.OrganizationId })).ShouldBe(0);
    }

    [Fact]
    public async Task An_event_of_the_installations_account_that_matches_nobody_is_listed_and_taken_up_again_at_the_command_line()
    {
        await portal.Services.GetRequiredService<WebhookInbox>().StoreAsync(Guid.Empty, WebhookInbox.Payments,
            [new HookEvent("evt_of_nobody", """{"id":"evt_of_nobody","type":"charge.dispute.created","data":{"object":{"id":"dp_1","object":"dispute","payment_intent":"pi_of_nobody"}}}""", "charge.dispute.created")], contentIsProved: true);
        await portal.EventsAsync();
        await portal.ExecuteAsync("update webhook_event set state = 'unmatched', due_at = null where event_id = 'evt_of_nobody'");
        async Task<(int, string)> SayAsync(string? replay)
        {
            using var to = new StringWriter();
            return (await EventsVerb.RunAsync(portal.Services, replay, to), to.ToString());
        }

        (await SayAsync(null)).Item2.ShouldContain("charge.dispute.created  evt_of_nobody  It names nothing that is known here");
        (await SayAsync("evt_of_somebody")).Item1.ShouldBe(1);
        (await SayAsync("evt_of_nobody")).ShouldBe((0, $"Taken up again: 1. The running server works them off within seconds.{Environment.NewLine}"));
        (await portal.ScalarAsync<string>("select state from webhook_event where event_id = 'evt_of_nobody'")).ShouldBe("queued");
    }

    /// <summary>A charge in doubt has no button, beside others that have one, and is no part of what is due.</summary>
    private async Task ShouldWaitAsync(Storefront storefront, Visit ann, Guid contact, Guid doubted, string words)
    {
        var others = new[] { await portal.InvoiceAsync(storefront, contact), await portal.InvoiceAsync(storefront, contact) };
        var billing = await ann.GetAsync("/portal/billing");
        billing.Text.ShouldContain(words);
        billing.Text.ShouldContain("Payment being checked");
        billing.Text.ShouldContain("Amount due: 178.00 USD");
        billing.Text.ShouldContain("Pay all due (2)");
        billing.Page.QuerySelectorAll("input[name=invoice]").Select(i => i.GetAttribute("value")).ShouldBe(others.Select(i => i.Id.ToString()), ignoreOrder: true);
        (await ann.GetAsync("/portal")).Text.ShouldContain("178.00 USD");
        var own = await ann.GetAsync($"/portal/billing/invoices/{doubted}");
        own.Text.ShouldContain(words);
        own.Page.QuerySelectorAll("form[action*=Pay]").ShouldBeEmpty();
        using var staff = await portal.StaffVisitAsync(storefront.OrganizationId, Latchkey.Platform.Staff.StaffRole.Manager);
        (await staff.GetAsync($"/invoices/{doubted}")).Text.ShouldContain(words);
        foreach (var other in others) await portal.ExecuteAsync("update invoice set state = 'void' where id = @Id", new { other.Id });
    }

    private async Task LaterAsync(Storefront storefront, TimeSpan wait)
    {
        portal.Clock.Advance(wait);
        await Stripe.Desk.SettleAsync();
        await TellAsync(storefront, Stripe.Take());
    }

    /// <summary>Something changes at Stripe, and each of its events comes twice.</summary>
    private async Task ChangeAsync(Storefront storefront, string kind, string type, Action<JsonObject> change)
    {
        await Stripe.Stripe.InLedgerAsync(storefront.OrganizationId, async ledger =>
        {
            var changed = (await ledger.AllAsync(kind)).Single(o => o.Text("status") != "failed");
            change(changed);
            await ledger.SaveAsync(changed);
            if (kind == "refund" && await ledger.FindAsync(changed.Text("charge")) is { } charge)
            {
                (charge["amount_refunded"], charge["refunded"]) = (0, false);
                await ledger.SaveAsync(charge);
            }
            await ledger.EmitAsync(type, changed);
            return true;
        });
        await TellAsync(storefront, Stripe.Take(), times: 2);
    }

    private async Task TellAsync(Storefront storefront, IReadOnlyList<JsonObject> events, int times = 1)
    {
        foreach (var happened in events)
            for (int i = 0; i < times; i++) await Stripe.PostAsync(storefront.OrganizationId, happened);
        await portal.EventsAsync();
    }

    /// <summary>Of the only payment: what is counted as given back, what its invoice says, and what it says itself.</summary>
    private async Task<(long, long, long)> GivenBackAsync(Guid organization) => (
        await portal.ScalarAsync<long>("select sum(given_back) from payment_invoice where organization_id = @organization", new { organization }),
        await portal.ScalarAsync<long>("select sum(refunded) from invoice where organization_id = @organization", new { organization }),
        await portal.ScalarAsync<long>("select sum(refunded) from payment where organization_id = @organization", new { organization }));

    private long Count(Storefront storefront, string kind) =>
        portal.ScalarAsync<long>("select count(*) from test_object where organization_id = @OrganizationId and kind = @kind", new { storefront.OrganizationId, kind }).GetAwaiter().GetResult();
}
