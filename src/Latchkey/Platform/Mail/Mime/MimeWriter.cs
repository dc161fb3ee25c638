using System.Buffers;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Latchkey.Platform.Mail.Mime;

/// <summary>Writes a mail as RFC 5322 bytes: its headers and a multipart/alternative of text and HTML.</summary>
public static class MimeWriter
{
    /// <exception cref="ArgumentException">An address or header value that can't be written; nothing was written.</exception>
    public static void Write(OutgoingMail mail, IBufferWriter<byte> to)
    {
        MailSyntax.Check(mail);
        // "=_" can't occur in quoted-printable; 128 random bits keep it out of 7bit parts.
        var boundary = $"=_{RandomNumberGenerator.GetHexString(32, lowercase: true)}";
        WriteHeaders(mail, boundary, new HeaderWriter(to));
        WritePart("text/plain", mail.Text, boundary, to);
        WritePart("text/html", mail.Html, boundary, to);
        Ascii($"\r\n--{boundary}--\r\n", to);
    }

    private static void WriteHeaders(OutgoingMail mail, string boundary, HeaderWriter headers)
    {
        headers.Addressee("From", mail.From);
        headers.Addressee("To", mail.To);
        headers.Text("Subject", mail.Subject);
        headers.Token("Date", mail.Date.UtcDateTime.ToString("ddd, dd MMM yyyy HH:mm:ss '+0000'", CultureInfo.InvariantCulture));
        headers.Token("Message-ID", $"<{MailSyntax.BareMessageId(mail.MessageId)}>");
        headers.Token("Content-Language", mail.Language);
        // RFC 3834: vacation notices must not answer; the second is what Exchange heeds.
        headers.Token("Auto-Submitted", "auto-generated");
        headers.Token("X-Auto-Response-Suppress", "All");
        headers.Token("MIME-Version", "1.0");
        headers.Token("Content-Type", $"multipart/alternative;\r\n boundary=\"{boundary}\"");
    }

    private static void WritePart(string type, string content, string boundary, IBufferWriter<byte> to)
    {
        var sevenBit = SevenBit.Fits(content);
        var encoding = sevenBit ? "7bit" : "quoted-printable";
        Ascii($"\r\n--{boundary}\r\nContent-Type: {type}; charset=utf-8\r\nContent-Transfer-Encoding: {encoding}\r\n\r\n", to);
        if (sevenBit) SevenBit.Write(content, to);
        else QuotedPrintable.Write(content, to);
    }

    private static void Ascii(string text, IBufferWriter<byte> to) => Encoding.ASCII.GetBytes(text, to);
}
