using System.Globalization;

namespace Latchkey.Platform.Csv;

/// <summary>How a date such as 03/04/2026 is meant.</summary>
internal enum DateOrder
{
    /// <summary>Not known: such a date is refused.</summary>
    Unknown,
    DayFirst,
    MonthFirst,
}

/// <summary>A date as people write it. One that can be read in two ways is refused, not guessed.</summary>
internal static class DateText
{
    private static readonly string[] Iso = ["yyyy-MM-dd", "yyyy/MM/dd", "yyyyMMdd"];

    /// <returns>What is wrong with it, or null.</returns>
    public static FormattableString? Check(string text, DateOrder order, out DateOnly? date)
    {
        date = null;
        string day = WithoutTime(text);
        if (DateOnly.TryParseExact(day, Iso, CultureInfo.InvariantCulture, DateTimeStyles.None, out var iso)) return InRange(iso, out date);

        string[] parts = day.Split('/', '.', '-');
        if (parts.Length != 3 || parts[2].Length != 4 || parts.Any(p => p.Length is 0 or > 4 || !p.All(char.IsAsciiDigit)))
            return $"“{text}” is not a date. Write it as 2026-03-31.";
        int[] numbers = [.. parts.Select(p => int.Parse(p, CultureInfo.InvariantCulture))];
        // Dots are only ever used with the day first.
        if (day.Contains('.', StringComparison.Ordinal)) order = DateOrder.DayFirst;
        bool dayFirst = IsDate(numbers[2], numbers[1], numbers[0]), monthFirst = IsDate(numbers[2], numbers[0], numbers[1]);
        if (dayFirst && monthFirst && numbers[0] != numbers[1] && order == DateOrder.Unknown)
            return $"“{text}” may have the day or the month first. Write it as 2026-03-31, or say for the whole import which comes first.";
        if (dayFirst && order != DateOrder.MonthFirst) return InRange(new DateOnly(numbers[2], numbers[1], numbers[0]), out date);
        if (monthFirst && order != DateOrder.DayFirst) return InRange(new DateOnly(numbers[2], numbers[0], numbers[1]), out date);
        return $"“{text}” is not a date. Write it as 2026-03-31.";
    }

    private static string WithoutTime(string text) => text.Length > 10 && text[10] is 'T' or ' ' ? text[..10] : text;

    private static bool IsDate(int year, int month, int day) =>
        year is >= 1 and <= 9999 && month is >= 1 and <= 12 && day >= 1 && day <= DateTime.DaysInMonth(year, month);

    private static FormattableString? InRange(DateOnly read, out DateOnly? date)
    {
        date = read.Year is >= 1900 and <= 2100 ? read : null;
        if (date is not null) return null;
        return $"The year {read.Year} is not between 1900 and 2100.";
    }
}
