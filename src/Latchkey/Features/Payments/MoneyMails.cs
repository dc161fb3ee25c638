using System.Data.Common;
using System.Text.Json;
using Dapper;
using Latchkey.Features.Invoices.Mails;
using Latchkey.Features.Payments.Mails;
using Latchkey.Platform.Mail;
using Latchkey.Platform.Tenancy;
using Latchkey.SignIn;

namespace Latchkey.Features.Payments;

/// <summary>Writes the mails about money into the outbox, in the transaction of what they tell. Whoever has no address gets none.</summary>
public sealed class MoneyMails(StorefrontDirectory storefronts, Outbox outbox, TimeProvider clock)
{
    private static readonly TimeSpan StaysTrue = TimeSpan.FromDays(7);

    public Task<EnqueuedMails?> ReceiptAsync(DbTransaction transaction, Guid organization, Guid storefront, Guid? account, Guid contact, Guid payment) =>
        WriteAsync(transaction, organization, storefront, account, contact, ReceiptMail.Kind, new AboutMoney(payment));

    public Task<EnqueuedMails?> FailedAsync(DbTransaction transaction, Guid organization, Guid storefront, Guid? account, Guid contact, Guid payment) =>
        WriteAsync(transaction, organization, storefront, account, contact, PaymentFailedMail.Kind, new AboutMoney(payment));

    public Task<EnqueuedMails?> InvoiceAsync(DbTransaction transaction, Guid organization, Guid storefront, Guid? account, Guid contact, Guid invoice) =>
        WriteAsync(transaction, organization, storefront, account, contact, InvoiceMail.Kind, new AboutMoney(invoice));

    public Task<EnqueuedMails?> ExpiringAsync(DbTransaction transaction, Guid organization, Guid storefront, Guid account, Guid method) =>
        WriteAsync(transaction, organization, storefront, account, Guid.Empty, MethodExpiringMail.Kind, new AboutMoney(method));

    /// <summary>A method pays nothing any more, and its customer did not do that here.</summary>
    /// <param name="transaction">The transaction in which it was lost.</param>
    /// <param name="organization">The organization.</param>
    /// <param name="payer">Whose it was: payment_customer.id.</param>
    /// <param name="method">Which it was.</param>
    public async Task<EnqueuedMails?> MethodLostAsync(DbTransaction transaction, Guid organization, Guid payer, Guid method) =>
        await transaction.Connection!.QuerySingleOrDefaultAsync<Holder?>(MoneyMailSql.HolderOf, new { organization, payer }, transaction) is { } holder
            ? await WriteAsync(transaction, organization, holder.StorefrontId, holder.Id, Guid.Empty, MethodLostMail.Kind, new AboutMoney(method)) : null;

    /// <summary>The account that shows a contact; null when there is none.</summary>
    public Task<Guid?> AccountOfAsync(DbTransaction transaction, Guid organization, Guid contact) =>
        transaction.Connection!.ExecuteScalarAsync<Guid?>(MoneyMailSql.AccountOf, new { organization, contact }, transaction);

    private async Task<EnqueuedMails?> WriteAsync(DbTransaction transaction, Guid organization, Guid storefrontId, Guid? account, Guid contact, string kind, AboutMoney about)
    {
        var to = account is null ? null : await transaction.Connection!.QuerySingleOrDefaultAsync<Recipient?>(MoneyMailSql.Account, new { organization, account }, transaction);
        to ??= await transaction.Connection!.QuerySingleOrDefaultAsync<Recipient?>(MoneyMailSql.Contact, new { organization, contact }, transaction);
        if (to?.Email is not { Length: > 0 } address || await storefronts.ByKeyAsync(new StorefrontKey(organization, storefrontId), CancellationToken.None) is not { } storefront) return null;
        var now = clock.GetUtcNow();
        return await outbox.EnqueueAsync(transaction, MailLane.Bulk, [new NewMail
        {
            OrganizationId = organization,
            Id = Guid.CreateVersion7(now),
            StorefrontId = storefrontId,
            Kind = kind,
            AccountId = to.AccountId,
            About = JsonSerializer.Serialize(about),
            ToAddress = address,
            ToName = to.Name,
            Locale = to.Locale ?? storefront.Locale,
            CreatedAt = now,
            GiveUpAt = now + StaysTrue,
        }]);
    }

    private sealed record Holder
    {
        public required Guid Id { get; init; }
        public required Guid StorefrontId { get; init; }
    }

    private sealed record Recipient
    {
        public Guid? AccountId { get; init; }
        public string? Email { get; init; }
        public string? Name { get; init; }
        public string? Locale { get; init; }
    }
}

/// <param name="Id">The payment, invoice or method that a mail is about.</param>
public sealed record AboutMoney(Guid Id);
