using System.Text.Json.Nodes;
using FsCheck;
using FsCheck.Fluent;
using Latchkey.Features.Payments;
using Latchkey.Platform.Payments.Test;
using Latchkey.Platform.Tenancy;
using Latchkey.Tests.Rig;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace Latchkey.Tests.Features.Payments;

/// <summary>
/// A payment's events in every order, some twice, some while the bank still works, at one node or another, beside the page that the
/// customer comes back to. On PostgreSQL there are two nodes; SQLite belongs to one process.
/// </summary>
public sealed class EventsInAnyOrderTests(PortalWithStripe portal) : IClassFixture<PortalWithStripe>
{
    private const int Cases = 16, Most = 64;

    [Fact]
    public async Task Any_order_and_any_repetition_at_any_node_end_in_the_same_state_with_one_mail()
    {
        var storefront = await portal.WithKeyAsync();
        var nodes = await portal.NodesAsync();
        var plans = Gen.Sample(
            from early in Gen.Choose(0, 9).ListOf(3)
            from again in Gen.Choose(0, 9).ListOf(4)
            from order in Gen.Shuffle(Enumerable.Range(0, Most).ToArray())
            select new Plan(early, again, order), Cases);
        var payments = new List<Told>();
        foreach (var (plan, number) in plans.Select((p, i) => (p, i))) payments.Add(await BeginAsync(storefront, plan, number));

        // While the bank works: a few of the first events.
        await Parallel.ForEachAsync(payments, async (p, _) => await TellAsync(p, [.. p.Plan.Early.Select(i => p.Events[i % p.Events.Count])]));
        await portal.EventsAsync();
        foreach (var refunded in payments.Where(p => p.State == "refunded"))
            (await portal.Stripe.Stripe.AnswerAsync(TestAccount.KeyOf(storefront.OrganizationId), "POST", "/v1/refunds", [KeyValuePair.Create("payment_intent", refunded.Intent)], refunded.Email)).Status.ShouldBe(200);
        portal.Clock.Advance(TimeSpan.FromMinutes(4));
        await portal.Stripe.Desk.SettleAsync();
        foreach (var happened in portal.Stripe.Take()) payments.Single(p => p.Intent == IntentOf(happened)).Events.Add(happened);

        // Then each at least once, as Stripe promises; and one event fifty times.
        await Parallel.ForEachAsync(payments, async (p, cancel) => await Task.WhenAll(
            TellAsync(p, [.. p.Plan.Again.Select(i => p.Events[i % p.Events.Count]), .. p.Events, .. p == payments[0] ? Enumerable.Repeat(p.Events[^1], 50) : []]),
            nodes[p.Plan.Order[0] % nodes.Count].Services.GetRequiredService<SettlePayment>().RunAsync(storefront.OrganizationId, p.Payment, cancel)));
        await portal.EventsAsync();

        foreach (var p in payments)
        {
            string told = $"{p.Email}: {string.Join(' ', p.Plan.Early)}, {string.Join(' ', p.Plan.Again)}, {string.Join(' ', p.Plan.Order)}";
            (await portal.StateAsync(p.Invoice)).ShouldBe(p.State, told);
            (await portal.ScalarAsync<long>("select count(*) from mail where to_address = @Email and kind in ('receipt', 'payment_failed')", new { p.Email })).ShouldBe(1, told);
        }
        (await portal.ScalarAsync<long>("select count(*) from activity where organization_id = @OrganizationId and event = 'invoice paid'", new { storefront.OrganizationId })).ShouldBe(payments.Count(p => p.State != "failed"));
        (await portal.ScalarAsync<long>("select count(*) from webhook_event where organization_id = @OrganizationId and state <> 'done'", new { storefront.OrganizationId })).ShouldBe(0);

        Task TellAsync(Told payment, IReadOnlyList<JsonObject> events) => Parallel.ForEachAsync(events.Select((e, i) => (e, i)).OrderBy(p => payment.Plan.Order[p.i % Most]), new ParallelOptions { MaxDegreeOfParallelism = 2 },
            async (post, _) => (await portal.Stripe.PostAsync(storefront.OrganizationId, post.e, node: AddressOf(nodes[post.i % nodes.Count]))).ShouldBe(200));
    }

    /// <summary>A customer at the checkout, where something was done.</summary>
    private async Task<Told> BeginAsync(Storefront storefront, Plan plan, int number)
    {
        var (act, state) = (number % 4) switch
        {
            0 => (TestAct.Card, "paid"),
            1 => (TestAct.Debit, "paid"),
            2 => (TestAct.DebitThatFails, "failed"),
            _ => (TestAct.Card, "refunded"),
        };
        string email = $"{state}{number}@order.example";
        var account = await portal.AccountAsync(storefront, email);
        var invoice = await portal.InvoiceAsync(storefront, await portal.ContactAsync(account));
        var started = await portal.Services.GetRequiredService<StartCheckout>().RunAsync(new WantedCheckout
        {
            Storefront = storefront, InvoiceIds = [invoice.Id], AccountId = account,
            ReturnUrl = $"{portal.Url}s/{storefront.Slug}/portal/billing/return", CancelUrl = $"{portal.Url}s/{storefront.Slug}/portal/billing",
        }, CancellationToken.None);
        await portal.Stripe.Desk.ActAsync(storefront.OrganizationId, started.Address!.Segments[^1], act);
        var events = portal.Stripe.Take();
        return new Told(email, invoice.Id, started.PaymentId!.Value, state, IntentOf(events[0]), events, plan);
    }

    private static string IntentOf(JsonObject happened) => happened["data"]!["object"]!.AsObject() is var about && about.Text("object") == "payment_intent" ? about.Text("id")! : about.Text("payment_intent")!;

    private static Uri AddressOf(WebApplication node) => new(node.Urls.Single());

    /// <param name="Early">Events that come while the bank still works.</param>
    /// <param name="Again">Events that come once more.</param>
    /// <param name="Order">Who is first.</param>
    private sealed record Plan(IReadOnlyList<int> Early, IReadOnlyList<int> Again, int[] Order);

    private sealed record Told(string Email, Guid Invoice, Guid Payment, string State, string Intent, List<JsonObject> Events, Plan Plan);
}
