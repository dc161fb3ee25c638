using System.Data.Common;
using System.Globalization;
using Dapper;
using Latchkey.Features.Invoices;
using Latchkey.Features.Payments;
using Latchkey.Platform.Data;
using Latchkey.Platform.Tenancy;
using Latchkey.SignIn;

namespace Latchkey.Features.SignUps;

/// <summary>
/// The last step: writes the contact and the invoice, and leads to the payment provider. The unit stays held for as long as somebody can
/// pay there. Pressing twice leads to the same payment.
/// </summary>
public sealed class PaySignUp(
    Database database, CreateInvoice createInvoice, MoveInvoice moveInvoice, StartCheckout startCheckout, CompleteSignUp complete, HoldUnit holdUnit, PublicAddress addresses, TimeProvider clock)
{
    /// <summary>How long the payment provider waits for a payment; no less is possible there.</summary>
    public static readonly TimeSpan CheckoutLife = TimeSpan.FromMinutes(31);

    /// <summary>A provider's word that nobody paid may come late.</summary>
    internal static readonly TimeSpan Longer = TimeSpan.FromHours(2);

    public async Task<BillingTerms> TermsAsync(Storefront storefront, CancellationToken cancel) => await database.ReadAsync(c =>
        c.QuerySingleOrDefaultAsync<BillingTerms>(new CommandDefinition(SignUpPaymentSql.Terms, new { storefront.OrganizationId }, cancellationToken: cancel)), cancel) ?? BillingTerms.Usual;

    /// <param name="storefront">The storefront.</param>
    /// <param name="signUp">A sign-up with all its answers.</param>
    /// <param name="quote">What was shown.</param>
    /// <param name="customer">Who is signed in, if anybody.</param>
    /// <param name="cancel">Cancels the work.</param>
    public async Task<PayAnswer> RunAsync(Storefront storefront, SignUp signUp, Quote quote, LiveSession? customer, CancellationToken cancel)
    {
        if (customer is { IsByStaff: true }) return new(PayOutcome.ByStaff);
        var asked = await database.WriteAsync(t => AskAsync(t, storefront, signUp, quote, customer), cancel);
        if (asked.Outcome != PayOutcome.Started || asked.InvoiceId is not { } invoice) return asked;

        string site = addresses.Of(storefront);
        var started = await startCheckout.RunAsync(new WantedCheckout
        {
            Storefront = storefront,
            InvoiceIds = [invoice],
            AccountId = customer?.AccountId,
            ReturnUrl = $"{site}/rent/done",
            CancelUrl = $"{site}/rent/payment",
            // A card that somebody unproven leaves would wait in the account of whoever proves the mailbox.
            KeepMethod = customer is not null,
            ExpiresAt = clock.GetUtcNow() + CheckoutLife,
        }, cancel);
        if (started is not { Outcome: CheckoutStart.Started, Address: { } address }) return new(started.Outcome switch
        {
            CheckoutStart.Started or CheckoutStart.TryLater => PayOutcome.TryLater,
            CheckoutStart.NothingDue or CheckoutStart.Processing or CheckoutStart.Doubted => PayOutcome.Closed,
            CheckoutStart.NotSetUp => PayOutcome.NotSetUp,
        });
        await database.WriteAsync(t => LeaveAsync(t, storefront, signUp.Id, invoice, started.PaymentId), cancel);
        return new(PayOutcome.Started) { Address = address };
    }

    private async Task<PayAnswer> AskAsync(DbTransaction transaction, Storefront storefront, SignUp signUp, Quote quote, LiveSession? customer)
    {
        var (now, unitId) = (clock.GetUtcNow(), signUp.UnitId);
        // Of two presses at once, the second finds the invoice of the first.
        var known = await transaction.Connection!.QuerySingleOrDefaultAsync<Asked>(SignUpPaymentSql.Lock, new { storefront.OrganizationId, StorefrontId = storefront.Id, id = signUp.Id, now }, transaction);
        if (known is null) return new(PayOutcome.Closed);
        if (storefront.Vocabulary == Vocabulary.Rental)
        {
            unitId = await holdUnit.RunAsync(transaction, storefront, signUp.Id, signUp.UnitTypeId, signUp.UnitId, now + HoldUnit.Step);
            if (unitId is null) return new(PayOutcome.SoldOut);
        }
        var contactId = customer is null ? await TypedContactAsync(transaction, storefront, signUp, known.ContactId, now) : await OwnContactAsync(transaction, storefront, signUp, customer.AccountId, now);
        string invoiceFor = string.Create(CultureInfo.InvariantCulture, $"{contactId:n} {quote.PeriodStart:O} {string.Join(' ', quote.Lines.Select(l => $"{l.Net}+{l.Tax}"))}");
        bool same = known.InvoiceFor == invoiceFor && await transaction.Connection!.ExecuteScalarAsync<string?>(
            SignUpPaymentSql.InvoiceState, new { storefront.OrganizationId, known.InvoiceId }, transaction) is "pending" or "failed";
        var invoice = same ? new CreatedInvoice(known.InvoiceId!.Value, 0, quote.DueToday.Minor, quote.Currency) : await createInvoice.InTransactionAsync(transaction, new NewInvoice
        {
            OrganizationId = storefront.OrganizationId,
            StorefrontId = storefront.Id,
            ContactId = contactId,
            SubscriptionId = signUp.Id,
            SignUpId = signUp.Id,
            Currency = quote.Currency,
            Lines = quote.Lines,
            DueOn = DateOnly.FromDateTime(now.UtcDateTime),
        });
        // What was asked for before something was changed is asked for no more.
        if (!same && known.InvoiceId is { } older) await moveInvoice.VoidAsync(transaction, storefront.OrganizationId, older);
        var row = new
        {
            storefront.OrganizationId, StorefrontId = storefront.Id, id = signUp.Id, accountId = customer?.AccountId, contactId, invoiceId = invoice.Id, invoiceFor,
            paidTo = IsoDay.Of(quote.PeriodEnd), unitId, now,
        };
        await transaction.Connection!.ExecuteAsync(SignUpPaymentSql.Ask, row, transaction);
        if (invoice.Total > 0) return new(PayOutcome.Started) { InvoiceId = invoice.Id };
        await complete.RunAsync(transaction, storefront.OrganizationId, signUp.Id, invoice.Id);
        return new(PayOutcome.Closed); // nothing to pay: it is done
    }

    private static async Task<Guid> OwnContactAsync(DbTransaction transaction, Storefront storefront, SignUp signUp, Guid accountId, DateTimeOffset now)
    {
        var where = new { storefront.OrganizationId, StorefrontId = storefront.Id, accountId, facilityId = signUp.FacilityId, contactId = Guid.CreateVersion7(now), now };
        if (await transaction.Connection!.QuerySingleOrDefaultAsync<Guid?>(SignUpPaymentSql.OwnContact, where, transaction) is { } own) return own;
        await transaction.Connection!.ExecuteAsync(SignUpPaymentSql.AddOwnContact, where, transaction);
        await transaction.Connection!.ExecuteAsync(SignUpPaymentSql.Link, where, transaction);
        return where.contactId;
    }

    /// <summary>A record of its own: what is typed here changes nobody's, whoever has the address.</summary>
    private static async Task<Guid> TypedContactAsync(DbTransaction transaction, Storefront storefront, SignUp signUp, Guid? before, DateTimeOffset now)
    {
        var typed = signUp.Details!;
        object With(Guid contactId) => new
        {
            storefront.OrganizationId, StorefrontId = storefront.Id, contactId, facilityId = signUp.FacilityId, typed.FullName, typed.Email, typed.Phone,
            locale = signUp.Locale, now,
        };
        if (before is { } known && await transaction.Connection!.QuerySingleOrDefaultAsync<Guid?>(SignUpPaymentSql.CorrectContact, With(known), transaction) is { } corrected) return corrected;
        var contact = Guid.CreateVersion7(now);
        await transaction.Connection!.ExecuteAsync(SignUpPaymentSql.AddContact, With(contact), transaction);
        return contact;
    }

    private sealed record Asked
    {
        public Guid? ContactId { get; init; }
        public Guid? InvoiceId { get; init; }
        public string? InvoiceFor { get; init; }
    }

    private async Task LeaveAsync(DbTransaction transaction, Storefront storefront, Guid id, Guid invoiceId, Guid? paymentId)
    {
        var now = clock.GetUtcNow();
        await transaction.Connection!.ExecuteAsync(SignUpPaymentSql.Pay, new { storefront.OrganizationId, StorefrontId = storefront.Id, id, invoiceId, paymentId, now }, transaction);
        await transaction.Connection!.ExecuteAsync(SignUpSql.KeepHeld, new { storefront.OrganizationId, id, until = now + CheckoutLife + Longer }, transaction);
    }
}

/// <param name="Outcome">What became of it.</param>
public sealed record PayAnswer(PayOutcome Outcome)
{
    /// <summary>Where the customer pays.</summary>
    public Uri? Address { get; init; }
    internal Guid? InvoiceId { get; init; }
}

public enum PayOutcome
{
    Started,
    SoldOut,
    /// <summary>It is paid already, or a bank works on it.</summary>
    Closed,
    /// <summary>The provider can't be reached. Nothing was charged.</summary>
    TryLater,
    /// <summary>The business takes no payments online.</summary>
    NotSetUp,
    /// <summary>Staff opened the portal with a copied link: they pay for nobody.</summary>
    ByStaff,
}
