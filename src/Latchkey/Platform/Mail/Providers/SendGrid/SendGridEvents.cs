namespace Latchkey.Platform.Mail.Providers.SendGrid;

internal static class SendGridEvents
{
    public static MailEvent? Read(ProviderJson json)
    {
        string? words = json["reason"].Text ?? json["response"].Text, status = json["status"].Text;
        var read = new MailEvent
        {
            Status = Delivery.Sent,
            Key = MessageKey.Read(json[MessageKey.Name].Text),
            ProviderId = MessageId(json["sg_message_id"].Text),
            At = json["timestamp"].UnixTime,
            Detail = words,
            Code = BounceReason.Code(words),
        };
        return json["event"].Text switch
        {
            "processed" => read,
            "delivered" => read with { Status = Delivery.Delivered, Code = null },
            "deferred" => read with { Status = Delivery.Deferred, Reason = BounceReason.OfDelay(words) },
            "bounce" when json["type"].Text == "blocked" => read with { Status = Delivery.Bounced, Reason = BounceReason.Of(status ?? words, MailReason.Unwanted) },
            "bounce" => read with { Status = Delivery.Bounced, Reason = BounceReason.Of(status ?? words, MailReason.Bounced), Suppresses = true },
            "dropped" => Dropped(read, words ?? ""),
            "spamreport" => read with { Status = Delivery.Complained, Reason = MailReason.Complained, Suppresses = true },
            _ => null,
        };
    }

    private static MailEvent Dropped(MailEvent read, string words) =>
        words.Contains("Bounced", StringComparison.OrdinalIgnoreCase) ? read with { Status = Delivery.Suppressed, Reason = MailReason.BouncedBefore, Suppresses = true }
        : words.Contains("Spam Report", StringComparison.OrdinalIgnoreCase) ? read with { Status = Delivery.Suppressed, Reason = MailReason.ComplainedBefore, Suppresses = true }
        : words.Contains("Unsubscribed", StringComparison.OrdinalIgnoreCase) ? read with { Status = Delivery.Suppressed, Reason = MailReason.OnProvidersList, Suppresses = true }
        : words.Contains("Invalid", StringComparison.OrdinalIgnoreCase) ? read with { Status = Delivery.Rejected, Reason = MailReason.AddressRefused }
        : read with { Status = Delivery.Rejected, Reason = MailReason.ProviderRefused };

    /// <summary>What was answered to the sending is its beginning.</summary>
    private static string? MessageId(string? text)
    {
        if (text is null) return null;
        int end = text.IndexOf(".filter", StringComparison.Ordinal) is >= 0 and var filter ? filter : text.IndexOf(".recvd", StringComparison.Ordinal);
        return end > 0 ? text[..end] : text;
    }
}
