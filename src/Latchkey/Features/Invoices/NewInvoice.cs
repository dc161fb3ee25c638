namespace Latchkey.Features.Invoices;

/// <summary>An invoice to be written.</summary>
public sealed record NewInvoice
{
    public required Guid OrganizationId { get; init; }
    public required Guid StorefrontId { get; init; }
    public required Guid ContactId { get; init; }
    public Guid? SubscriptionId { get; init; }
    /// <summary>The sign-up that waits for it to be paid.</summary>
    public Guid? SignUpId { get; init; }
    /// <summary>ISO 4217, upper case.</summary>
    public required string Currency { get; init; }
    public required IReadOnlyList<NewLine> Lines { get; init; }
    public required DateOnly DueOn { get; init; }
    /// <summary>The days it is for, when a billing run writes it: a subscription is billed for a period once.</summary>
    public DateOnly? PeriodStart { get; init; }
    public DateOnly? PeriodEnd { get; init; }
    /// <summary>Whether its money is asked for by itself: by the method on file, else by mail.</summary>
    public bool Collects { get; init; }
    /// <summary>Who of the staff writes it; null: the customer, or the billing run.</summary>
    public string? Staff { get; init; }
}

/// <summary>One line of an invoice.</summary>
/// <param name="Description">What it is for.</param>
/// <param name="Quantity">How many, at least one.</param>
/// <param name="Amount">Of one, in minor units; negative for a discount.</param>
/// <param name="TaxRate">Thousandths of a percent: 14975 is 14.975 %.</param>
public sealed record NewLine(string Description, long Quantity, long Amount, int TaxRate = 0)
{
    public long Net => checked(Quantity * Amount);

    /// <summary>Rounded for each line, half away from zero, as it is printed.</summary>
    public long Tax => (long)Math.Round(Net * (decimal)TaxRate / 100_000, MidpointRounding.AwayFromZero);
}

/// <summary>What was written.</summary>
public sealed record CreatedInvoice(Guid Id, long Number, long Total, string Currency);
