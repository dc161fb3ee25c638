using System.Globalization;
using Microsoft.AspNetCore.Http;

namespace Latchkey.Tests.Platform.Sms.Rig;

/// <summary>Twilio's answers, field by field: numbers as texts, dates as in a mail.</summary>
internal static class TwilioJson
{
    public static IResult Created(SentText text) => Results.Json(Message(text), statusCode: StatusCodes.Status201Created);

    public static IResult Page(IEnumerable<SentText> texts) => Results.Json(new Dictionary<string, object?>
    {
        ["end"] = 0, ["first_page_uri"] = "/2010-04-01/…", ["next_page_uri"] = null, ["page"] = 0, ["page_size"] = 50, ["previous_page_uri"] = null,
        ["start"] = 0, ["uri"] = "/2010-04-01/…", ["messages"] = texts.Select(Message),
    });

    public static IResult Problem(int status, int code, string message) =>
        Results.Json(new { code, message, more_info = $"https://www.twilio.com/docs/errors/{code}", status }, statusCode: status);

    static Dictionary<string, object?> Message(SentText text) => new()
    {
        ["sid"] = text.Sid,
        ["account_sid"] = FakeTwilio.AccountSid,
        ["status"] = text.Service is null ? "queued" : "accepted",
        ["to"] = text.To,
        ["from"] = text.From,
        ["messaging_service_sid"] = text.Service,
        ["body"] = text.Body,
        ["num_segments"] = "1",
        ["num_media"] = "0",
        ["direction"] = "outbound-api",
        ["date_created"] = Date(text.CreatedAt),
        ["date_sent"] = null,
        ["date_updated"] = Date(text.CreatedAt),
        ["price"] = null,
        ["price_unit"] = "USD",
        ["error_code"] = null,
        ["error_message"] = null,
        ["api_version"] = "2010-04-01",
        ["uri"] = $"/2010-04-01/Accounts/{FakeTwilio.AccountSid}/Messages/{text.Sid}.json",
        ["subresource_uris"] = new { media = $"/2010-04-01/Accounts/{FakeTwilio.AccountSid}/Messages/{text.Sid}/Media.json" },
    };

    static string Date(DateTimeOffset at) => at.UtcDateTime.ToString("ddd, dd MMM yyyy HH:mm:ss '+0000'", CultureInfo.InvariantCulture);
}
