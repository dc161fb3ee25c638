using System.Net;
using System.Text.Json.Nodes;
using Dapper;
using Latchkey.Features.Payments;
using Latchkey.Platform.Payments;
using Latchkey.Platform.Payments.Test;
using Latchkey.Platform.Tenancy;
using Latchkey.Tests.Rig;
using Microsoft.Extensions.DependencyInjection;

namespace Latchkey.Tests.Features.Payments;

/// <summary>Stripe is slow, wrong, forged or gone: nobody is charged twice, and nothing is paid that is not.</summary>
public sealed class StripeInTroubleTests(PortalWithStripe portal) : IClassFixture<PortalWithStripe>
{
    private FakeStripe Stripe => portal.Stripe;

    [Fact]
    public async Task What_is_forged_old_or_anothers_is_refused_and_a_new_secret_works_beside_the_old()
    {
        var (storefront, other) = (await portal.WithKeyAsync(), await portal.WithKeyAsync());
        var (invoice, checkout) = await OpenAsync(storefront, "ann@forged.example");
        await Stripe.Desk.ActAsync(storefront.OrganizationId, checkout, TestAct.Card);
        var completed = Take(storefront).Single(e => e.Text("type") == "checkout.session.completed");
        var organization = storefront.OrganizationId;

        (await Stripe.PostAsync(organization, completed, signature: _ => "")).ShouldBe(400);
        (await Stripe.PostAsync(organization, completed, secret: "")).ShouldBe(400);
        (await Stripe.PostAsync(organization, completed, secret: FakeStripe.Secret(other.OrganizationId))).ShouldBe(400);
        (await Stripe.PostAsync(organization, completed, ago: TimeSpan.FromSeconds(301))).ShouldBe(400);
        (await Stripe.PostAsync(organization, completed, ago: TimeSpan.FromSeconds(-301))).ShouldBe(400);
        (await Stripe.PostAsync(organization, completed, signature: s => s.Replace("v1=", "v0=", StringComparison.Ordinal))).ShouldBe(400);
        (await Stripe.PostAsync(organization, completed, signature: s => s + ",t=1")).ShouldBe(400);
        var live = completed.DeepClone().AsObject();
        live["livemode"] = true;
        (await Stripe.PostAsync(organization, live)).ShouldBe(400);
        (await Stripe.PostAsync(Guid.CreateVersion7(), completed, secret: FakeStripe.Secret(organization))).ShouldBe(404);
        (await portal.StateAsync(invoice)).ShouldBe("pending");

        // Signed well, for the other organization: there is no such payment there.
        (await Stripe.PostAsync(other.OrganizationId, completed)).ShouldBe(200);
        await portal.EventsAsync();
        (await portal.StateAsync(invoice)).ShouldBe("pending");
        (await portal.ScalarAsync<string>("select reason from webhook_event where organization_id = @OrganizationId", new { other.OrganizationId })).ShouldBe("It names nothing that is known here yet.");

        await portal.Services.GetRequiredService<ChoosePaymentAccount>().RunAsync(organization, TestAccount.KeyOf(organization), $"whsec_the_new_secret_of_it, {FakeStripe.Secret(organization)}", true, "test");
        (await Stripe.PostAsync(organization, completed, secret: "whsec_the_new_secret_of_it", signature: s => s + ",v1=00")).ShouldBe(200);
        (await Stripe.PostAsync(organization, completed)).ShouldBe(200);
        await portal.EventsAsync();
        (await portal.StateAsync(invoice)).ShouldBe("paid");
        (await portal.ScalarAsync<long>("select count(*) from webhook_event where organization_id = @organization", new { organization })).ShouldBe(1);

        // What is not known is kept, and nothing follows from it.
        (await Stripe.PostAsync(organization, new JsonObject { ["id"] = "evt_unheard_of", ["type"] = "invoice.paid", ["livemode"] = false, ["data"] = new JsonObject { ["object"] = new JsonObject { ["id"] = "in_1" } } })).ShouldBe(200);
        await portal.EventsAsync();
        (await portal.ScalarAsync<long>("select count(*) from webhook_event where organization_id = @organization and state = 'done'", new { organization })).ShouldBe(2);
    }

