using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Text;

namespace Latchkey.Tests.Platform.Sms.Rig;

/// <summary>What Twilio posts when a text gets on, and how it signs it.</summary>
internal static class TwilioCallback
{
    public static Dictionary<string, string> Fields(SentText text, string status, int? error = null)
    {
        var fields = new Dictionary<string, string>
        {
            ["AccountSid"] = FakeTwilio.AccountSid, ["ApiVersion"] = "2010-04-01", ["From"] = FakeTwilio.From, ["To"] = text.To,
            ["MessageSid"] = text.Sid, ["SmsSid"] = text.Sid, ["MessageStatus"] = status, ["SmsStatus"] = status,
        };
        if (status is "delivered" or "undelivered") fields["RawDlrDoneDate"] = "2611210901";
        if (error is not null) fields["ErrorCode"] = error.Value.ToString(CultureInfo.InvariantCulture);
        return fields;
    }

    public static async Task<HttpStatusCode> ReportAsync(this PortalWithTwilio portal, SentText text, string status, int? error = null)
    {
        var fields = Fields(text, status, error);
        return await portal.PostAsync(text.StatusCallback!, fields, Sign(text.StatusCallback!, fields));
    }

    /// <summary>Posts to where the server listens, as the proxy before it does.</summary>
    public static async Task<HttpStatusCode> PostAsync(this PortalWithTwilio portal, string address, Dictionary<string, string> fields, string? signature)
    {
        using var http = new HttpClient { BaseAddress = portal.Url };
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(address).PathAndQuery) { Content = new FormUrlEncodedContent(fields) };
        if (signature is not null) request.Headers.Add("X-Twilio-Signature", signature);
        using var response = await http.SendAsync(request);
        return response.StatusCode;
    }

    public static string Sign(string address, IEnumerable<KeyValuePair<string, string>> fields, string token = FakeTwilio.AuthToken)
    {
        var text = address + string.Concat(fields.OrderBy(f => f.Key, StringComparer.Ordinal).Select(f => f.Key + f.Value));
#pragma warning disable CA5350 // the provider's choice
        return Convert.ToBase64String(HMACSHA1.HashData(Encoding.UTF8.GetBytes(token), Encoding.UTF8.GetBytes(text)));
#pragma warning restore CA5350
    }
}
