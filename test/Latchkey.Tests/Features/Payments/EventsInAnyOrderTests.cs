using System.Text.Json.Nodes;
using FsCheck;
using FsCheck.Fluent;
using Latchkey.Features.Payments;
using Latchkey.Platform.Payments.Test;
using Latchkey.Tests.Rig;
using Microsoft.Extensions.DependencyInjection;

namespace Latchkey.Tests.Features.Payments;

/// <summary>A payment's events in every order, some twice, beside the page that the customer comes back to.</summary>
public sealed class EventsInAnyOrderTests(PortalWithStripe portal) : IClassFixture<PortalWithStripe>
{
    private const int Cases = 12;

    [Theory]
    [InlineData(false, "paid")]
    [InlineData(true, "failed")]
    public async Task Any_order_and_any_repetition_end_in_the_same_state_with_one_mail(bool bounces, string state)
    {
        var orders = Gen.Sample(
            from again in Gen.Choose(0, 9).ListOf(4)
            from order in Gen.Shuffle(Enumerable.Range(0, 10).Concat(again).ToArray())
            select order, Cases);
        var storefront = await portal.WithKeyAsync();
        foreach (var (order, number) in orders.Select((o, i) => (o, i)))
        {
            string email = $"ann@{state}{number}.example";
            var invoice = await portal.InvoiceAsync(storefront, await portal.ContactAsync(await portal.AccountAsync(storefront, email)));
            var started = await portal.Services.GetRequiredService<StartCheckout>().RunAsync(new WantedCheckout
            {
                Storefront = storefront, InvoiceIds = [invoice.Id], AccountId = await portal.ScalarAsync<Guid>("select id from account where email = @email", new { email }),
                ReturnUrl = $"{portal.Url}s/{storefront.Slug}/portal/billing/return", CancelUrl = $"{portal.Url}s/{storefront.Slug}/portal/billing",
            }, CancellationToken.None);
            await portal.Stripe.Desk.ActAsync(storefront.OrganizationId, started.Address!.Segments[^1], bounces ? TestAct.DebitThatFails : number % 2 == 0 ? TestAct.Card : TestAct.Debit);
            portal.Clock.Advance(TimeSpan.FromMinutes(4));
            await portal.Stripe.Desk.SettleAsync();
            var events = new List<JsonObject>();
            while (portal.Stripe.Events.TryDequeue(out var happened)) events.Add(happened);

            // Some twice and in any order, at once; at the end each at least once, as Stripe promises.
            var posts = order.Select(i => events[i % events.Count]).Concat(events).ToList();
            var settle = portal.Services.GetRequiredService<SettlePayment>();
            await Task.WhenAll(posts.Select(e => portal.Stripe.PostAsync(storefront.OrganizationId, e)).Append(Task.Run(async () => { await settle.RunAsync(storefront.OrganizationId, started.PaymentId!.Value, CancellationToken.None); return 200; })));
            await portal.EventsAsync();

            (await portal.StateAsync(invoice.Id)).ShouldBe(state, string.Join(' ', order));
            (await portal.ScalarAsync<long>("select count(*) from mail where to_address = @email and kind in ('receipt', 'payment_failed')", new { email })).ShouldBe(1, string.Join(' ', order));
        }
    }
}
