using System.Globalization;
using System.Text;
using Latchkey.Platform.Tenancy;
using Latchkey.Platform.Web;
using Microsoft.Extensions.Localization;

namespace Latchkey.Features.SignIn.Mails;

/// <summary>The words of the sign-in mail, in the current language; both parts are made of these.</summary>
public sealed record SignInLinkContent
{
    public required Storefront Storefront { get; init; }
    public required string Language { get; init; }
    public required string Subject { get; init; }
    public required string Heading { get; init; }
    public required string Lead { get; init; }
    public required string Link { get; init; }
    public string? Code { get; init; }
    public required string Asked { get; init; }
    public required string SentBy { get; init; }
    public string? Help { get; init; }
    /// <summary>Lets phones offer the code for this portal only.</summary>
    public required string Host { get; init; }

    public static SignInLinkContent Write(
        IStringLocalizer<Texts> l, Storefront storefront, string portal, string link, string? code, DateTimeOffset askedAt, string? device)
    {
        var culture = CultureInfo.CurrentUICulture;
        string when = Dates.Moment(askedAt);
        int minutes = (int)storefront.Policy.LinkLifetime.TotalMinutes;
        return new SignInLinkContent
        {
            Storefront = storefront,
            Language = culture.Name,
            Subject = l["Sign in to {0}", storefront.Name],
            Heading = l["Sign in to the customer portal"],
            Lead = l["Press the button to open your account at {0}. It works once, for {1} minutes.", storefront.Name, minutes],
            Link = link,
            Code = code,
            Asked = device is null ? l["Asked for on {0}.", when] : l["Asked for on {0} from {1}.", when, Devices.InWords(l, device)],
            SentBy = l["Sent by {0} because this address was typed at {1}", storefront.Name, portal],
            Help = HelpLine(l, storefront),
            Host = new Uri(portal).Host,
        };
    }

    /// <summary>The link stands alone on its line, and nothing follows it that a mail program could take for a part of it.</summary>
    public string ToText(IStringLocalizer<Texts> l)
    {
        var text = new StringBuilder()
            .Append(Heading).Append("\n\n")
            .Append(l["Open this address to sign in. It works once, for {0} minutes.", (int)Storefront.Policy.LinkLifetime.TotalMinutes].Value).Append("\n\n")
            .Append(Link).Append("\n\n");
        if (Code is not null)
            text.Append(l["Or type this code on the page where you asked:"].Value).Append("\n\n").Append(Code).Append("\n\n")
                .Append(l["Never read this code out to anybody. We will not ask for it."].Value).Append("\n\n");
        text.Append(Asked).Append('\n')
            .Append(l["If that was not you, ignore this mail: nobody can sign in without it."].Value).Append("\n\n")
            .Append(SentBy).Append('\n');
        if (Help is not null) text.Append(Help).Append('\n');
        // Origin-bound one-time codes: the last line, in this form.
        if (Code is not null) text.Append(CultureInfo.InvariantCulture, $"\n@{Host} #{Code}\n");
        return text.ToString();
    }

    private static string? HelpLine(IStringLocalizer<Texts> l, Storefront storefront) => (storefront.HelpEmail, storefront.HelpPhone) switch
    {
        ({ } mail, { } phone) => l["Questions? Write to {0} or call {1}.", mail, phone].Value,
        ({ } mail, null) => l["Questions? Write to {0}.", mail].Value,
        (null, { } phone) => l["Questions? Call {0}.", phone].Value,
        (null, null) => null,
    };
}
