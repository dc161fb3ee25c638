using Dapper;
using Latchkey.Features.Invoices;
using Latchkey.Platform.Data;
using Latchkey.Platform.Payments;

namespace Latchkey.Features.Payments;

/// <summary>
/// Starts a checkout for invoices that are due. Each invoice is in one payment at a time: an open checkout for the same is given again, one
/// for others is ended first, and while a bank works on a payment there is no second one.
/// </summary>
public sealed class StartCheckout(Database database, PaymentAccounts accounts, StripeApi stripe, PayersCustomer customers, EndCheckout endCheckout, TimeProvider clock)
{
    private static readonly TimeSpan Usual = TimeSpan.FromHours(24), LeastLeft = TimeSpan.FromMinutes(5), OthersTurn = TimeSpan.FromSeconds(8);

    public async Task<StartedCheckout> RunAsync(WantedCheckout wanted, CancellationToken cancel)
    {
        var organization = wanted.Storefront.OrganizationId;
        if (await accounts.ForAsync(organization) is not { } account) return new StartedCheckout(CheckoutStart.NotSetUp);
        for (var waited = System.Diagnostics.Stopwatch.StartNew(); ; await Task.Delay(100, cancel))
        {
            var invoices = await DueAsync(wanted, cancel);
            if (invoices.Count == 0) return new StartedCheckout(CheckoutStart.NothingDue);
            var (inTheWay, again) = await LookAsync(wanted, account, invoices, cancel);
            if (again is not null) return again;
            if (!inTheWay && await TakeAsync(wanted, account, invoices, cancel) is { } payment) return await OpenAsync(wanted, account, payment, invoices, cancel);
            // Another request of the same moment is a step ahead: its checkout is ours too, as soon as it has an address.
            if (waited.Elapsed > OthersTurn) return new StartedCheckout(CheckoutStart.TryLater);
        }
    }

    private Task<List<Due>> DueAsync(WantedCheckout wanted, CancellationToken cancel) => database.ReadAsync(async c =>
    {
        var found = new List<Due>();
        foreach (var invoice in wanted.InvoiceIds.Distinct().Order())
            if (await c.QuerySingleOrDefaultAsync<Due>(PaymentSql.Invoice, new { wanted.Storefront.OrganizationId, wanted.Storefront.Id, invoice }) is { State: "pending" or "failed" or "processing" } due) found.Add(due);
        return found.Where(d => d.Currency == found[0].Currency).ToList();
    }, cancel);

    /// <summary>What payments of these invoices there are already.</summary>
    private async Task<(bool InTheWay, StartedCheckout? Again)> LookAsync(WantedCheckout wanted, PaymentAccount account, List<Due> invoices, CancellationToken cancel)
    {
        var organization = wanted.Storefront.OrganizationId;
        foreach (var id in await LivePaymentsAsync(organization, invoices, cancel))
        {
            if (await FindAsync(organization, id, cancel) is not { } payment) continue;
            if (payment.Suspect) return (true, new StartedCheckout(CheckoutStart.Doubted, PaymentId: id));
            if (payment.State is PaymentState.Processing || payment.Kind != "checkout") return (true, new StartedCheckout(CheckoutStart.Processing, PaymentId: id));
            if (payment.State is PaymentState.Starting && payment.CreatedAt > clock.GetUtcNow() - TimeSpan.FromMinutes(2)) return (true, null);
            if (payment is { State: PaymentState.Open, Address: { } address } && payment.Provider == account.Provider && payment.AccountId == wanted.AccountId && payment.KeepsMethod == wanted.KeepMethod
                && payment.ExpiresAt - clock.GetUtcNow() > LeastLeft && (await InvoicesAsync(organization, id)).SequenceEqual(invoices.Select(i => i.Id)))
                return (false, new StartedCheckout(CheckoutStart.Started, new Uri(address), id));
            var ended = await endCheckout.RunAsync(organization, id, cancel);
            if (ended is PaymentState.Processing) return (true, new StartedCheckout(CheckoutStart.Processing, PaymentId: id));
            if (ended is PaymentState.Starting or PaymentState.Open) return (true, new StartedCheckout(CheckoutStart.TryLater));
            return (true, null);
        }
        return invoices.Exists(i => i.State == "processing") ? (true, new StartedCheckout(CheckoutStart.Processing)) : (false, null);
    }

    /// <returns>Null when another request was faster.</returns>
    private Task<Guid?> TakeAsync(WantedCheckout wanted, PaymentAccount account, List<Due> invoices, CancellationToken cancel) => database.WriteAsync(async t =>
    {
        var (organization, now) = (wanted.Storefront.OrganizationId, clock.GetUtcNow());
        var payment = Guid.CreateVersion7(now);
        await t.Connection!.ExecuteAsync(PaymentSql.Create, new
        {
            OrganizationId = organization, Id = payment, StorefrontId = wanted.Storefront.Id, wanted.AccountId, invoices[0].ContactId, Kind = "checkout", State = "starting",
            Amount = invoices.Sum(i => i.Total), invoices[0].Currency, account.Provider, CustomerId = (string?)null, MethodId = (string?)null, KeepsMethod = wanted.KeepMethod,
            Actor = (string?)null, PaidBy = (string?)null, now, ExpiresAt = wanted.ExpiresAt, SettledAt = (DateTimeOffset?)null, LookAt = now.AddMinutes(5),
        }, t);
        foreach (var invoice in invoices)
        {
            if (await t.Connection!.ExecuteAsync(PaymentSql.Take, new { organization, payment, invoice = invoice.Id, amount = invoice.Total, live = true }, t) > 0) continue;
            await t.Connection!.ExecuteAsync(PaymentSql.Forget, new { organization, payment }, t);
            return (Guid?)null;
        }
        return payment;
    }, cancel);

