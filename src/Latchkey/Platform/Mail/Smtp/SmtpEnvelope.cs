using System.Buffers;
using System.Globalization;
using System.Text;

namespace Latchkey.Platform.Mail.Smtp;

/// <summary>The commands that carry one mail, worded for what the relay offers.</summary>
internal sealed class SmtpEnvelope(OutgoingMail mail, ReadOnlyMemory<byte> bytes, SmtpCapabilities offers)
{
    private readonly bool _utf8 = !Ascii.IsValid(mail.From.Address) || !Ascii.IsValid(mail.To.Address);

    /// <summary>Why this relay can't take the mail at all, or null.</summary>
    public string? Obstacle
    {
        get
        {
            if (_utf8 && !offers.SmtpUtf8) return "the relay takes no addresses with letters beyond ASCII (SMTPUTF8)";
            if (offers.LargestMail > 0 && bytes.Length > offers.LargestMail)
                return string.Create(CultureInfo.InvariantCulture, $"the mail has {bytes.Length} bytes and the relay takes {offers.LargestMail}");
            return null;
        }
    }

    public void Write(SmtpStep step, ArrayBufferWriter<byte> to)
    {
        switch (step)
        {
            case SmtpStep.Reset: to.Ascii("RSET\r\n"); break;
            case SmtpStep.Mail: WriteMail(to); break;
            case SmtpStep.Recipient:
                to.Ascii("RCPT TO:<").Utf8(mail.To.Address).Ascii(offers.Dsn ? "> NOTIFY=FAILURE\r\n" : ">\r\n");
                break;
            case SmtpStep.Data: to.Ascii("DATA\r\n"); break;
        }
    }

    private void WriteMail(ArrayBufferWriter<byte> to)
    {
        to.Ascii("MAIL FROM:<").Utf8(mail.From.Address).Ascii(">");
        if (offers.Size) to.Ascii(string.Create(CultureInfo.InvariantCulture, $" SIZE={bytes.Length}"));
        // Bodies are 7bit or quoted-printable; only addresses in headers can be 8bit. Claiming it for nothing would
        // make a relay convert the mail for an old neighbour, and break its signature.
        if (offers.EightBitMime && !Ascii.IsValid(bytes.Span)) to.Ascii(" BODY=8BITMIME");
        if (_utf8) to.Ascii(" SMTPUTF8");
        if (offers.Dsn) to.Ascii($" RET=HDRS ENVID={mail.Id:N}");
        to.Ascii("\r\n");
    }
}

internal enum SmtpStep
{
    Reset,
    Mail,
    Recipient,
    Data,
}
