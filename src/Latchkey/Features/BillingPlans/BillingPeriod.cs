namespace Latchkey.Features.BillingPlans;

/// <summary>The days that one invoice of a subscription is for, both included, and what part of the monthly price they cost.</summary>
public sealed record BillingPeriod(DateOnly Start, DateOnly End, int Days, int OfDays)
{
    /// <summary>Of a monthly price; half a cent is rounded up.</summary>
    public long Part(long price) => Days == OfDays ? price : (long)Math.Round(price * (decimal)Days / OfDays, MidpointRounding.AwayFromZero);

    /// <summary>Without the days before one.</summary>
    public BillingPeriod From(DateOnly day) => day <= Start ? this : this with { Start = day, Days = Days - (day.DayNumber - Start.DayNumber) };

    /// <summary>Without the days after one.</summary>
    public BillingPeriod Until(DateOnly? last) => last is not { } day || day >= End ? this : this with { End = day, Days = Days - (End.DayNumber - day.DayNumber) };

    /// <summary>The first period that began and has no invoice yet; null when there is none.</summary>
    /// <param name="anniversary">As below.</param>
    /// <param name="held">From the first day to the last; without one it goes on.</param>
    /// <param name="billedTo">The last day that an invoice is for.</param>
    /// <param name="from">Since when invoices are written here: of what began before, only the period that holds the day is asked for.</param>
    /// <param name="today">Today.</param>
    public static BillingPeriod? Next(bool anniversary, (DateOnly First, DateOnly? Last) held, DateOnly? billedTo, DateOnly from, DateOnly today)
    {
        var first = held.First >= from ? held.First : Of(anniversary, held.First, from).Start;
        if (billedTo >= first) first = billedTo.Value.AddDays(1);
        return held.Last < from || first > held.Last || first > today ? null : Of(anniversary, held.First, first).From(first).Until(held.Last);
    }

    /// <summary>The period that a day is in.</summary>
    /// <param name="anniversary">From the day of the month that it began; else calendar months, the first in part.</param>
    /// <param name="startedOn">The subscription's first day.</param>
    /// <param name="day">Not before that.</param>
    public static BillingPeriod Of(bool anniversary, DateOnly startedOn, DateOnly day)
    {
        if (!anniversary)
        {
            var first = new DateOnly(day.Year, day.Month, 1);
            int length = DateTime.DaysInMonth(day.Year, day.Month);
            var start = first > startedOn ? first : startedOn;
            return new BillingPeriod(start, first.AddDays(length - 1), length - start.Day + 1, length);
        }
        int months = (day.Year - startedOn.Year) * 12 + day.Month - startedOn.Month;
        // Counted from the first day each time: 31 January, 28 February, 31 March.
        if (startedOn.AddMonths(months) > day) months--;
        var (from, next) = (startedOn.AddMonths(months), startedOn.AddMonths(months + 1));
        int days = next.DayNumber - from.DayNumber;
        return new BillingPeriod(from, next.AddDays(-1), days, days);
    }
}
