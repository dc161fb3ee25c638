using System.Text.Json.Nodes;
using Dapper;
using Latchkey.Features.Payments;
using Latchkey.Platform.Payments;
using Latchkey.Platform.Payments.Test;
using Latchkey.Tests.Rig;
using Microsoft.Extensions.DependencyInjection;

namespace Latchkey.Tests.Features.Payments;

/// <summary>What is forged, old, another's, or not what was asked for: nothing is paid that is not, and nothing secret is kept.</summary>
public sealed class EventsNotToBelieveTests(PortalWithStripe portal) : IClassFixture<PortalWithStripe>
{
    private FakeStripe Stripe => portal.Stripe;

    [Fact]
    public async Task What_is_forged_old_or_anothers_is_refused_and_a_new_secret_works_beside_the_old()
    {
        var (storefront, other) = (await portal.WithKeyAsync(), await portal.WithKeyAsync());
        var (invoice, checkout) = await portal.OpenCheckoutAsync(storefront, "ann@forged.example");
        await Stripe.Desk.ActAsync(storefront.OrganizationId, checkout, TestAct.Card);
        var completed = Stripe.Take().Single(e => e.Text("type") == "checkout.session.completed");
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
        string email = $"ann@{field.Replace('_', '-')}.example";
        var (invoice, checkout) = await portal.OpenCheckoutAsync(storefront, email);
        await Stripe.Desk.ActAsync(storefront.OrganizationId, checkout, TestAct.Card);
        Stripe.Twist = json => { if (json.Text("object") == "checkout.session" && json.Text("id") == checkout) json[field] = JsonNode.Parse(value); };
        foreach (var happened in Stripe.Take()) await Stripe.PostAsync(storefront.OrganizationId, happened);
        await portal.EventsAsync();
        Stripe.Twist = null;

        (await portal.StateAsync(invoice)).ShouldBe("pending");
        using var staff = await portal.StaffVisitAsync(storefront.OrganizationId, Latchkey.Platform.Staff.StaffRole.Manager);
        (await staff.GetAsync("/payments?state=suspect")).Text.ShouldContain("What the provider has is not what was asked for");
        (await staff.GetAsync("/payments/events?state=failed")).Text.ShouldContain("Nothing was marked paid.");

        // The customer is not told anything that nobody knows, and is not asked for it twice; staff look, and say what is.
        using var ann = portal.Visit(storefront);
        await ann.SignInAsync(email, mails: 2);
        var payment = await portal.ScalarAsync<Guid>("select id from payment where organization_id = @OrganizationId", new { storefront.OrganizationId });
        const string beingLookedAt = "has to look at this payment first. Please do not pay again until then.";
        (await ann.GetAsync($"/portal/billing/return?payment={payment}")).Text.ShouldContain(beingLookedAt);
        (await ann.PostAsync("/portal/billing?handler=Pay", ("invoice", invoice.ToString()))).Text.ShouldContain(beingLookedAt);
        (await staff.PostAsync($"/invoices/{invoice}?handler=Paid", ("way", "other"))).Location.ShouldEndWith("?done=paid");
        (await portal.StateAsync(invoice)).ShouldBe("paid");
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
        var (invoice, checkout) = await portal.OpenCheckoutAsync(storefront, "ann@secrets.example");
        await Stripe.Desk.ActAsync(storefront.OrganizationId, checkout, TestAct.Card);
        foreach (var happened in Stripe.Take())
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