    [Theory]
    [InlineData("amount_total", "1")]
    [InlineData("currency", "\"eur\"")]
    [InlineData("customer", "\"cus_somebody_else\"")]
    [InlineData("client_reference_id", "\"another payment\"")]
    public async Task What_differs_from_what_was_asked_for_is_never_paid_and_is_shown(string field, string value)
    {
        var storefront = await portal.WithKeyAsync();
        var (invoice, checkout) = await OpenAsync(storefront, $"ann@{field.Replace('_', '-')}.example");
        await Stripe.Desk.ActAsync(storefront.OrganizationId, checkout, TestAct.Card);
        Stripe.Twist = json => { if (json.Text("object") == "checkout.session" && json.Text("id") == checkout) json[field] = JsonNode.Parse(value); };
        foreach (var happened in Take(storefront)) await Stripe.PostAsync(storefront.OrganizationId, happened);
        await portal.EventsAsync();
        Stripe.Twist = null;

        (await portal.StateAsync(invoice)).ShouldBe("pending");
        using var staff = await portal.StaffVisitAsync(storefront.OrganizationId, Latchkey.Platform.Staff.StaffRole.Manager);
        (await staff.GetAsync("/payments?state=suspect")).Text.ShouldContain("What the provider has is not what was asked for");
        (await staff.GetAsync("/payments/events?state=failed")).Text.ShouldContain("Nothing was marked paid.");
    }

    [Fact]
    public async Task An_answer_that_never_comes_charges_once_and_the_page_says_the_truth()
    {
        var storefront = await portal.WithKeyAsync();
        var contact = await portal.ContactAsync(await portal.AccountAsync(storefront, "ann@silent.example"));
        using var ann = await portal.CustomerAsync(storefront, "ann@silent.example");
        await KeepCardAsync(storefront, ann);
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
        foreach (var happened in Take(storefront)) await Stripe.PostAsync(storefront.OrganizationId, happened);
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
        await KeepCardAsync(storefront, ann);
        var invoice = await portal.InvoiceAsync(storefront, contact);
        for (int i = 0; i < 3; i++) Stripe.Next.Enqueue(i == 0 ? StripeAct.BreakAfterDoing : StripeAct.Say(429));
        (await portal.ChargeAsync(storefront, invoice.Id)).ShouldBe(PaymentState.Starting);
        await portal.ExecuteAsync("update payment_method set type = 'us_bank_account', mandate_id = 'mandate_1' where organization_id = @OrganizationId", new { storefront.OrganizationId });
        portal.Clock.Advance(TimeSpan.FromMinutes(3));
        await portal.Services.GetRequiredService<LookAgain>().RunAsync(CancellationToken.None);

        using var staff = await portal.StaffVisitAsync(storefront.OrganizationId, Latchkey.Platform.Staff.StaffRole.Manager);
        (await staff.GetAsync("/payments?state=suspect")).Page.QuerySelectorAll("tbody tr").Length.ShouldBe(1);
        (await ann.PostAsync("/portal/billing?handler=Pay", ("invoice", invoice.Id.ToString()))).Status.ShouldBe(HttpStatusCode.Conflict);
        foreach (var happened in Take(storefront)) await Stripe.PostAsync(storefront.OrganizationId, happened);
        await portal.EventsAsync();
        (await portal.StateAsync(invoice.Id)).ShouldBe("paid");
        Count(storefront, "charge").ShouldBe(1);
        (await staff.GetAsync("/payments?state=suspect")).Page.QuerySelectorAll("tbody tr").ShouldBeEmpty();
    }

