namespace Latchkey.Platform.Mail.Providers.Mailgun;

internal static class MailgunEvents
{
    public static MailEvent? Read(ProviderJson json)
    {
        var said = json["delivery-status"];
        string? words = Words(said["message"].Text) ?? Words(said["description"].Text);
        var read = new MailEvent
        {
            Status = Delivery.Sent,
            Key = MessageKey.Read(json["user-variables"][MessageKey.Name].Text),
            ProviderId = json["message"]["headers"]["message-id"].Text,
            At = json["timestamp"].UnixTime,
            Detail = words,
            Code = said["code"].Number,
        };
        return json["event"].Text switch
        {
            "accepted" => read with { Code = null },
            "delivered" => read with { Status = Delivery.Delivered, Code = null },
            "failed" when json["severity"].Text == "temporary" => read with { Status = Delivery.Deferred, Reason = BounceReason.OfDelay(words) },
            "failed" => Failed(read, json["reason"].Text, words),
            "rejected" => read with { Status = Delivery.Rejected, Reason = MailReason.ProviderRefused, Detail = Words(json["reject"]["reason"].Text) },
            "complained" => read with { Status = Delivery.Complained, Reason = MailReason.Complained, Suppresses = true, Code = null },
            _ => null,
        };
    }

    private static MailEvent Failed(MailEvent read, string? why, string? words) => (why, read.Code) switch
    {
        ("suppress-bounce", _) or (_, 605) => read with { Status = Delivery.Suppressed, Reason = MailReason.BouncedBefore, Suppresses = true },
        ("suppress-complaint", _) or (_, 607) => read with { Status = Delivery.Suppressed, Reason = MailReason.ComplainedBefore, Suppresses = true },
        ("suppress-unsubscribe", _) or (_, 606) => read with { Status = Delivery.Suppressed, Reason = MailReason.OnProvidersList, Suppresses = true },
        ("bounce", _) => read with { Status = Delivery.Bounced, Reason = BounceReason.Of(words, MailReason.Bounced), Suppresses = true },
        // "generic" and "old": it was tried until Mailgun gave up.
        _ => read with { Status = Delivery.Bounced, Reason = BounceReason.Of(words, MailReason.GaveUp) },
    };

    private static string? Words(string? text) => string.IsNullOrEmpty(text) ? null : text;
}
