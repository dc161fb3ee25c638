using System.Buffers;
using System.Diagnostics.CodeAnalysis;

namespace Latchkey.SignIn;

/// <summary>A phone number in the one form in which numbers are compared and texted: E.164, such as <c>+15551234567</c>.</summary>
/// <remarks>
/// ITU-T E.164 §6.2.1 allows 15 digits; nothing shorter than 8 is reached from abroad. Whether a number exists, and is a mobile, only
/// the network knows.
/// </remarks>
public sealed class PhoneNumber : IEquatable<PhoneNumber>
{
    /// <summary>The most digits of a number, its country calling code among them.</summary>
    public const int MostDigits = 15;

    /// <summary>The fewest.</summary>
    public const int LeastDigits = 8;

    private const int MostTyped = 40;
    // Two of the spaces do not break, and so does one of the dashes: numbers are pasted from well-set pages.
    private static readonly SearchValues<char> Separators = SearchValues.Create(" \u00A0\u202F\t-\u2010\u2011\u2013.()[]/");
    private static readonly SearchValues<string> TwoDigitCodes = SearchValues.Create(
        [
            "20", "27", "30", "31", "32", "33", "34", "36", "39", "40", "41", "43", "44", "45", "46", "47", "48", "49", "51", "52", "53", "54", "55",
            "56", "57", "58", "60", "61", "62", "63", "64", "65", "66", "81", "82", "84", "86", "90", "91", "92", "93", "94", "95", "98",
        ],
        StringComparison.Ordinal);

    private PhoneNumber(string value) => Value = value;

    /// <summary>The E.164 form: a plus sign and 8 to 15 digits.</summary>
    public string Value { get; }

    /// <summary>
    /// The country calling code and the last digits: <c>+1 ••• ••• 0140</c>. The same number of dots whatever the length, and never fewer
    /// than three digits hidden.
    /// </summary>
    public string Masked
    {
        get
        {
            int code = CodeDigits(Value.AsSpan(1));
            int shown = Math.Min(4, Value.Length - 1 - code - 3);
            return $"{Value[..(1 + code)]} ••• ••• {Value[^shown..]}";
        }
    }

    /// <summary>
    /// Reads what a person typed or pasted: <c>+1 (555) 123-4567</c>, <c>0044 20 7946 0000</c>, <c>+44 (0)20 7946 0000</c>, and, where a
    /// calling code is given, a national number such as <c>555 123 4567</c>.
    /// </summary>
    /// <param name="typed">The text. It may be anything.</param>
    /// <param name="callingCode">The country calling code of national numbers, digits only, such as <c>1</c> or <c>44</c>; null: none are read.</param>
    /// <param name="number">The number.</param>
    /// <returns>False when it is not one phone number.</returns>
    public static bool TryRead(string? typed, string? callingCode, [NotNullWhen(true)] out PhoneNumber? number)
    {
        number = null;
        if (typed is null || typed.Length > 2 * MostTyped) return false;
        string text = typed.Trim();
        if (text.Length > MostTyped || !TryReadDigits(text, out bool international, out string? digits)) return false;
        if (!international)
        {
            if (callingCode is null || !TryReadNational(digits, callingCode, out string? national)) return false;
            digits = callingCode + national;
        }
        // No country has a code that begins with 0.
        if (digits.Length is < LeastDigits or > MostDigits || digits[0] == '0') return false;
        number = new PhoneNumber($"+{digits}");
        return true;
    }

    /// <summary>A number that is in E.164 form already, such as one read back from the database.</summary>
    /// <param name="value">The E.164 form.</param>
    /// <exception cref="FormatException">It is not in that form.</exception>
    public static PhoneNumber Of(string value) =>
        TryRead(value, null, out var number) && number.Value == value ? number : throw new FormatException("Not a phone number in E.164 form.");

    /// <summary>Compares the E.164 forms.</summary>
    public bool Equals(PhoneNumber? other) => other is not null && other.Value == Value;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as PhoneNumber);

    /// <inheritdoc/>
    public override int GetHashCode() => Value.GetHashCode(StringComparison.Ordinal);

    /// <summary>The masked form: logs show no more.</summary>
    public override string ToString() => Masked;

    private static bool TryReadDigits(string text, out bool international, [NotNullWhen(true)] out string? digits)
    {
        // “(0)” is how people write that the 0 is dialled at home only.
        string plain = string.Concat(text.Replace("(0)", "", StringComparison.Ordinal).Where(c => !Separators.Contains(c)));
        international = plain.StartsWith('+') || plain.StartsWith("00", StringComparison.Ordinal);
        digits = !international ? plain : plain[0] == '+' ? plain[1..] : plain[2..];
        return digits.Length > 0 && !digits.AsSpan().ContainsAnyExceptInRange('0', '9');
    }

    /// <summary>Without the digits that are dialled at home only.</summary>
    private static bool TryReadNational(string digits, string callingCode, [NotNullWhen(true)] out string? national)
    {
        string trunk = callingCode switch
        {
            "1" when digits.Length == 11 => "1",
            "7" when digits.Length == 11 => "8",
            "36" => "06",
            "1" or "7" or "39" => "", // in Italy the 0 belongs to the number
            _ => "0",
        };
        national = digits.StartsWith(trunk, StringComparison.Ordinal) ? digits[trunk.Length..] : digits;
        // North American numbers begin with 2 to 9; 011 there dials abroad.
        return callingCode != "1" || (national.Length > 0 && national[0] is not ('0' or '1'));
    }

    private static int CodeDigits(ReadOnlySpan<char> digits) =>
        digits[0] is '1' or '7' ? 1 : TwoDigitCodes.Contains(digits[..2].ToString()) ? 2 : 3;
}
