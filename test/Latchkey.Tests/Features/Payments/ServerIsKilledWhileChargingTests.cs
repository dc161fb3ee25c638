using System.Net;
using Dapper;
using Latchkey.Platform.Data;
using Latchkey.Platform.Payments.Test;
using Latchkey.Tests.Features.SignIn;
using Latchkey.Tests.Platform.Mail.Rig;
using Latchkey.Tests.Rig;

namespace Latchkey.Tests.Features.Payments;

/// <summary>kill -9 while the method on file is charged: Stripe has done it, and its answer never came.</summary>
public sealed class ServerIsKilledWhileChargingTests : TownServer
{
    private const string Charge = "POST /v1/payment_intents";

    private readonly FakeStripe stripe = new();
    private TestDatabase own = null!;
    private Database memory = null!;
    private Guid organization;

    private protected override int Customers => 2;

    private protected override IEnumerable<KeyValuePair<string, string>> Settings =>
    [
        new("Stripe__ApiKey", TestAccount.KeyOf(organization)), new("Stripe__WebhookSecret", FakeStripe.Secret(organization)), new("Stripe__ApiBase", stripe.Url.AbsoluteUri),
        new("Stripe__TimeoutSeconds", "80"),
    ];

    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        await stripe.StartAsync();
        own = await TestDatabase.CreateAsync();
        memory = own.Open();
        stripe.Serve(memory, TimeProvider.System, stripe.Url);
        organization = await ValueAsync<Guid>("select id from organization where name = 'Town'");
    }

    public override async ValueTask DisposeAsync()
    {
        await stripe.DisposeAsync();
        await memory.DisposeAsync();
        await own.DisposeAsync();
        await base.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task The_charge_is_asked_for_again_and_happens_once_with_one_receipt_and_the_page_tells_the_truth()
    {
        await OweAsync();
        stripe.Meets = request => request == Charge ? StripeAct.HangAfterDoing : null;
        await using (var server = await ServeAsync())
        {
            await Portal.UntilAsync(async () => await CountAsync("charge") == 1);
            await Crowd.SignInAsync([Town.Customer(1)], atOnce: 1, tryTwice: false, Cancel);
            (await PageAsync(server)).ShouldContain("Pending (1)");
            var (status, pressed) = await PayAsync(server);
            (status, pressed.Contains("A payment of that is under way.", StringComparison.Ordinal)).ShouldBe((HttpStatusCode.Conflict, true), pressed);
            await server.KillAsync();
        }
        (await ValueAsync<string>("select state from payment")).ShouldBe("starting");

        stripe.Meets = null;
        // The time after which somebody looks again is over.
        await Database.WriteAsync(t => t.Connection!.ExecuteAsync("update payment set look_at = @now", new { now = DateTimeOffset.UtcNow }, t), Cancel);
        await using var next = await ServeAsync();
        await Portal.UntilAsync(async () => await ValueAsync<string>("select state from invoice") == "paid");
        // The events are fetched too, for nobody was there when Stripe told them.
        await Portal.UntilAsync(async () => await ValueAsync<long>("select count(*) from webhook_event where state = 'done'") >= 2);
        await Town.DrainAsync();

        (await PageAsync(next)).ShouldContain("Paid (1)");
        (await PayAsync(next)).Status.ShouldBe(HttpStatusCode.Conflict);
        (await CountAsync("payment_intent"), await CountAsync("charge")).ShouldBe((1, 1));
        var asked = stripe.Requests.Where(r => r.StartsWith(Charge, StringComparison.Ordinal)).ToList();
        asked.Count.ShouldBeGreaterThanOrEqualTo(2);
        asked.Distinct().ShouldHaveSingleItem();
        (await ValueAsync<long>("select count(*) from invoice")).ShouldBe(1);
        Relay.Mails.Select(m => new MailReader(m.Bytes).Subject).ShouldBe(["Sign in to Town", "Receipt: 90.00 USD"]);
    }

    /// <summary>The customer holds something that is billed now, by a card that is on file.</summary>
    private async Task OweAsync()
    {
        var (customer, card) = await stripe.Stripe.InLedgerAsync(organization, async ledger =>
        {
            var made = await ledger.AddAsync(new() { ["id"] = TestLedger.NewId("cus"), ["object"] = "customer" });
            return (made.Text("id"), (await TestRequests.AddMethodAsync(ledger, "card", made.Text("id"))).Text("id"));
        });
        var now = DateTimeOffset.UtcNow;
        await Database.WriteAsync(t => t.Connection!.ExecuteAsync("""
            insert into contact (organization_id, id, storefront_id, full_name, email, linked, created_at, updated_at) select organization_id, @contact, storefront_id, 'Ann Archer', email, true, @now, @now from account where email = @email;
            insert into account_contact (organization_id, account_id, contact_id, linked_at, linked_by) select organization_id, id, @contact, @now, 'import' from account where email = @email;
            insert into facility (organization_id, id, storefront_id, name, created_at) select organization_id, @facility, id, 'Old Mill', @now from storefront where organization_id = @organization;
            insert into subscription (organization_id, id, contact_id, facility_id, kind, name, price, currency, started_on) values (@organization, @subscription, @contact, @facility, 'rental', '5 m²', 9000, 'USD', @today);
            insert into billing_plan (organization_id, runs, anniversary, tax_rate, due_days, updated_at) values (@organization, @yes, @yes, 0, 10, @now);
            insert into payment_customer (organization_id, id, account_id, provider, customer_id, created_at) select organization_id, @payer, id, 'stripe', @customer, @now from account where email = @email;
            insert into payment_method (organization_id, id, customer_id, method_id, type, brand, last4, state, is_default, created_at) values (@organization, @method, @payer, @card, 'card', 'visa', '4242', 'active', @yes, @now)
            """, new
        {
            organization, email = Town.Customer(1), contact = Guid.CreateVersion7(), facility = Guid.CreateVersion7(), subscription = Guid.CreateVersion7(), payer = Guid.CreateVersion7(),
            method = Guid.CreateVersion7(), customer, card, now, today = IsoDay.Of(now), yes = true,
        }, t), Cancel);
    }

    private async Task<string> PageAsync(LatchkeyProcess server)
    {
        using var browser = Browser(server);
        return await browser.GetStringAsync($"{Town.Portal}/billing", Cancel);
    }

    private async Task<(HttpStatusCode Status, string Text)> PayAsync(LatchkeyProcess server)
    {
        using var browser = Browser(server);
        using var form = new FormUrlEncodedContent([KeyValuePair.Create("invoice", (await ValueAsync<Guid>("select id from invoice")).ToString())]);
        using var answer = await browser.PostAsync($"{Town.Portal}/billing?handler=Pay", form, Cancel);
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync(Cancel));
    }

    private HttpClient Browser(LatchkeyProcess server)
    {
        var browser = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false }) { BaseAddress = server.Url };
        browser.DefaultRequestHeaders.Add("Cookie", Crowd.SignedIn.Single().Cookie);
        return browser;
    }

    /// <summary>How many of a kind Stripe has.</summary>
    private Task<long> CountAsync(string kind) => memory.ReadAsync(c => c.ExecuteScalarAsync<long>("select count(*) from test_object where kind = @kind", new { kind }), Cancel);

    private Task<T> ValueAsync<T>(string sql) => Database.ReadAsync(async c => (await c.ExecuteScalarAsync<T>(sql))!, Cancel);
}
