using System.Globalization;
using Latchkey.Platform.Tenancy;
using Latchkey.Platform.Web;
using Microsoft.Extensions.Localization;

namespace Latchkey.Features.Passkeys.Mails;

/// <summary>The words of the notice, in the current language; both parts are made of these.</summary>
public sealed record PasskeyNoticeContent
{
    public required Storefront Storefront { get; init; }
    public required string Language { get; init; }
    public required string Subject { get; init; }
    public required string Lead { get; init; }
    public required string When { get; init; }
    public required string NotYou { get; init; }
    public required string Link { get; init; }
    public required string SentBy { get; init; }

    /// <param name="portal">The portal's address.</param>
    public static PasskeyNoticeContent Write(
        IStringLocalizer<Texts> l, Storefront storefront, string portal, PasskeyChange change, DateTimeOffset at, string? device)
    {
        string when = Dates.Moment(at);
        return new PasskeyNoticeContent
        {
            Storefront = storefront,
            Language = CultureInfo.CurrentUICulture.Name,
            Subject = change switch
            {
                PasskeyChange.Added => l["A passkey was added to your account at {0}", storefront.Name],
                PasskeyChange.Removed => l["A passkey was removed from your account at {0}", storefront.Name],
            },
            Lead = change switch
            {
                PasskeyChange.Added => l["From now on it signs in to your account at {0} without a mail.", storefront.Name],
                PasskeyChange.Removed => l["It no longer signs in to your account at {0}. A link by mail still does.", storefront.Name],
            },
            When = device is null ? l["Done on {0}.", when] : l["Done on {0} from {1}.", when, Devices.InWords(l, device)],
            NotYou = l["If that was not you, open your account, remove the passkeys you do not know and sign out all devices."],
            Link = $"{portal}/account/passkeys",
            SentBy = l["Sent by {0} because it is about the safety of your account.", storefront.Name],
        };
    }

    public string ToText(IStringLocalizer<Texts> l) =>
        $"{Subject}\n\n{Lead}\n{When}\n\n{NotYou}\n\n{l["Your passkeys"].Value}\n{Link}\n\n{SentBy}\n";
}
