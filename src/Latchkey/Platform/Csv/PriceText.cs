using System.Globalization;

namespace Latchkey.Platform.Csv;

/// <summary>A price as people write it: <c>89</c>, <c>1,234.50</c>, <c>1 234,50 €</c>.</summary>
/// <param name="Amount">In major units.</param>
/// <param name="Currency">When a sign says it. A $ does not: too many countries have one.</param>
internal sealed record PriceText(decimal Amount, string? Currency)
{
    private const decimal Most = 100_000_000m;

    /// <returns>What is wrong with it, or null.</returns>
    public static FormattableString? Check(string text, out PriceText? price)
    {
        price = null;
        string? currency = text.Contains('€', StringComparison.Ordinal) ? "EUR" : text.Contains('£', StringComparison.Ordinal) ? "GBP" : null;
        string digits = string.Concat(text.Where(c => !char.IsWhiteSpace(c) && c is not ('$' or '€' or '£' or '\'' or '’')));
        if (digits.Length == 0 || digits.Any(c => !char.IsAsciiDigit(c) && c is not ('.' or ','))) return $"“{text}” is not a price.";

        int separator = digits.LastIndexOfAny(['.', ',']);
        string major = digits, minor = "";
        if (separator >= 0)
        {
            (major, minor) = (digits[..separator], digits[(separator + 1)..]);
            bool another = major.Contains(digits[separator], StringComparison.Ordinal);
            if (minor.Length == 3 && !another && major.IndexOfAny(['.', ',']) < 0)
                return $"“{text}” may be thousands or decimals. Write it with two decimals.";
            // 1,234,567: the same sign twice only ever parts thousands.
            if (another) (major, minor) = (digits, "");
        }
        if (!IsGrouped(major, out string whole) || minor.Length > 2) return $"“{text}” is not a price.";
        if (!decimal.TryParse($"{whole}.{minor}0", NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out decimal amount) || amount > Most)
            return $"“{text}” is too much for a price.";
        price = new PriceText(amount, currency);
        return null;
    }

    private static bool IsGrouped(string major, out string whole)
    {
        string[] groups = major.Split('.', ',');
        whole = string.Concat(groups);
        return groups.Skip(1).All(g => g.Length == 3) && (groups.Length == 1 || groups[0].Length is > 0 and <= 3) && whole.Length is > 0 and <= 12
            && !(major.Contains('.', StringComparison.Ordinal) && major.Contains(',', StringComparison.Ordinal));
    }
}
