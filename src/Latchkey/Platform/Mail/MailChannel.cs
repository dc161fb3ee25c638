namespace Latchkey.Platform.Mail;

/// <summary>What kind of address a mail goes to. The outbox is one, so that SMS stands in the same list as mail.</summary>
public static class MailChannel
{
    public const string Email = "email";
    public const string Sms = "sms";

    public static string Channel(this MailLane lane) => lane == MailLane.Sms ? Sms : Email;
}
