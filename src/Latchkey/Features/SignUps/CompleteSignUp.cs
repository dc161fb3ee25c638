using System.Data.Common;
using Dapper;
using Latchkey.Features.Invoices;
using Latchkey.Features.Payments;
using Latchkey.Platform.Activity;
using Latchkey.Platform.Data;
using Latchkey.Platform.Tenancy;
using Latchkey.SignIn;

namespace Latchkey.Features.SignUps;

/// <summary>
/// What was paid for begins, once, in the transaction that marks the invoice paid: the unit is taken and the subscription starts. When the
/// hold was lost meanwhile, another unit of the type will do; when none is left, the money goes back. Account and mail follow: see
/// <see cref="WelcomeCustomers"/>.
/// </summary>
public sealed class CompleteSignUp(
    HoldUnit holdUnit, RequestRefund requestRefund, NotePeriod notePeriod, StorefrontDirectory storefronts, ActivityLog activity, TimeProvider clock)
{
    public Task InvoicePaidAsync(DbTransaction transaction, PaidInvoice invoice) =>
        invoice.SignUpId is { } id ? RunAsync(transaction, invoice.OrganizationId, id, invoice.InvoiceId) : Task.CompletedTask;

    internal async Task RunAsync(DbTransaction transaction, Guid organizationId, Guid id, Guid invoiceId)
    {
        var connection = transaction.Connection!;
        var which = new { OrganizationId = organizationId, id, invoiceId, now = clock.GetUtcNow() };
        if (await connection.QuerySingleOrDefaultAsync<Paid>(SignUpPaymentSql.Complete, which, transaction) is not { } paid)
        {
            // Paid in a window that was left open, after something was changed: there is another invoice for that.
            if (await connection.ExecuteScalarAsync<int?>(SignUpPaymentSql.IsComplete, which, transaction) is null)
                await requestRefund.InTransactionAsync(transaction, organizationId, invoiceId, null, "changed before it was paid", null);
            return;
        }
        var storefront = (await storefronts.ByKeyAsync(new StorefrontKey(organizationId, paid.StorefrontId), CancellationToken.None))!;
        var unitId = storefront.Vocabulary == Vocabulary.Rental ? await UnitAsync(transaction, storefront, paid) : null;
        if (storefront.Vocabulary == Vocabulary.Rental && unitId is null) await GiveBackAsync(transaction, storefront, paid, invoiceId);
        else await BeginAsync(transaction, storefront, paid, unitId, invoiceId);
    }

    private async Task<Guid?> UnitAsync(DbTransaction transaction, Storefront storefront, Paid paid)
    {
        var (connection, now) = (transaction.Connection!, clock.GetUtcNow());
        Task<Guid?> OccupyAsync(Guid? unit) => connection.QuerySingleOrDefaultAsync<Guid?>(SignUpPaymentSql.Occupy, new { storefront.OrganizationId, unitId = unit, id = paid.Id, now }, transaction);
        if (paid.UnitId is { } held && await OccupyAsync(held) is { } taken) return taken;
        if (await holdUnit.RunAsync(transaction, storefront, paid.Id, paid.UnitTypeId, null, now + HoldUnit.Step) is not { } other) return null;
        await connection.ExecuteAsync(SignUpPaymentSql.TookUnit, new { storefront.OrganizationId, id = paid.Id, unitId = other }, transaction);
        return await OccupyAsync(other);
    }

    private async Task BeginAsync(DbTransaction transaction, Storefront storefront, Paid paid, Guid? unitId, Guid invoiceId)
    {
        var connection = transaction.Connection!;
        var type = await connection.QuerySingleAsync<Priced>(SignUpPaymentSql.TypeOf, new { storefront.OrganizationId, paid.UnitTypeId }, transaction);
        var options = (await connection.QueryAsync<Priced>(SignUpPaymentSql.MonthlyOptions, new { storefront.OrganizationId, paid.FacilityId }, transaction))
            .Where(o => paid.Options.Contains(o.Id.ToString(), StringComparison.Ordinal)).ToList();
        await connection.ExecuteAsync(SignUpPaymentSql.Begin, new
        {
            storefront.OrganizationId,
            id = paid.Id,
            contactId = paid.ContactId,
            facilityId = paid.FacilityId,
            kind = SignUpWords.Kind(storefront.Vocabulary),
            name = string.Join(", ", options.Select(o => o.Name).Prepend(type.Name)),
            unitId,
            price = type.Price + options.Sum(o => o.Price),
            currency = type.Currency,
            startsOn = paid.StartsOn,
        }, transaction);
        await notePeriod.InTransactionAsync(transaction, storefront.OrganizationId, invoiceId, IsoDay.Read(paid.StartsOn), IsoDay.Read(paid.PaidTo));
        await NoteAsync(transaction, storefront, paid, "signed up online", type.Name);
    }

    private async Task GiveBackAsync(DbTransaction transaction, Storefront storefront, Paid paid, Guid invoiceId)
    {
        await transaction.Connection!.ExecuteAsync(SignUpPaymentSql.GaveUp, new { storefront.OrganizationId, id = paid.Id }, transaction);
        await requestRefund.InTransactionAsync(transaction, storefront.OrganizationId, invoiceId, null, "no unit was free any more", null);
        await NoteAsync(transaction, storefront, paid, "sign-up refunded, no unit was free", null);
    }

    private Task NoteAsync(DbTransaction transaction, Storefront storefront, Paid paid, string happened, string? detail) =>
        activity.AppendAsync(transaction, new Happened(storefront.OrganizationId, ActivityType.BILLING, happened)
        {
            StorefrontId = storefront.Id,
            AccountId = paid.AccountId,
            ContactId = paid.ContactId,
            SubjectId = paid.Id,
            Detail = detail,
        });

    private sealed record Paid
    {
        public required Guid Id { get; init; }
        public required Guid StorefrontId { get; init; }
        public required Guid FacilityId { get; init; }
        public required Guid UnitTypeId { get; init; }
        public Guid? UnitId { get; init; }
        public required string StartsOn { get; init; }
        public required string PaidTo { get; init; }
        public required string Options { get; init; }
        public Guid? AccountId { get; init; }
        public required Guid ContactId { get; init; }
    }

    private sealed record Priced
    {
        public Guid Id { get; init; }
        public required string Name { get; init; }
        public required long Price { get; init; }
        public string? Currency { get; init; }
    }
}
