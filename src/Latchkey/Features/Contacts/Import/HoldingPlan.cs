using Latchkey.Platform;
using Latchkey.Platform.Csv;
using Latchkey.Platform.Tenancy;

namespace Latchkey.Features.Contacts.Import;

/// <summary>What a row lets its customer hold: written whole with the row, or not at all.</summary>
internal sealed record HoldingPlan
{
    public required NewSubscription Subscription { get; init; }
    public KnownUnitType? NewType { get; init; }
    public KnownUnit? Unit { get; init; }
    public bool IsNewUnit { get; init; }
}

/// <summary>Named as the table's columns.</summary>
internal sealed record NewSubscription(
    Guid Id, Guid ContactId, Guid FacilityId, string Kind, string Name, Guid? UnitId, long Price, string Currency, string StartedOn);

/// <summary>Works out a row's rental, subscription or membership.</summary>
internal sealed class HoldingPlanner(Stock stock, Vocabulary vocabulary, CsvHeader<ContactField> header, string? currency, DateTimeOffset now)
{
    /// <param name="contact">The customer, as the row leaves them.</param>
    /// <param name="plan">Null when the row holds nothing, or nothing new.</param>
    /// <returns>What hinders it, or null.</returns>
    public RowProblem? Check(ContactRow row, KnownContact contact, KnownFacility? facility, out HoldingPlan? plan)
    {
        plan = null;
        if ((vocabulary == Vocabulary.Rental ? row.Unit : row.Plan) is not { } what) return null;
        if (facility is null) return About(ContactField.Facility, $"is missing: where is it? Known: {string.Join(", ", stock.FacilityNames)}.");
        return vocabulary == Vocabulary.Rental ? Rental(row, what, contact, facility, out plan) : Other(row, what, contact, facility, out plan);
    }

    private RowProblem? Rental(ContactRow row, string number, KnownContact contact, KnownFacility facility, out HoldingPlan? plan)
    {
        plan = null;
        var unit = stock.Unit(facility.Id, number);
        if (unit is not null && stock.Subscriptions(contact.Id).Any(s => s.UnitId == unit.Id && IsSame(s, row))) return null;
        if (unit?.HolderId is not null) return About(ContactField.Unit, $"{number} at {facility.Name} is rented to another customer.");
        if (unit?.State == "out_of_service") return About(ContactField.Unit, $"{number} at {facility.Name} is out of service.");
        if (unit is null && row.UnitType is null) return About(ContactField.UnitType, $"is missing, and {number} at {facility.Name} is not known yet.");

        var type = unit is not null ? stock.Type(unit.UnitTypeId) : stock.Type(facility.Id, row.UnitType!);
        if (PriceOf(row, type, out var price) is { } problem) return problem;
        var newType = type is null
            ? new KnownUnitType { Id = NewId(), FacilityId = facility.Id, Name = row.UnitType!, Price = price!.Minor, Currency = price.Currency }
            : null;
        type ??= newType!;
        bool isNewUnit = unit is null;
        unit ??= new KnownUnit { Id = NewId(), FacilityId = facility.Id, Number = number, State = "free", UnitTypeId = type.Id };
        plan = new HoldingPlan
        {
            NewType = newType,
            IsNewUnit = isNewUnit,
            Unit = unit with { State = "occupied", HolderId = contact.Id },
            Subscription = Subscription(row, contact, facility, type.Name, unit.Id, price!),
        };
        return null;
    }

    private RowProblem? Other(ContactRow row, string name, KnownContact contact, KnownFacility facility, out HoldingPlan? plan)
    {
        plan = null;
        if (stock.Subscriptions(contact.Id).Any(s => s.FacilityId == facility.Id && FoldedText.Same(s.Name, name) && IsSame(s, row))) return null;
        if (PriceOf(row, null, out var price) is { } problem) return problem;
        plan = new HoldingPlan { Subscription = Subscription(row, contact, facility, name, null, price!) };
        return null;
    }

    /// <summary>What has ended since the file was made is not begun again.</summary>
    private static bool IsSame(KnownSubscription held, ContactRow row) =>
        held.EndedOn is null || row.StartDate is { } start && held.StartedOn == Iso(start);

    private RowProblem? PriceOf(ContactRow row, KnownUnitType? type, out Money? price)
    {
        price = null;
        if (row.Price is not { } written)
        {
            price = type is null ? null : new Money(type.Price, type.Currency);
            return price is null ? About(ContactField.Price, $"is missing.") : null;
        }
        if ((row.Currency ?? written.Currency ?? type?.Currency ?? currency) is not { } code)
            return About(ContactField.Currency, $"is missing: add the column, or name the currency of the whole import.");
        price = Money.OfMajor(written.Amount, code);
        return price is null ? About(ContactField.Price, $"has more decimals than {code}.") : null;
    }

    private NewSubscription Subscription(ContactRow row, KnownContact contact, KnownFacility facility, string name, Guid? unit, Money price) =>
        new(NewId(), contact.Id, facility.Id, vocabulary.ToString().ToLowerInvariant(), name, unit, price.Minor, price.Currency,
            Iso(row.StartDate ?? DateOnly.FromDateTime(now.UtcDateTime)));

    private static string Iso(DateOnly date) => date.ToString("O", System.Globalization.CultureInfo.InvariantCulture);

    private Guid NewId() => Guid.CreateVersion7(now);

    private RowProblem About(ContactField field, FormattableString text) => new(header.NameOf(field), text);
}
