namespace Latchkey.Platform.Mail.Providers.Ses;

internal static class SesEvents
{
    public static MailEvent? Read(ProviderJson json)
    {
        var mail = json["mail"];
        var read = new MailEvent
        {
            Status = Delivery.Sent,
            Key = MessageKey.Read(mail["tags"][MessageKey.Name].First.Text),
            ProviderId = mail["messageId"].Text,
            At = mail["timestamp"].Time,
        };
        return (json["eventType"].Text ?? json["notificationType"].Text) switch
        {
            "Send" => read,
            "Delivery" => read with { Status = Delivery.Delivered, At = json["delivery"]["timestamp"].Time, Detail = json["delivery"]["smtpResponse"].Text },
            "DeliveryDelay" => Delayed(read, json["deliveryDelay"]),
            "Bounce" => Bounce(read, json["bounce"]),
            "Reject" => read with { Status = Delivery.Rejected, Reason = MailReason.ProviderRefused, Detail = json["reject"]["reason"].Text },
            "Rendering Failure" => read with { Status = Delivery.Rejected, Reason = MailReason.ProviderRefused, Detail = json["failure"]["errorMessage"].Text },
            "Complaint" => read with { Status = Delivery.Complained, Reason = MailReason.Complained, Suppresses = true, At = json["complaint"]["timestamp"].Time },
            _ => null,
        };
    }

    private static MailEvent Delayed(MailEvent read, ProviderJson delay)
    {
        string? words = delay["delayedRecipients"].First["diagnosticCode"].Text;
        var reason = delay["delayType"].Text == "MailboxFull" ? MailReason.MailboxFull : BounceReason.OfDelay(words);
        return read with { Status = Delivery.Deferred, Reason = reason, Detail = words, Code = BounceReason.Code(words), At = delay["timestamp"].Time };
    }

    private static MailEvent Bounce(MailEvent read, ProviderJson bounce)
    {
        var recipient = bounce["bouncedRecipients"].First;
        string? words = recipient["diagnosticCode"].Text ?? recipient["status"].Text, kind = bounce["bounceType"].Text, subKind = bounce["bounceSubType"].Text;
        read = read with { Detail = words, Code = BounceReason.Code(words), At = bounce["timestamp"].Time };
        return (kind, subKind) switch
        {
            ("Transient", "General" or null) => read with { Status = Delivery.Deferred, Reason = BounceReason.OfDelay(words) },
            ("Transient", _) => read with { Status = Delivery.Deferred, Reason = MailBounce.Reason(subKind, words) },
            (_, "Suppressed" or "OnAccountSuppressionList") => read with { Status = Delivery.Suppressed, Reason = MailReason.BouncedBefore, Suppresses = true },
            ("Permanent", _) => read with { Status = Delivery.Bounced, Reason = MailBounce.Reason(subKind, words), Suppresses = true },
            _ => read with { Status = Delivery.Bounced, Reason = MailBounce.Reason(subKind, words) },
        };
    }
}
