using System.Data.Common;
using Dapper;
using Latchkey.Features.Invoices;
using Latchkey.Platform;
using Latchkey.Platform.Activity;
using Latchkey.Platform.Data;
using Latchkey.Platform.Mail;
using Latchkey.Platform.Payments;

namespace Latchkey.Features.Payments;

/// <summary>Writes down what became of a payment: its invoices, the mail, the record and what follows, in one transaction, once.</summary>
public sealed class WriteSettlement(
    Database database, MoveInvoice invoices, IEnumerable<InvoicePaid> whenPaid, IEnumerable<CheckoutEnded> whenEnded, RequestRefund requestRefund, MoneyMails mails, Outbox outbox, ActivityLog activity, TimeProvider clock)
{
    public Task PaidAsync(PaymentRow payment, StripeIntent intent) => WriteAsync(async t =>
        await PaidAsync(t, payment.OrganizationId, payment.Id, intent.Id, intent.Charge?.MethodType ?? "card", MethodNames.Of(intent.Charge)));

    /// <summary>In a transaction of the caller's: a payment that staff record.</summary>
    /// <returns>The receipt, to be announced after the commit; null when it was paid before.</returns>
    public async Task<EnqueuedMails?> PaidAsync(DbTransaction transaction, Guid organization, Guid id, string? intent, string paidBy, string? methodName, string? staff = null)
    {
        var now = clock.GetUtcNow();
        if (await transaction.Connection!.QuerySingleOrDefaultAsync<Settled?>(PaymentSql.Paid, new { organization, id, intent, paidBy, methodName, now }, transaction) is not { } payment) return null;
        await transaction.Connection!.ExecuteAsync(PaymentSql.Release, new { organization, id, no = false }, transaction);
        var paid = new List<InvoiceMoved>();
        foreach (var part in (await transaction.Connection!.QueryAsync<Part>(PaymentSql.PartsOf, new { organization, id }, transaction)).ToList())
        {
            var moved = await invoices.PaidAsync(transaction, organization, part.InvoiceId, paidBy);
            if (moved is null)
            {
                // Paid or void by another way meanwhile: the money goes back.
                await requestRefund.OfPaymentAsync(transaction, organization, id, part.InvoiceId, part.Amount, "It was paid or void already.");
                continue;
            }
            paid.Add(moved);
            await activity.AppendAsync(transaction, About(organization, payment, moved, "invoice paid", methodName ?? paidBy) with { Actor = staff });
            foreach (var follow in whenPaid) await follow(transaction, Paid(organization, id, moved));
        }
        if (paid.Count == 0) return EnqueuedMails.None;
        var account = payment.AccountId ?? await mails.AccountOfAsync(transaction, organization, payment.ContactId);
        return await mails.ReceiptAsync(transaction, organization, payment.StorefrontId, account, payment.ContactId, id) ?? EnqueuedMails.None;
    }

    public Task ProcessingAsync(PaymentRow payment, string? intent, DateTimeOffset lookAt) => WriteAsync(async t =>
    {
        if (await t.Connection!.QuerySingleOrDefaultAsync<Settled?>(PaymentSql.Processing, new { organization = payment.OrganizationId, id = payment.Id, intent, lookAt }, t) is null)
        {
            await t.Connection!.ExecuteAsync(PaymentSql.LookLater, new { organization = payment.OrganizationId, id = payment.Id, lookAt }, t);
            return null;
        }
        foreach (var part in await PartsAsync(t, payment)) await MoveInvoice.ProcessingAsync(t, payment.OrganizationId, part.InvoiceId);
        return null;
    });

    public Task FailedAsync(PaymentRow payment, string? intent, string? reason) => WriteAsync(async t =>
    {
        var organization = payment.OrganizationId;
        if (await t.Connection!.QuerySingleOrDefaultAsync<Settled?>(PaymentSql.Failed, new { organization, id = payment.Id, intent, reason, now = clock.GetUtcNow() }, t) is not { } settled) return null;
        await t.Connection!.ExecuteAsync(PaymentSql.Release, new { organization, id = payment.Id, no = false }, t);
        foreach (var part in await PartsAsync(t, payment))
        {
            if (await MoveInvoice.FailedAsync(t, organization, part.InvoiceId, reason) is not { } moved) continue;
            await activity.AppendAsync(t, About(organization, settled, moved, "payment failed", reason));
            if (settled.Kind == "checkout") await EndedAsync(t, payment, moved.InvoiceId, moved.SignUpId, CheckoutEnd.Failed);
        }
        return await mails.FailedAsync(t, organization, settled.StorefrontId, settled.AccountId, settled.ContactId, payment.Id);
    });

    public Task EndedAsync(PaymentRow payment, CheckoutEnd how) => WriteAsync(async t =>
    {
        var organization = payment.OrganizationId;
        if (await t.Connection!.QuerySingleOrDefaultAsync<Settled?>(PaymentSql.Ended, new { organization, id = payment.Id, reason = how.ToString(), now = clock.GetUtcNow() }, t) is not { Kind: "checkout" }) return null;
        await t.Connection!.ExecuteAsync(PaymentSql.Release, new { organization, id = payment.Id, no = false }, t);
        foreach (var part in await PartsAsync(t, payment))
            await EndedAsync(t, payment, part.InvoiceId, await MoveInvoice.SignUpOfAsync(t, organization, part.InvoiceId), how);
        return null;
    });

    /// <summary>The customer tried, and may go on trying.</summary>
    public Task TriedAsync(PaymentRow payment, StripeIntent? intent, DateTimeOffset lookAt) => WriteAsync(async t =>
    {
        await t.Connection!.ExecuteAsync(PaymentSql.Tried, new { organization = payment.OrganizationId, id = payment.Id, intent = intent?.Id, reason = intent?.Failure is { } f ? f.DeclineCode ?? f.Code : null, lookAt }, t);
        return null;
    });

    /// <summary>Not what we asked for: somebody has to look, and nothing is paid.</summary>
    public Task DoubtAsync(PaymentRow payment, string why) => WriteAsync(async t =>
    {
        if (await t.Connection!.ExecuteAsync(PaymentSql.Suspect, new { organization = payment.OrganizationId, id = payment.Id, reason = why, yes = true }, t) > 0)
            await activity.AppendAsync(t, new Happened(payment.OrganizationId, ActivityType.BILLING, "payment not believed") { StorefrontId = payment.StorefrontId, ContactId = payment.ContactId, SubjectId = payment.Id, Detail = why });
        return null;
    });

    /// <summary>Staff decide about the invoices of a payment that is not believed: it holds them no longer.</summary>
    public Task LetGoAsync(Guid organization, Guid id) => WriteAsync(async t =>
    {
        if (await t.Connection!.ExecuteAsync(PaymentSql.LetGo, new { organization, id, now = clock.GetUtcNow() }, t) > 0)
            await t.Connection!.ExecuteAsync(PaymentSql.Release, new { organization, id, no = false }, t);
        return null;
    });

    private async Task WriteAsync(Func<DbTransaction, Task<EnqueuedMails?>> work)
    {
        if (await database.WriteAsync(work, CancellationToken.None) is { } written) outbox.Announce(written);
    }

    private async Task EndedAsync(DbTransaction transaction, PaymentRow payment, Guid invoice, Guid? signUp, CheckoutEnd how)
    {
        var ended = new EndedCheckout { OrganizationId = payment.OrganizationId, StorefrontId = payment.StorefrontId, PaymentId = payment.Id, InvoiceId = invoice, SignUpId = signUp, How = how };
        foreach (var follow in whenEnded) await follow(transaction, ended);
    }

    private static async Task<List<Part>> PartsAsync(DbTransaction t, PaymentRow payment) =>
        (await t.Connection!.QueryAsync<Part>(PaymentSql.PartsOf, new { organization = payment.OrganizationId, id = payment.Id }, t)).ToList();

    private static Happened About(Guid organization, Settled payment, InvoiceMoved invoice, string what, string? detail) => new(organization, ActivityType.BILLING, what)
    {
        StorefrontId = invoice.StorefrontId,
        AccountId = payment.AccountId,
        ContactId = invoice.ContactId,
        SubjectId = invoice.InvoiceId,
        Detail = $"{InvoiceNumber.Of(invoice.Number, invoice.Reference)}, {new Money(invoice.Total, invoice.Currency)}{(detail is null ? "" : $", {detail}")}",
    };

    private static PaidInvoice Paid(Guid organization, Guid payment, InvoiceMoved invoice) => new()
    {
        OrganizationId = organization, StorefrontId = invoice.StorefrontId, InvoiceId = invoice.InvoiceId, PaymentId = payment, ContactId = invoice.ContactId,
        SubscriptionId = invoice.SubscriptionId, SignUpId = invoice.SignUpId, Number = invoice.Number, Total = invoice.Total, Currency = invoice.Currency,
    };

    private sealed record Settled
    {
        public required Guid StorefrontId { get; init; }
        public Guid? AccountId { get; init; }
        public required Guid ContactId { get; init; }
        public required string Kind { get; init; }
    }

    private sealed record Part
    {
        public required Guid InvoiceId { get; init; }
        public required long Amount { get; init; }
    }
}
