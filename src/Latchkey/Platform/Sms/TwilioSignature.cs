using System.Security.Cryptography;
using System.Text;

namespace Latchkey.Platform.Sms;

/// <summary>
/// <c>X-Twilio-Signature</c>: base 64 of HMAC-SHA1, under the account's token, of the address as configured and all form fields in the
/// order of their names.
/// </summary>
internal static class TwilioSignature
{
    public const string Header = "X-Twilio-Signature";

    /// <summary>Twilio signs the address with its port or without, whichever it was given; both are right.</summary>
    public static bool IsValid(string authToken, string address, IFormCollection form, string? signature)
    {
        if (string.IsNullOrEmpty(signature)) return false;
        byte[] given = Encoding.UTF8.GetBytes(signature);
        var url = new Uri(address);
        string rest = address[address.IndexOf('/', url.Scheme.Length + 3)..]; // as written: Uri would tidy it
        string fields = Fields(form);
        return Matches($"{url.Scheme}://{url.Host}{rest}") | Matches($"{url.Scheme}://{url.Host}:{url.Port}{rest}");

        bool Matches(string signed) => CryptographicOperations.FixedTimeEquals(given, Encoding.ASCII.GetBytes(Sign(authToken, signed + fields)));
    }

    private static string Fields(IFormCollection form)
    {
        var text = new StringBuilder();
        foreach (var (name, values) in form.OrderBy(f => f.Key, StringComparer.Ordinal))
            foreach (string? value in values.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal))
                text.Append(name).Append(value);
        return text.ToString();
    }

#pragma warning disable CA5350 // the provider's choice, and a keyed hash
    private static string Sign(string authToken, string text) =>
        Convert.ToBase64String(HMACSHA1.HashData(Encoding.UTF8.GetBytes(authToken), Encoding.UTF8.GetBytes(text)));
#pragma warning restore CA5350
}
