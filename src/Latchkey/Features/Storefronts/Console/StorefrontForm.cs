using System.Globalization;
using Latchkey.Platform.Tenancy;
using Latchkey.Platform.Web;
using Latchkey.SignIn;
using Microsoft.Extensions.Localization;

namespace Latchkey.Features.Storefronts.Console;

/// <summary>What somebody typed about a storefront, and what is wrong with it.</summary>
public sealed class StorefrontForm
{
    private const int MostName = 100, MostPhone = 40;
    private readonly IStringLocalizer<Texts> l;

    public StorefrontForm(Storefront shown, IStringLocalizer<Texts> localizer)
    {
        l = localizer;
        Values = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["name"] = shown.Name,
            ["locale"] = shown.Locale,
            ["vocabulary"] = shown.Vocabulary.ToString(),
            ["hue"] = shown.BrandHue.ToString(CultureInfo.InvariantCulture),
            ["sender-name"] = shown.SenderName,
            ["sender-address"] = shown.SenderAddress,
            ["help-email"] = shown.HelpEmail ?? "",
            ["help-phone"] = shown.HelpPhone ?? "",
            ["calling-code"] = shown.CallingCode ?? "",
        };
    }

    public IDictionary<string, string> Values { get; }
    public IDictionary<string, string> Problems { get; } = new Dictionary<string, string>(StringComparer.Ordinal);

    public int Hue => int.TryParse(Values["hue"], CultureInfo.InvariantCulture, out int hue) ? hue : 0;

    /// <returns>The storefront as it is to be; null when something is wrong.</returns>
    public Storefront? Read(IFormCollection form, Storefront shown)
    {
        foreach (string field in Values.Keys.ToList()) Values[field] = form[field].ToString().Trim();
        Name("name");
        Name("sender-name");
        if (!Language.Known.Contains(Values["locale"], StringComparer.Ordinal)) Problems["locale"] = l["Choose a language."];
        if (!Enum.TryParse<Vocabulary>(Values["vocabulary"], out var vocabulary) || !Enum.IsDefined(vocabulary)) Problems["vocabulary"] = l["Choose what customers have."];
        if (!int.TryParse(Values["hue"], CultureInfo.InvariantCulture, out int hue) || hue is < 0 or > 359) Problems["hue"] = l["A colour is a number from 0 to 359."];
        string? sender = Address("sender-address"), help = Values["help-email"].Length == 0 ? null : Address("help-email");
        if (Values["help-phone"].Length > MostPhone || Values["help-phone"].Any(char.IsControl)) Problems["help-phone"] = l["A phone number has 40 characters at most."];
        if (Values["calling-code"].Length > 3 || !Values["calling-code"].All(char.IsAsciiDigit)) Problems["calling-code"] = l["A calling code has one to three digits, such as 1 or 44."];
        return Problems.Count > 0 ? null : shown with
        {
            Name = Values["name"],
            Locale = Values["locale"],
            Vocabulary = vocabulary,
            BrandHue = hue,
            SenderName = Values["sender-name"],
            SenderAddress = sender!,
            HelpEmail = help,
            HelpPhone = Values["help-phone"] is { Length: > 0 } phone ? phone : null,
            CallingCode = Values["calling-code"] is { Length: > 0 } code ? code : null,
        };
    }

    private void Name(string field)
    {
        if (Values[field].Length is 0 or > MostName || Values[field].Any(char.IsControl)) Problems[field] = l["A name has 1 to 100 characters."];
    }

    private string? Address(string field)
    {
        if (EmailAddress.TryRead(Values[field], out var address) && address.IsDeliverable) return address.Value;
        Problems[field] = l["That is not one e-mail address. Type it like name@example.com."];
        return null;
    }
}
