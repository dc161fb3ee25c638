using Latchkey.Platform.Mail.Providers.Mailgun;
using Latchkey.Platform.Mail.Providers.Postmark;
using Latchkey.Platform.Mail.Providers.Resend;
using Latchkey.Platform.Mail.Providers.SendGrid;
using Latchkey.Platform.Mail.Providers.Ses;

namespace Latchkey.Platform.Mail.Providers;

/// <summary>Makes a provider of its settings.</summary>
internal sealed class MailAccounts(IConfiguration installation, SnsFiles files)
{
    /// <summary>The installation's provider: <c>Mail__Provider</c>.</summary>
    /// <exception cref="FormatException">A setting makes no sense.</exception>
    public IMailProvider? Installation => Chosen(installation) is { } name ? Open(name, installation) : null;

    /// <returns>Null when none is chosen.</returns>
    /// <exception cref="FormatException">There is no such provider.</exception>
    public static MailProviderName? Chosen(IConfiguration configuration) =>
        configuration["Mail:Provider"] is not { Length: > 0 } text ? null
        : MailProviderFields.Named(text) ?? throw new FormatException($"Mail__Provider must be one of {string.Join(", ", MailProviderFields.Names)}.");

    /// <summary>An organization's own account. Where the API is stays the installation's to say: an organization could name any address.</summary>
    /// <exception cref="FormatException">A setting is missing or makes no sense.</exception>
    public IMailProvider Open(MailProviderName name, IReadOnlyDictionary<string, string> fields)
    {
        if (fields.Keys.FirstOrDefault(f => !MailProviderFields.Of(name).Contains(f, StringComparer.Ordinal)) is { } unknown)
            throw new FormatException($"{name} has no setting {unknown}.");
        var settings = fields.Select(f => KeyValuePair.Create($"{name}:{f.Key}", (string?)f.Value)).Append(KeyValuePair.Create($"{name}:ApiBase", installation[$"{name}:ApiBase"]));
        return Open(name, new ConfigurationBuilder().AddInMemoryCollection(settings).Build());
    }

    private IMailProvider Open(MailProviderName name, IConfiguration configuration) => name switch
    {
        MailProviderName.Postmark => new PostmarkProvider(PostmarkSettings.Read(configuration)),
        MailProviderName.Ses => new SesProvider(SesSettings.Read(configuration), files),
        MailProviderName.SendGrid => new SendGridProvider(SendGridSettings.Read(configuration)),
        MailProviderName.Mailgun => new MailgunProvider(MailgunSettings.Read(configuration)),
        MailProviderName.Resend => new ResendProvider(ResendSettings.Read(configuration)),
    };
}
