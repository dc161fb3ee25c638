using Dapper;
using Latchkey.Features.Invoices;
using Latchkey.Features.Payments;
using Latchkey.Platform.Payments.Test;
using Latchkey.Platform.Tenancy;
using Latchkey.Tests.Rig;
using Microsoft.Extensions.DependencyInjection;

namespace Latchkey.Tests.Features.Payments;

/// <summary>Invoices and payments, as tests speak of them.</summary>
internal static class Till
{
    public static async Task<CreatedInvoice> InvoiceAsync(this Portal portal, Storefront storefront, Guid contact, long amount = 8900, string currency = "USD", int dueInDays = 10, int taxRate = 0) =>
        await portal.Database.WriteAsync(t => portal.Services.GetRequiredService<CreateInvoice>().InTransactionAsync(t, new NewInvoice
        {
            OrganizationId = storefront.OrganizationId, StorefrontId = storefront.Id, ContactId = contact, Currency = currency,
            Lines = [new NewLine("Unit A12", 1, amount, taxRate)], DueOn = DateOnly.FromDateTime(portal.Clock.GetUtcNow().UtcDateTime).AddDays(dueInDays),
        }));

    public static Task<string> StateAsync(this Portal portal, Guid invoice) => portal.ScalarAsync<string>("select state from invoice where id = @invoice", new { invoice });

    public static async Task<Guid> ContactAsync(this Portal portal, Guid account) =>
        await portal.Database.ReadAsync(c => c.QuerySingleAsync<Guid>("select contact_id from account_contact where account_id = @account", new { account }));

    /// <summary>A customer at the billing page.</summary>
    public static async Task<Visit> CustomerAsync(this Portal portal, Storefront storefront, string email)
    {
        var visit = portal.Visit(storefront);
        await visit.SignInAsync(email);
        return visit;
    }

    /// <summary>Presses Pay and does something at the test checkout; ends where that leads.</summary>
    public static async Task<Answer> PayAsync(this Visit visit, Guid invoice, TestAct act, bool keep = false)
    {
        var checkout = await visit.PostAsync("/portal/billing?handler=Pay", ("invoice", invoice.ToString()), ("keep", keep ? "yes" : "no"));
        return await visit.AtCheckoutAsync(checkout.Location!, act);
    }

    public static async Task<Answer> AtCheckoutAsync(this Visit visit, string address, TestAct act)
    {
        var after = await visit.SubmitAsync(new Uri(address).PathAndQuery, ("act", act.ToString()));
        return after.Location is { } back ? await visit.OpenAsync(back) : after;
    }

    /// <summary>What is due by the clock is done, and every event was looked at.</summary>
    public static async Task SettleMoneyAsync(this Portal portal)
    {
        await portal.Services.GetRequiredService<TestDesk>().SettleAsync();
        await portal.Services.GetRequiredService<LookAgain>().RunAsync(CancellationToken.None);
        await portal.Services.GetRequiredService<SendRefunds>().RunAsync(CancellationToken.None);
        await portal.EventsAsync();
    }

    /// <summary>Charges the method on file.</summary>
    public static async Task<PaymentState?> ChargeAsync(this Portal portal, Storefront storefront, Guid invoice) => await portal.Services.GetRequiredService<ChargeMethod>().RunAsync(
        storefront.OrganizationId, (await portal.Services.GetRequiredService<ReadInvoices>().OneAsync(storefront.OrganizationId, invoice, CancellationToken.None))!.Invoice, CancellationToken.None);

    public static Task EventsAsync(this Portal portal) => Portal.UntilAsync(async () => await portal.ScalarAsync<long>("select count(*) from webhook_event where state = 'queued' and (attempts = 0 or reason is null)") == 0);
}
