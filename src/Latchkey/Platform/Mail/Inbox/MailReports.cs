using System.Security.Cryptography;
using System.Text;
using Latchkey.Platform.Mail.Providers;
using Latchkey.Platform.Mail.Smtp;

namespace Latchkey.Platform.Mail.Inbox;

/// <summary>Makes a report on a mail of a provider's event.</summary>
internal static class MailReports
{
    public static DeliveryReport Of(MailEvent read, MessageKey mail, DateTimeOffset receivedAt)
    {
        // A provider's clock is believed within reason.
        var at = read.At is { } said && said > receivedAt.AddDays(-30) && said <= receivedAt ? said : receivedAt;
        return new DeliveryReport
        {
            OrganizationId = mail.OrganizationId,
            MailId = mail.MailId,
            Status = read.Status,
            ProviderId = read.ProviderId is { Length: > 0 and <= 200 } id && !id.Any(char.IsControl) ? id : null,
            Code = read.Code,
            Reason = read.Reason is { } reason ? MailReasons.English(reason) : null,
            ReasonRank = read.Reason is { } rank ? (int)rank : 0,
            Detail = read.Detail is { Length: > 0 } words ? SmtpWords.Clean(words) : null,
            At = at,
            WantsNoMore = read.Suppresses,
            EventId = Name(read, mail, at),
        };
    }

    /// <summary>The same for every telling of the same event, and in the order of time as other ids are.</summary>
    private static Guid Name(MailEvent read, MessageKey mail, DateTimeOffset at)
    {
        var told = FormattableString.Invariant($"{mail} {read.Status} {read.Reason} {read.Code} {at.ToUnixTimeMilliseconds()} {read.Detail}");
        byte[] name = Guid.CreateVersion7(at).ToByteArray(bigEndian: true); // its first six bytes are the time
        SHA256.HashData(Encoding.UTF8.GetBytes(told)).AsSpan(0, 10).CopyTo(name.AsSpan(6));
        name[6] = (byte)((name[6] & 0x0F) | 0x70);
        name[8] = (byte)((name[8] & 0x3F) | 0x80);
        return new Guid(name, bigEndian: true);
    }
}
