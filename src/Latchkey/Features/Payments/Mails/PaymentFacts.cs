using System.Text.Json;
using Dapper;
using Latchkey.Features.Invoices;
using Latchkey.Platform;
using Latchkey.Platform.Data;
using Latchkey.Platform.Mail;

namespace Latchkey.Features.Payments.Mails;

/// <summary>What the mail about a payment tells.</summary>
public sealed class PaymentFacts(Database database)
{
    /// <returns>Null when there is no such payment.</returns>
    public Task<PaymentTold?> FindAsync(MailRow mail, CancellationToken cancel)
    {
        var (organization, payment) = (mail.OrganizationId, JsonSerializer.Deserialize<AboutMoney>(mail.About!)!.Id);
        return database.ReadAsync(async c => await c.QuerySingleOrDefaultAsync<PaymentTold?>(MoneyMailSql.Payment, new { organization, payment }) is { } told
            ? told with { Invoices = [.. (await c.QueryAsync<ToldInvoice>(MoneyMailSql.Invoices, new { organization, payment })).Select(i => $"{InvoiceNumber.Of(i.Number, i.Reference)}: {new Money(i.Total, i.Currency)}")] }
            : null, cancel);
    }

    private sealed record ToldInvoice
    {
        public required long Number { get; init; }
        public string? Reference { get; init; }
        public required long Total { get; init; }
        public required string Currency { get; init; }
    }
}

public sealed record PaymentTold
{
    public required long Amount { get; init; }
    public required string Currency { get; init; }
    public string? MethodName { get; init; }
    public string? PaidBy { get; init; }
    public string? Reason { get; init; }
    public DateTimeOffset? SettledAt { get; init; }
    /// <summary>INV-0042: 89.00 USD.</summary>
    public IReadOnlyList<string> Invoices { get; init; } = [];

    public Money Sum => new(Amount, Currency);
}
