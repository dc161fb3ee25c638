namespace Latchkey.Features.BillingPlans;

/// <summary>How an organization bills what its customers hold.</summary>
public sealed record BillingPlan
{
    public required bool Runs { get; init; }
    /// <summary>On the day of the month that it began; else on the first, with the first month in part.</summary>
    public required bool Anniversary { get; init; }
    /// <summary>Thousandths of a percent.</summary>
    public required int TaxRate { get; init; }
    public required int DueDays { get; init; }

    public static readonly BillingPlan None = new() { Runs = false, Anniversary = false, TaxRate = 0, DueDays = 10 };

    public bool IsPossible => TaxRate is >= 0 and <= 50_000 && DueDays is >= 0 and <= 90;
}
