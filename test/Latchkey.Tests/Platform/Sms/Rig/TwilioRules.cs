using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Http;

namespace Latchkey.Tests.Platform.Sms.Rig;

/// <summary>What Twilio takes, and its test credentials' magic numbers.</summary>
internal static partial class TwilioRules
{
    static readonly Dictionary<string, int> Magic = new()
    {
        ["+15005550001"] = 21211,
        ["+15005550003"] = 21408,
        ["+15005550004"] = 21610,
        ["+15005550009"] = 21614,
    };

    /// <returns>Null when it takes the message.</returns>
    public static IResult? Refuse(IFormCollection form, IReadOnlySet<string> known)
    {
        if (form.Keys.FirstOrDefault(k => !known.Contains(k)) is { } unknown) return Problem(21600, $"Unknown parameter {unknown}");
        if (form.Any(f => f.Value.Count != 1)) return Problem(21600, "A parameter is given twice");
        string to = form["To"].ToString(), body = form["Body"].ToString();
        if (to.Length == 0) return Problem(21604, "A 'To' phone number is required.");
        if (form.ContainsKey("From") == form.ContainsKey("MessagingServiceSid")) return Problem(21603, "A 'From' phone number is required.");
        if (form.ContainsKey("From") && form["From"] != FakeTwilio.From) return Problem(21606, "The From phone number is not a valid, SMS-capable number for your account.");
        if (body.Length == 0) return Problem(21602, "Message body is required.");
        if (body.Length > 1600) return Problem(21617, "The concatenated message body exceeds the 1600 character limit.");
        if (!E164().IsMatch(to)) return Problem(21211, "The 'To' number is not a valid phone number.");
        if (form["ValidityPeriod"] is [{ } period] && (!int.TryParse(period, CultureInfo.InvariantCulture, out int seconds) || seconds is < 1 or > 36_000)) return Problem(21624, "Invalid validity period value");
        if (form["StatusCallback"] is [{ } callback] && !callback.StartsWith("https://", StringComparison.Ordinal)) return Problem(21609, "The StatusCallback URL is not a valid url.");
        return Magic.TryGetValue(to, out int code) ? Problem(code, "A magic number") : null;
    }

    static IResult Problem(int code, string message) => TwilioJson.Problem(400, code, message);

    [GeneratedRegex(@"^\+[1-9][0-9]{7,14}\z", RegexOptions.None, 1000)]
    private static partial Regex E164();
}
