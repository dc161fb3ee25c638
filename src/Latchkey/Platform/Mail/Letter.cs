using System.Globalization;
using System.Text;
using Latchkey.Platform.Tenancy;
using Latchkey.Platform.Web;
using Latchkey.SignIn;
using Microsoft.Extensions.Localization;

namespace Latchkey.Platform.Mail;

/// <summary>What a mail says, in the current language. Both parts are made of it: the text here, the HTML by <c>LetterPage</c>.</summary>
public sealed record Letter
{
    public required Storefront Storefront { get; init; }
    public required string Subject { get; init; }
    public required string Heading { get; init; }
    public required IReadOnlyList<string> Paragraphs { get; init; }
    public LetterButton? Button { get; init; }
    public LetterCode? Code { get; init; }
    /// <summary>Small print: when and from where it was asked for, what to do about it.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];
    /// <summary>Who sends it and why. It may end with an address, so it has no full stop.</summary>
    public required string SentBy { get; init; }

    /// <summary>The link stands alone on its line, and nothing follows it that a mail program could take for a part of it.</summary>
    public string ToText(IStringLocalizer<Texts> l)
    {
        var text = new StringBuilder();
        Append(text, [Heading, .. Paragraphs]);
        if (Button is not null) Append(text, [Button.Url]);
        if (Code is not null) Append(text, [Code.Lead, Code.Digits, Code.Warning]);
        Append(text, Notes);
        text.Append(SentBy).Append('\n');
        if (Help(l) is { } help) text.Append(help).Append('\n');
        // Origin-bound one-time codes: the last line, in this form.
        if (Code is not null) text.Append(CultureInfo.InvariantCulture, $"\n@{Code.Host} #{Code.Digits}\n");
        return text.ToString();
    }

    /// <summary>With the code by which the business finds what the mail is about.</summary>
    public Letter WithHelp(IStringLocalizer<Texts> l, HelpCode code) =>
        this with { Notes = [.. Notes, l["Help code {0}: tell it to {1} if you need help.", code, Storefront.Name]] };

    public string? Help(IStringLocalizer<Texts> l) => (Storefront.HelpEmail, Storefront.HelpPhone) switch
    {
        ({ } mail, { } phone) => l["Questions? Write to {0} or call {1}.", mail, phone].Value,
        ({ } mail, null) => l["Questions? Write to {0}.", mail].Value,
        (null, { } phone) => l["Questions? Call {0}.", phone].Value,
        (null, null) => null,
    };

    private static void Append(StringBuilder text, IEnumerable<string> paragraphs)
    {
        foreach (string paragraph in paragraphs) text.Append(paragraph).Append("\n\n");
    }
}

/// <summary>The one thing to do.</summary>
public sealed record LetterButton(string Label, string Url);

/// <summary>A code to be typed.</summary>
/// <param name="Host">Lets phones offer the code for this portal only.</param>
public sealed record LetterCode(string Lead, string Digits, string Warning, string Host);
