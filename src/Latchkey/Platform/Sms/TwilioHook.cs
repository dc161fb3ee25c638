using System.Globalization;
using Latchkey.Platform.Mail;
using Latchkey.Platform.Tenancy;
using Latchkey.Platform.Web;
using Microsoft.AspNetCore.Mvc;

namespace Latchkey.Platform.Sms;

/// <summary>Where Twilio reports what became of a text. Only what carries its signature is looked at.</summary>
public static class TwilioHook
{
    private const string Path = "/hooks/twilio";
    private const int MostBytes = 16 * 1024;

    public static void MapTwilioHook(this WebApplication app) => app.MapPost(Path, async (HttpContext context) =>
        context.RequestServices.GetService<TwilioReports>() is { } reports
            ? await reports.ReceiveAsync(context.Request, context.RequestAborted)
            : Results.NotFound())
        .AllowAnonymous().WithMetadata(new RequestSizeLimitAttribute(MostBytes));

    /// <summary>The address that Twilio is given with a text. What it names is as trustworthy as the signature, which covers it.</summary>
    internal static string AddressFor(PublicAddress addresses, Guid organization, Guid mail) => $"{Here(addresses)}?o={organization:n}&m={mail:n}";

    internal static string Here(PublicAddress addresses) => addresses.Installation.AbsoluteUri.TrimEnd('/') + Path;
}

internal sealed partial class TwilioReports(TwilioSettings settings, PublicAddress addresses, Deliveries deliveries, ILogger<TwilioReports> log)
{
    public async Task<IResult> ReceiveAsync(HttpRequest request, CancellationToken cancel)
    {
        var form = await request.ReadPlainFormAsync(cancel);
        // The configured address, not the Host header: behind a proxy that is another one, and anybody can send any.
        if (!TwilioSignature.IsValid(settings.AuthToken, TwilioHook.Here(addresses) + request.QueryString.Value, form, request.Headers[TwilioSignature.Header]))
            return Results.Text("The signature is missing or wrong.\n", statusCode: StatusCodes.Status403Forbidden);

        if (Read(request.Query, form) is not { } report || !await deliveries.RecordAsync(report)) Unknown();
        return Results.NoContent();
    }

    /// <returns>Null for what is no report on a mail of ours.</returns>
    private static DeliveryReport? Read(IQueryCollection query, IFormCollection form)
    {
        if (!Guid.TryParseExact(query["o"], "N", out var organization) || !Guid.TryParseExact(query["m"], "N", out var mail)
            || form["MessageSid"] is not [{ } sid] || !TwilioMessage.IsSid(sid) || Status(form["MessageStatus"]) is not { } status) return null;
        int? code = int.TryParse(form["ErrorCode"], NumberStyles.None, CultureInfo.InvariantCulture, out int error) && error > 0 ? error : null;
        return new DeliveryReport
        {
            OrganizationId = organization,
            MailId = mail,
            ProviderId = sid,
            Status = status,
            Code = code,
            Reason = code is null ? null : TwilioErrors.Reason(code.Value),
            WantsNoMore = code == TwilioErrors.WantsNoMore,
        };
    }

    private static Delivery? Status(string? word) => word switch
    {
        "accepted" or "scheduled" => Delivery.Accepted,
        "queued" => Delivery.Queued,
        "sending" => Delivery.Sending,
        "sent" => Delivery.Sent,
        "undelivered" => Delivery.Undelivered,
        "failed" or "canceled" => Delivery.Failed,
        "delivered" or "read" => Delivery.Delivered,
        _ => null,
    };

    [LoggerMessage(Level = LogLevel.Warning, Message = "Twilio reported on a message that is not known here, or in words that are not.")]
    private partial void Unknown();
}
