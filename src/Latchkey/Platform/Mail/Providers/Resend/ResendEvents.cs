namespace Latchkey.Platform.Mail.Providers.Resend;

internal static class ResendEvents
{
    public static MailEvent? Read(ProviderJson json)
    {
        var data = json["data"];
        var read = new MailEvent
        {
            Status = Delivery.Sent,
            Key = MessageKey.Read(data["tags"][MessageKey.Name].Text),
            ProviderId = data["email_id"].Text,
            At = json["created_at"].Time,
        };
        return json["type"].Text switch
        {
            "email.sent" => read,
            "email.delivered" => read with { Status = Delivery.Delivered },
            "email.delivery_delayed" => read with { Status = Delivery.Deferred, Reason = MailReason.Deferred },
            "email.bounced" => Bounced(read, data["bounce"]),
            "email.failed" => read with { Status = Delivery.Rejected, Reason = MailReason.ProviderRefused, Detail = data["failed"]["reason"].Text },
            "email.suppressed" => read with
            {
                Status = Delivery.Suppressed,
                Suppresses = true,
                Detail = data["suppressed"]["message"].Text,
                Reason = data["suppressed"]["reason"].Text switch
                {
                    "previous_bounce" => MailReason.BouncedBefore,
                    "previous_complaint" => MailReason.ComplainedBefore,
                    _ => MailReason.OnProvidersList,
                },
            },
            "email.complained" => read with { Status = Delivery.Complained, Reason = MailReason.Complained, Suppresses = true },
            _ => null,
        };
    }

    private static MailEvent Bounced(MailEvent read, ProviderJson bounce)
    {
        string? words = bounce["diagnosticCode"].First.Text ?? bounce["message"].Text;
        return read with
        {
            Status = Delivery.Bounced,
            Detail = words,
            Code = BounceReason.Code(words),
            Suppresses = bounce["type"].Text == "Permanent",
            Reason = MailBounce.Reason(bounce["subType"].Text, words),
        };
    }
}
