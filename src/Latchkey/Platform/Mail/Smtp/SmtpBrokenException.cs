namespace Latchkey.Platform.Mail.Smtp;

/// <summary>The connection can't be used (any more); the mail has to be tried again later.</summary>
internal sealed class SmtpBrokenException(string reason, SmtpReply? reply = null) : Exception(reason)
{
    public SmtpReply? Reply => reply;
}
