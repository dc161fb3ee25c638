using System.Text.RegularExpressions;
using Latchkey.Platform.Tenancy;
using Latchkey.SignIn;

namespace Latchkey.Features.SignIn.Portal;

/// <summary>What somebody pasted who thinks that it is the link of a mail. It is read, and not followed.</summary>
/// <param name="Kind">What it is.</param>
public sealed partial record PastedLink(PastedKind Kind)
{
    /// <summary>The portal that it leads to.</summary>
    public Storefront? There { get; init; }

    /// <summary>The link's secret; null when it is damaged.</summary>
    public LinkToken? Token { get; init; }

    /// <summary>Below the portal's address, for links that do something else than signing in.</summary>
    public string Path { get; init; } = "";

    /// <summary>The code, where one was pasted in place of a link.</summary>
    public string Code { get; init; } = "";

    /// <param name="text">What was pasted: the link, cut in two or not, the whole mail, or anything else.</param>
    /// <param name="ownHosts">Hosts on which every storefront is reached below its slug.</param>
    /// <param name="storefronts">Where portals are looked up; they are public.</param>
    /// <param name="cancel">Cancels the look-up.</param>
    public static async Task<PastedLink> ReadAsync(string text, IReadOnlyCollection<string> ownHosts, StorefrontDirectory storefronts, CancellationToken cancel)
    {
        if (HelpCode.TryRead(text, out var code)) return new PastedLink(PastedKind.HelpCode) { Code = code.ToString() };
        string plain = Joined(text);
        // A link that a mail scanner wrapped holds two.
        var found = Address().Matches(plain);
        if ((found.FirstOrDefault(m => m.Groups["page"].Success) ?? found.FirstOrDefault()) is not { } address) return new PastedLink(PastedKind.NotALink);
        string host = address.Groups["host"].Value.ToLowerInvariant(), slug = address.Groups["slug"].Value;
        bool isOwn = ownHosts.Contains(host, StringComparer.OrdinalIgnoreCase);
        var there = address.Groups["console"].Success ? (isOwn ? storefronts.Console : null)
            : slug.Length == 0 ? await storefronts.ByHostAsync(host, cancel)
            : await storefronts.BySlugAsync(slug, cancel) is { } named && (isOwn || named.Host == host) ? named : null;
        if (there is null) return new PastedLink(PastedKind.NotOurs);
        string page = address.Groups["page"].Value, secret = address.Groups["secret"].Value;
        return page switch
        {
            "" => new PastedLink(PastedKind.PortalItself) { There = there },
            "link" => new PastedLink(PastedKind.SignIn) { There = there, Token = LinkToken.Read(secret[..Math.Min(secret.Length, TokenCharacters)]) },
            _ => new PastedLink(PastedKind.OtherPurpose) { There = there, Path = $"/portal/{page}/{secret}" },
        };
    }

    private const int TokenCharacters = 32;

    /// <summary>Mail programs break long lines, some with an equals sign; others wrap the link into one of their own.</summary>
    private static string Joined(string text)
    {
        string whole = text.Replace("=\r\n", "", StringComparison.Ordinal).Replace("=\n", "", StringComparison.Ordinal);
        string plain = new([.. whole.Where(c => !char.IsWhiteSpace(c) && !char.IsControl(c))]);
        return plain.Contains("%2F", StringComparison.OrdinalIgnoreCase) ? Uri.UnescapeDataString(plain) : plain;
    }

    [GeneratedRegex("https?://(?<host>[A-Za-z0-9.-]+)(:[0-9]+)?(/s/(?<slug>[a-z0-9-]+)|(?<console>/console))?" +
        "(/portal/(?<page>link|confirm|reset|account/confirm-email|account/undo-email)/(?<secret>[A-Za-z2-7]*))?",
        RegexOptions.ExplicitCapture | RegexOptions.IgnoreCase, 1000)]
    private static partial Regex Address();
}

public enum PastedKind
{
    /// <summary>Neither a link nor a help code.</summary>
    NotALink,
    /// <summary>The code of a page or a mail.</summary>
    HelpCode,
    /// <summary>It leads to none of our portals.</summary>
    NotOurs,
    /// <summary>The address of a portal, without a link in it.</summary>
    PortalItself,
    /// <summary>One of our links that does something else: it confirms an address, it sets a password.</summary>
    OtherPurpose,
    /// <summary>A sign-in link.</summary>
    SignIn,
}
