using Dapper;
using Latchkey.Platform;
using Latchkey.Platform.Data;
using Latchkey.Platform.Tenancy;

namespace Latchkey.Features.Rentals;

/// <summary>Who the customer is, and what they hold.</summary>
public sealed class RentalsOfAccount(Database database)
{
    public async Task<Holdings> FindAsync(Storefront storefront, Guid accountId, CancellationToken cancel)
    {
        var rows = await database.ReadAsync(async c => (await c.QueryAsync<Row>(
            new CommandDefinition(RentalSql.OfAccount, new { storefront.OrganizationId, storefront.Id, accountId }, cancellationToken: cancel))).AsList(), cancel);
        return new Holdings(FirstName(rows), [.. rows.Where(r => r.SubscriptionId is not null).Select(r => r.ToRental())]);
    }

    private static string? FirstName(List<Row> rows) =>
        rows.FirstOrDefault()?.FullName?.Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).FirstOrDefault();

    private sealed record Row
    {
        public string? FullName { get; init; }
        public Guid? SubscriptionId { get; init; }
        public string? Kind { get; init; }
        public string? Name { get; init; }
        public long? Price { get; init; }
        public string? Currency { get; init; }
        public string? StartedOn { get; init; }
        public string? EndsOn { get; init; }
        public DateTimeOffset? AutopayOffAt { get; init; }
        public string? Facility { get; init; }
        public string? Address { get; init; }
        public string? Unit { get; init; }

        public Rental ToRental() => new(SubscriptionId!.Value, Name!, Facility!, Address, Unit, new Money(Price!.Value, Currency!),
            IsoDay.Read(StartedOn!), IsoDay.TryRead(EndsOn), AutopayOffAt is null);
    }
}

/// <param name="FirstName">Null when neither the account nor a contact of it has a name.</param>
public sealed record Holdings(string? FirstName, IReadOnlyList<Rental> Rentals);

/// <summary>One thing a customer holds: a unit, a subscription or a membership.</summary>
/// <param name="EndsOn">Its last day, when that is still to come.</param>
/// <param name="PaysItself">Its invoices are paid by the payment method on file, if there is one.</param>
public sealed record Rental(Guid Id, string Name, string Facility, string? Address, string? Unit, Money Price, DateOnly StartedOn, DateOnly? EndsOn, bool PaysItself);
