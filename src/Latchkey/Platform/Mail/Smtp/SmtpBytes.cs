using System.Buffers;
using System.Text;

namespace Latchkey.Platform.Mail.Smtp;

/// <summary>How commands and mails become bytes.</summary>
internal static class SmtpBytes
{
    public static ArrayBufferWriter<byte> Ascii(this ArrayBufferWriter<byte> to, string text)
    {
        Encoding.ASCII.GetBytes(text, to);
        return to;
    }

    /// <summary>Addresses, which may hold letters beyond ASCII under SMTPUTF8.</summary>
    public static ArrayBufferWriter<byte> Utf8(this ArrayBufferWriter<byte> to, string text)
    {
        Encoding.UTF8.GetBytes(text, to);
        return to;
    }

    /// <summary>The mail with a dot doubled at the start of each line (RFC 5321 §4.5.2), and the line that ends it.</summary>
    public static void Dotted(this ArrayBufferWriter<byte> to, ReadOnlySpan<byte> mail)
    {
        if (mail.StartsWith((byte)'.')) to.Write("."u8);
        for (var at = mail.IndexOf("\r\n."u8); at >= 0; at = mail.IndexOf("\r\n."u8))
        {
            to.Write(mail[..(at + 3)]);
            to.Write("."u8);
            mail = mail[(at + 3)..];
        }
        to.Write(mail);
        to.Write(mail.EndsWith("\r\n"u8) ? ".\r\n"u8 : "\r\n.\r\n"u8);
    }
}
