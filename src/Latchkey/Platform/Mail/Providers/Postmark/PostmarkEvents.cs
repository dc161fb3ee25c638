namespace Latchkey.Platform.Mail.Providers.Postmark;

internal static class PostmarkEvents
{
    public static MailEvent? Read(ProviderJson json) => json["RecordType"].Text switch
    {
        "Delivery" => About(json, Delivery.Delivered) with { At = json["DeliveredAt"].Time, Detail = json["Details"].Text },
        "Bounce" => Bounce(json),
        "SpamComplaint" => Complaint(json),
        "SubscriptionChange" when json["SuppressSending"].IsTrue => About(json, Delivery.Suppressed) with
        {
            At = json["ChangedAt"].Time,
            Suppresses = true,
            Reason = json["SuppressionReason"].Text switch
            {
                "HardBounce" => MailReason.BouncedBefore,
                "SpamComplaint" => MailReason.ComplainedBefore,
                _ => MailReason.OnProvidersList,
            },
        },
        _ => null,
    };

    private static MailEvent? Bounce(ProviderJson json)
    {
        var words = json["Details"].Text;
        var read = About(json, Delivery.Bounced) with { At = json["BouncedAt"].Time, Detail = words, Code = BounceReason.Code(words) };
        return json["Type"].Text switch
        {
            "Transient" or "DnsError" or "OpenRelayTest" => read with { Status = Delivery.Deferred, Reason = BounceReason.OfDelay(words) },
            "HardBounce" => read with { Reason = BounceReason.Of(words, MailReason.Bounced), Suppresses = true },
            "BadEmailAddress" => read with { Reason = MailReason.NoMailbox, Suppresses = true },
            "SoftBounce" => read with { Reason = BounceReason.Of(words, MailReason.GaveUp) },
            "Blocked" or "DMARCPolicy" or "VirusNotification" => read with { Reason = MailReason.Unwanted },
            "ManuallyDeactivated" => read with { Status = Delivery.Suppressed, Reason = MailReason.OnProvidersList, Suppresses = true },
            "SMTPApiError" or "TemplateRenderingFailed" => read with { Status = Delivery.Rejected, Reason = MailReason.ProviderRefused },
            "SpamNotification" or "SpamComplaint" => Complaint(json),
            // Out-of-office answers, confirmations of opening and the like say nothing about arrival.
            _ => null,
        };
    }

    private static MailEvent Complaint(ProviderJson json) =>
        About(json, Delivery.Complained) with { At = json["BouncedAt"].Time, Reason = MailReason.Complained, Suppresses = true };

    private static MailEvent About(ProviderJson json, Delivery status) => new()
    {
        Status = status,
        Key = MessageKey.Read(json["Metadata"][MessageKey.Name].Text),
        ProviderId = json["MessageID"].Text,
    };
}
