using System.Globalization;

namespace Latchkey.Features.Invoices;

/// <summary>The number of an invoice as people write it: INV-0042.</summary>
public static class InvoiceNumber
{
    public static string Of(long number) => string.Create(CultureInfo.InvariantCulture, $"INV-{number:0000}");

    /// <param name="number">Ours; below zero for one that was imported.</param>
    /// <param name="reference">Its number in the system it was imported from: people know it by that.</param>
    public static string Of(long number, string? reference) => reference ?? Of(number);

    /// <summary>What somebody typed: INV-0042, inv 42, 42; null when it is no number.</summary>
    public static long? Read(string typed)
    {
        string text = typed.Trim();
        if (text.StartsWith("INV", StringComparison.OrdinalIgnoreCase)) text = text[3..].TrimStart('-', ' ');
        return long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out long number) && number > 0 ? number : null;
    }
}