    [Fact]
    public async Task A_key_that_is_refused_is_shown_to_the_owner_and_events_that_never_came_are_fetched()
    {
        var storefront = await portal.WithKeyAsync();
        var (invoice, checkout) = await OpenAsync(storefront, "ann@gap.example");
        await Stripe.Desk.ActAsync(storefront.OrganizationId, checkout, TestAct.Card);
        Take(storefront);
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
    public async Task Nothing_of_a_card_is_kept_but_its_brand_and_last_digits_and_no_secret_is_written_down()
    {
        const string number = "4242424242424242", secret = "pi_1_secret_planted";
        void Plant(JsonNode? node)
        {
            if (node is JsonArray list) foreach (var item in list) Plant(item);
            if (node is not JsonObject json) return;
            foreach (var inner in json.Select(p => p.Value).ToList()) Plant(inner);
            (json["client_secret"], json["number"]) = (secret, number);
        }
        var storefront = await portal.WithKeyAsync();
        Stripe.Twist = Plant;
        var (invoice, checkout) = await OpenAsync(storefront, "ann@secrets.example");
        await Stripe.Desk.ActAsync(storefront.OrganizationId, checkout, TestAct.Card);
        foreach (var happened in Take(storefront))
        {
            Plant(happened);
            await Stripe.PostAsync(storefront.OrganizationId, happened);
        }
        await portal.EventsAsync();
        Stripe.Twist = null;
        (await portal.StateAsync(invoice)).ShouldBe("paid");
        await portal.MailsAsync("ann@secrets.example", 2);

        string[] secrets = [number, secret, TestAccount.KeyOf(storefront.OrganizationId), FakeStripe.Secret(storefront.OrganizationId)];
        string kept = await EverythingAsync(), written = string.Join('\n', portal.Log.Concat(portal.Sink.Mails.Select(m => System.Text.Encoding.Latin1.GetString(m.Bytes))));
        foreach (string one in secrets) (kept.Contains(one, StringComparison.Ordinal), written.Contains(one, StringComparison.Ordinal)).ShouldBe((false, false), one);
        kept.ShouldContain("Visa •••• 4242");
    }

    private async Task<(Guid Invoice, string Checkout)> OpenAsync(Storefront storefront, string email)
    {
        var invoice = await portal.InvoiceAsync(storefront, await portal.ContactAsync(await portal.AccountAsync(storefront, email)));
        using var visit = await portal.CustomerAsync(storefront, email);
        return (invoice.Id, (await visit.PostAsync("/portal/billing?handler=Pay", ("invoice", invoice.Id.ToString()))).Location!.Split('/')[^1]);
    }

    private async Task KeepCardAsync(Storefront storefront, Visit visit)
    {
        var setup = (await visit.PostAsync("/portal/billing?handler=Add")).Location!;
        await Stripe.Desk.ActAsync(storefront.OrganizationId, setup.Split('/')[^1], TestAct.Card);
        foreach (var happened in Take(storefront)) await Stripe.PostAsync(storefront.OrganizationId, happened);
        await portal.EventsAsync();
    }

    private List<JsonObject> Take(Storefront storefront)
    {
        var taken = new List<JsonObject>();
        while (Stripe.Events.TryDequeue(out var happened)) taken.Add(happened);
        return taken;
    }

    private long Count(Storefront storefront, string kind) =>
        portal.ScalarAsync<long>("select count(*) from test_object where organization_id = @OrganizationId and kind = @kind", new { storefront.OrganizationId, kind }).GetAwaiter().GetResult();

    /// <summary>All that the database has, but for the double's own memory.</summary>
    private Task<string> EverythingAsync() => portal.Database.ReadAsync(async c =>
    {
        var tables = await c.QueryAsync<string>(TestEnvironment.Engine == Engine.Sqlite ? "select name from sqlite_master where type = 'table'" : "select table_name from information_schema.tables where table_schema = 'public'");
        var all = new System.Text.StringBuilder();
        foreach (string table in tables.Where(t => t != "test_object").ToList())
            foreach (var row in (await c.QueryAsync($"select * from {table}")).Cast<IDictionary<string, object?>>())
                foreach (var value in row.Values) all.Append(value is byte[] bytes ? System.Text.Encoding.UTF8.GetString(bytes) : value).Append('\n');
        return all.ToString();
    });
}