    private async Task<StartedCheckout> OpenAsync(WantedCheckout wanted, PaymentAccount account, Guid payment, List<Due> invoices, CancellationToken cancel)
    {
        var organization = wanted.Storefront.OrganizationId;
        var payer = new Payer(wanted.AccountId, invoices[0].ContactId);
        for (int attempt = 1; attempt <= 2 && await customers.FindOrMakeAsync(account, organization, payer, cancel) is { } customer; attempt++)
        {
            var answer = await stripe.PostAsync(account, "/v1/checkout/sessions", Form(wanted, account, payment, invoices, customer), $"{payment}-{attempt}", cancel);
            if (answer.Error is { Problem: StripeProblem.Missing }) await customers.ForgetAsync(organization, customer.CustomerId);
            else if (answer.IsYes && StripeCheckout.Read(answer.Json) is { Id: { } id, Url: { } url } checkout)
            {
                var expiresAt = checkout.ExpiresAt ?? clock.GetUtcNow() + Usual;
                await database.WriteAsync(t => t.Connection!.ExecuteAsync(PaymentSql.Opened, new
                {
                    organization, id = payment, customer = customer.CustomerId, checkout = id, intent = checkout.Intent?.Id, address = url, expiresAt, lookAt = expiresAt.AddMinutes(1),
                }, t), CancellationToken.None);
                return new StartedCheckout(CheckoutStart.Started, new Uri(url), payment);
            }
            else
            {
                if (answer.Error is { Problem: StripeProblem.KeyRefused }) await accounts.NoteAsync(organization, isBroken: true);
                break;
            }
        }
        // If the provider has a checkout after all, nobody knows its address.
        await endCheckout.GiveUpAsync(organization, payment);
        return new StartedCheckout(CheckoutStart.TryLater);
    }

    private static StripeForm Form(WantedCheckout wanted, PaymentAccount account, Guid payment, List<Due> invoices, Customer customer)
    {
        string currency = invoices[0].Currency.ToLowerInvariant();
        var methods = account.MethodsFor(currency);
        var form = new StripeForm().With("mode", "payment").With("customer", customer.CustomerId).With("client_reference_id", payment.ToString())
            .With("success_url", With(wanted.ReturnUrl, payment)).With("cancel_url", wanted.CancelUrl)
            .With("metadata[payment_id]", payment.ToString()).With("payment_intent_data[metadata][payment_id]", payment.ToString())
            .With("payment_intent_data[description]", string.Join(", ", invoices.Select(i => InvoiceNumber.Of(i.Number))))
            .With("payment_intent_data[setup_future_usage]", wanted.KeepMethod ? "off_session" : null)
            .With("payment_method_types", methods).With("locale", StripeForm.Locale).With("expires_at", wanted.ExpiresAt);
        if (methods.Contains("acss_debit", StringComparer.Ordinal))
            form.With("payment_method_options[acss_debit][mandate_options][payment_schedule]", "sporadic").With("payment_method_options[acss_debit][mandate_options][transaction_type]", "personal");
        for (int i = 0; i < invoices.Count; i++)
            form.With($"line_items[{i}][price_data][currency]", currency).With($"line_items[{i}][price_data][unit_amount]", invoices[i].Total)
                .With($"line_items[{i}][price_data][product_data][name]", $"{wanted.Storefront.Name}, {InvoiceNumber.Of(invoices[i].Number)}").With($"line_items[{i}][quantity]", 1);
        return form;
    }

    private static string With(string address, Guid payment) => $"{address}{(address.Contains('?', StringComparison.Ordinal) ? '&' : '?')}payment={payment}";

    private Task<PaymentRow?> FindAsync(Guid organization, Guid id, CancellationToken cancel) =>
        database.ReadAsync(c => c.QuerySingleOrDefaultAsync<PaymentRow?>(PaymentSql.Find, new { organization, id }), cancel);

    private Task<List<Guid>> LivePaymentsAsync(Guid organization, List<Due> invoices, CancellationToken cancel) => database.ReadAsync(async c =>
    {
        var ids = new List<Guid>();
        foreach (var invoice in invoices) ids.AddRange(await c.QueryAsync<Guid>(PaymentSql.LiveOf, new { organization, invoice = invoice.Id }));
        return ids.Distinct().ToList();
    }, cancel);

    private Task<List<Guid>> InvoicesAsync(Guid organization, Guid id) => database.ReadAsync(async c => (await c.QueryAsync<Guid>(PaymentSql.InvoicesOf, new { organization, id })).Order().ToList());

    private sealed record Due
    {
        public required Guid Id { get; init; }
        public required long Number { get; init; }
        public required long Total { get; init; }
        public required string Currency { get; init; }
        public required Guid ContactId { get; init; }
        public required string State { get; init; }
    }
}
