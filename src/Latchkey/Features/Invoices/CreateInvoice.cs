using System.Data.Common;
using Dapper;
using Latchkey.Platform;
using Latchkey.Platform.Activity;
using Latchkey.Platform.Data;

namespace Latchkey.Features.Invoices;

/// <summary>Writes an invoice under the organization's next number. One of nothing is paid from the start.</summary>
public sealed class CreateInvoice(ActivityLog activity, TimeProvider clock)
{
    public const int MostLines = 100;
    /// <summary>What providers take in one payment.</summary>
    public const long MostTotal = 99_999_999;

    /// <summary>In the transaction of its cause: when that is undone, so is the number.</summary>
    /// <exception cref="ArgumentException">No lines, or a sum that nobody can be asked for.</exception>
    public async Task<CreatedInvoice> InTransactionAsync(DbTransaction transaction, NewInvoice invoice)
    {
        if (invoice.Lines.Count is 0 or > MostLines || invoice.Lines.Any(l => l.Quantity < 1)) throw new ArgumentException("An invoice has 1 to 100 lines of at least one each.", nameof(invoice));
        long subtotal = invoice.Lines.Sum(l => l.Net), tax = invoice.Lines.Sum(l => l.Tax), total = subtotal + tax;
        if (total is < 0 or > MostTotal) throw new ArgumentException("An invoice asks for nothing less than zero, and for no more than 999,999.99.", nameof(invoice));
        var (id, now) = (Guid.CreateVersion7(clock.GetUtcNow()), clock.GetUtcNow());
        long number = await transaction.Connection!.ExecuteScalarAsync<long>(InvoiceSql.NextNumber, new { invoice.OrganizationId }, transaction);
        await transaction.Connection!.ExecuteAsync(InvoiceSql.Create, new
        {
            invoice.OrganizationId, id, invoice.StorefrontId, invoice.ContactId, invoice.SubscriptionId, invoice.SignUpId, number, invoice.Currency, subtotal, tax, total,
            state = total == 0 ? "paid" : "pending", paidAt = total == 0 ? now : (DateTimeOffset?)null,
            issuedOn = IsoDay.Of(now), dueOn = IsoDay.Of(invoice.DueOn), periodStart = IsoDay.Of(invoice.PeriodStart), periodEnd = IsoDay.Of(invoice.PeriodEnd), now, collectAt = invoice.Collects && total > 0 ? now : (DateTimeOffset?)null,
        }, transaction);
        await transaction.ExecuteAsync(InvoiceSql.AddLines, invoice.Lines.Select((l, position) => new LineRow(position, l.Description.Trim(), l.Quantity, l.Amount, l.TaxRate, l.Tax)), new { invoice.OrganizationId, id });
        await activity.AppendAsync(transaction, new Happened(invoice.OrganizationId, ActivityType.BILLING, "invoice created")
        {
            StorefrontId = invoice.StorefrontId,
            ContactId = invoice.ContactId,
            SubjectId = id,
            Actor = invoice.Staff,
            Detail = $"{InvoiceNumber.Of(number)}, {new Money(total, invoice.Currency)}",
        });
        return new CreatedInvoice(id, number, total, invoice.Currency);
    }

    private sealed record LineRow(int Position, string Description, long Quantity, long Amount, int TaxRate, long Tax);
}
