using Dapper;
using Latchkey.Platform.Data;
using Latchkey.Platform.Payments;
using Latchkey.Platform.Tenancy;

namespace Latchkey.Features.Payments;

/// <summary>Starts a checkout that adds a card or a bank account to what a customer has on file.</summary>
public sealed class AddMethod(Database database, PaymentAccounts accounts, StripeApi stripe, PayersCustomer customers, TimeProvider clock)
{
    /// <param name="storefront">The storefront.</param>
    /// <param name="accountId">The customer, signed in.</param>
    /// <param name="currency">What debits are in.</param>
    /// <param name="returnUrl">Where the browser comes back to, absolute; <c>setup={id}</c> is added.</param>
    /// <param name="cancelUrl">Where it comes back to when the customer changes their mind.</param>
    /// <param name="cancel">Stops the waiting.</param>
    /// <returns>Where the browser goes; null when it can't be done now.</returns>
    public async Task<Uri?> RunAsync(Storefront storefront, Guid accountId, string currency, string returnUrl, string cancelUrl, CancellationToken cancel)
    {
        var (organization, now) = (storefront.OrganizationId, clock.GetUtcNow());
        if (await accounts.ForAsync(organization) is not { } account) return null;
        for (int attempt = 1; attempt <= 2 && await customers.FindOrMakeAsync(account, organization, new Payer(accountId, Guid.Empty), cancel) is { } customer; attempt++)
        {
            var setup = Guid.CreateVersion7(now);
            await database.WriteAsync(t => t.Connection!.ExecuteAsync(MethodSql.CreateSetup, new { organization, id = setup, storefront = storefront.Id, customer = customer.Id, now, lookAt = (DateTimeOffset?)null }, t), cancel);
            var answer = await stripe.PostAsync(account, "/v1/checkout/sessions", Form(account, setup, customer, accountId, currency, returnUrl, cancelUrl), setup.ToString(), cancel);
            if (answer.Error is { Problem: StripeProblem.Missing }) await customers.ForgetAsync(organization, customer.CustomerId);
            else if (!answer.IsYes) return null;
            else if (StripeCheckout.Read(answer.Json) is { Id: { } id, Url: { } url } checkout)
            {
                var lookAt = (checkout.ExpiresAt ?? now.AddDays(1)).AddMinutes(1);
                await database.WriteAsync(t => t.Connection!.ExecuteAsync(MethodSql.OpenedSetup, new { organization, id = setup, checkout = id, setup = checkout.SetupIntent, lookAt }, t), CancellationToken.None);
                return new Uri(url);
            }
        }
        return null;
    }

    /// <summary>The currency of the business, for a customer who has no invoice yet.</summary>
    public async Task<string> CurrencyAsync(Storefront storefront, CancellationToken cancel) =>
        await database.ReadAsync(c => c.ExecuteScalarAsync<string?>(PaymentSql.CurrencyOf, new { storefront.OrganizationId }), cancel) ?? "USD";

    private static StripeForm Form(PaymentAccount account, Guid setup, Customer customer, Guid accountId, string currency, string returnUrl, string cancelUrl)
    {
        var methods = account.MethodsFor(currency);
        var form = new StripeForm().With("mode", "setup").With("customer", customer.CustomerId).With("client_reference_id", setup.ToString())
            .With("success_url", $"{returnUrl}{(returnUrl.Contains('?', StringComparison.Ordinal) ? '&' : '?')}setup={setup}").With("cancel_url", cancelUrl)
            .With("metadata[setup_id]", setup.ToString()).With("setup_intent_data[metadata][setup_id]", setup.ToString())
            .With("setup_intent_data[metadata][portal_account_id]", accountId.ToString())
            .With("payment_method_types", methods).With("locale", StripeForm.Locale);
        if (methods.Contains("acss_debit", StringComparer.Ordinal))
            form.With("payment_method_options[acss_debit][currency]", currency.ToLowerInvariant())
                .With("payment_method_options[acss_debit][mandate_options][payment_schedule]", "combined")
                .With("payment_method_options[acss_debit][mandate_options][interval_description]", "When an invoice is due")
                .With("payment_method_options[acss_debit][mandate_options][transaction_type]", "personal");
        return form;
    }
}
