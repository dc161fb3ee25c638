using System.Globalization;
using Latchkey.Features.Invoices;
using Latchkey.Platform;

namespace Latchkey.Features.SignUps;

/// <summary>
/// What a sign-up costs today and what it costs then. Billed on the first of the month, the first month is paid in part, by the day; billed
/// on the anniversary, whole. The billing run goes on where <see cref="PeriodEnd"/> ends.
/// </summary>
public sealed record Quote
{
    public required IReadOnlyList<QuoteLine> Today { get; init; }
    public required BillingTerms Terms { get; init; }
    public required string Currency { get; init; }
    /// <summary>The days that are paid for today.</summary>
    public required DateOnly PeriodStart { get; init; }
    public required DateOnly PeriodEnd { get; init; }
    /// <summary>Of so many days in a whole month; null when the first one is paid whole.</summary>
    public required int? OfDays { get; init; }
    /// <summary>Each month, without tax.</summary>
    public required Money Price { get; init; }
    /// <summary>Each month, with tax.</summary>
    public required Money Monthly { get; init; }

    public int Days => PeriodEnd.DayNumber - PeriodStart.DayNumber + 1;
    public DateOnly NextOn => PeriodEnd.AddDays(1);
    public Money Tax => new(Lines.Sum(l => l.Tax), Currency);
    public Money DueToday => new(Lines.Sum(l => l.Net + l.Tax), Currency);
    /// <summary>As the invoice has them.</summary>
    public IReadOnlyList<NewLine> Lines => [.. Today.Select(l => new NewLine(l.Name, 1, l.Amount.Minor, Terms.TaxRate))];

    public static Quote Of(SignUp signUp, DateOnly startsOn, BillingTerms terms)
    {
        var (end, whole) = FirstPeriod(startsOn, terms.Anniversary);
        int days = end.DayNumber - startsOn.DayNumber + 1;
        var monthly = new[] { new QuoteLine(signUp.Type, signUp.Price) }.Concat(signUp.Extras.Where(e => e.Monthly).Select(e => new QuoteLine(e.Name, e.Price))).ToList();
        var once = signUp.Extras.Where(e => !e.Monthly).Select(e => new QuoteLine(e.Name, e.Price));
        long price = monthly.Sum(l => l.Amount.Minor);
        return new Quote
        {
            Today = [.. monthly.Select(l => l with { Amount = Part(l.Amount, days, whole) }), .. once],
            Terms = terms,
            Currency = signUp.Price.Currency,
            PeriodStart = startsOn,
            PeriodEnd = end,
            OfDays = days == whole ? null : whole,
            Price = new Money(price, signUp.Price.Currency),
            Monthly = new Money(price + monthly.Sum(l => new NewLine(l.Name, 1, l.Amount.Minor, terms.TaxRate).Tax), signUp.Price.Currency),
        };
    }

    private static (DateOnly End, int WholeDays) FirstPeriod(DateOnly start, bool anniversary)
    {
        if (anniversary)
        {
            var next = start.AddMonths(1);
            return (next.AddDays(-1), next.DayNumber - start.DayNumber);
        }
        int days = DateTime.DaysInMonth(start.Year, start.Month);
        return (new DateOnly(start.Year, start.Month, days), days);
    }

    /// <summary>By the day, half a cent up.</summary>
    private static Money Part(Money whole, int days, int ofDays) =>
        whole with { Minor = (long)Math.Round((decimal)whole.Minor * days / ofDays, MidpointRounding.AwayFromZero) };
}

/// <summary>One thing that is paid for.</summary>
public sealed record QuoteLine(string Name, Money Amount);

/// <summary>How the business bills.</summary>
public sealed record BillingTerms
{
    public static readonly BillingTerms Usual = new();

    /// <summary>On the day of the month it began; else on the first.</summary>
    public bool Anniversary { get; init; }
    /// <summary>Thousandths of a percent.</summary>
    public int TaxRate { get; init; }
    public string TaxName { get; init; } = "";

    /// <summary>As people write it: 14.975.</summary>
    public string TaxPercent => (TaxRate / 1000m).ToString("0.###", CultureInfo.CurrentCulture);
}
