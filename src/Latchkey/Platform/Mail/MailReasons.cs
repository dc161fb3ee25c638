using System.Collections.Frozen;
using Latchkey.Platform.Web;
using Microsoft.Extensions.Localization;

namespace Latchkey.Platform.Mail;

/// <summary>The words of each reason. They are stored in English and shown in the reader's language.</summary>
public static class MailReasons
{
    private static readonly EnglishTexts Source = new();
    private static readonly FrozenDictionary<string, MailReason> Known = Enum.GetValues<MailReason>().ToFrozenDictionary(English, StringComparer.Ordinal);

    public static string English(MailReason reason) => Text(Source, reason);

    /// <summary>A stored reason in the reader's language; words of others, such as a mail server's, as they are.</summary>
    public static string Shown(IStringLocalizer<Texts> l, string stored) => Known.TryGetValue(stored, out var reason) ? Text(l, reason) : stored;

    /// <summary>Whether these are our own words.</summary>
    public static bool IsOurs(string stored) => Known.ContainsKey(stored);

    private static string Text(IStringLocalizer<Texts> l, MailReason reason) => reason switch
    {
        MailReason.Taken => l["Accepted by the mail provider."],
        MailReason.Deferred => l["The recipient’s mail server asked to try again later. The mail provider does so."],
        MailReason.GaveUp => l["The mail could not be delivered, and the mail provider gave up trying."],
        MailReason.Bounced => l["The recipient’s mail server refused the mail."],
        MailReason.Unwanted => l["The recipient’s mail server refused the mail as unwanted."],
        MailReason.TooLarge => l["The mail is too large."],
        MailReason.MailboxFull => l["The recipient’s mailbox is full."],
        MailReason.NoSuchDomain => l["The domain after the @ receives no mail. Check the address."],
        MailReason.NoMailbox => l["There is no such mailbox. Check the address."],
        MailReason.AddressRefused => l["The mail provider does not take this address. Check it."],
        MailReason.ProviderRefused => l["The mail provider refused to send this mail."],
        MailReason.OnProvidersList => l["The mail provider sends nothing to this address: it is on its list of blocked addresses."],
        MailReason.BouncedBefore => l["An earlier mail to this address came back, so the mail provider sends nothing there."],
        MailReason.ComplainedBefore => l["The recipient reported an earlier mail as spam, so the mail provider sends nothing there."],
        MailReason.Complained => l["The recipient reported the mail as spam."],
        MailReason.SenderNotVerified => l["The mail provider does not know the sender’s address as ours. Verify it with the provider."],
        MailReason.QuotaUsedUp => l["The quota at the mail provider is used up."],
        MailReason.TooFast => l["The mail provider asks us to send more slowly."],
        MailReason.AccountPaused => l["The account at the mail provider is paused, or not approved yet."],
        MailReason.ProviderInTrouble => l["The mail provider has a problem of its own at the moment."],
        MailReason.ProviderUnreachable => l["The mail provider could not be reached."],
        MailReason.ProviderSilent => l["The mail provider did not answer in time."],
        MailReason.SettingsUnreadable => l["The settings of the mail provider cannot be read. Enter them again."],
        MailReason.PostmarkKey => l["Postmark does not accept the server token it is given. Check Postmark__ServerToken."],
        MailReason.SesKeys => l["Amazon SES does not accept the keys it is given. Check Ses__AccessKeyId, Ses__SecretAccessKey and Ses__Region."],
        MailReason.SesSet => l["Amazon SES does not know the configuration set. Check Ses__ConfigurationSet and Ses__Region."],
        MailReason.SendGridKey => l["SendGrid does not accept the key it is given. Check SendGrid__ApiKey."],
        MailReason.MailgunKey => l["Mailgun does not accept the key it is given. Check Mailgun__ApiKey."],
        MailReason.MailgunDomain => l["Mailgun does not know the domain. Check Mailgun__Domain and Mailgun__Region."],
        MailReason.ResendKey => l["Resend does not accept the key it is given. Check Resend__ApiKey."],
    };

    private sealed class EnglishTexts : IStringLocalizer<Texts>
    {
        public LocalizedString this[string name] => new(name, name);

        public LocalizedString this[string name, params object[] arguments] => throw new NotSupportedException("Reasons name no values.");

        public IEnumerable<LocalizedString> GetAllStrings(bool includeParentCultures) => [];
    }
}
