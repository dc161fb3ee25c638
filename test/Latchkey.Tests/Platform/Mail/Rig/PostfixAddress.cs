using Latchkey.Platform.Mail.Smtp;

namespace Latchkey.Tests.Platform.Mail.Rig;

/// <summary>
/// The Postfix a script has started, from LATCHKEY_TEST_POSTFIX=<c>host:port;maildir=/path/new[;ca=FILE]</c>: it delivers
/// every recipient to that one folder of new mails, and shows a certificate of the root in FILE when one is given.
/// </summary>
internal sealed record PostfixAddress(string Host, string Maildir, string? Ca)
{
    public static PostfixAddress? FromEnvironment()
    {
        var parts = Environment.GetEnvironmentVariable("LATCHKEY_TEST_POSTFIX")?.Split(';');
        if (parts is not [var host, ..]) return null;
        return new PostfixAddress(host, Option(parts, "maildir=") ?? "", Option(parts, "ca="));
    }

    public SmtpTransport Transport() => new(SmtpSettings.Parse($"smtp://{Host}?starttls=off"));

    public SmtpTransport EncryptedTransport() =>
        new(SmtpSettings.Parse($"smtp://{Host}?starttls=required&ca={Uri.EscapeDataString(Ca!)}"));

    private static string? Option(string[] parts, string name) =>
        parts.FirstOrDefault(part => part.StartsWith(name, StringComparison.Ordinal))?[name.Length..];
}
