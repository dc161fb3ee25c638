using System.Globalization;
using System.Net;
using Latchkey.Platform.Web;

namespace Latchkey.Features.Storefronts.Console;

/// <summary>A picture of the portal's sign-in in a storefront's colour: the page's own policy allows no style of another page in it.</summary>
internal static class BrandPreview
{
    public static string Draw(int hue, bool dark, string name, string title, string button)
    {
        var colours = dark ? Brand.OfHue(hue).Dark : Brand.OfHue(hue).Light;
        var (page, card, text, line) = dark ? ("#0f1114", "#181b1f", "#eceef1", "#2f343b") : ("#f6f7f9", "#ffffff", "#1a1e23", "#d9dde3");
        string letter = WebUtility.HtmlEncode(StringInfo.GetNextTextElement(name).ToUpperInvariant());
        return $"""
            <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 360 220" font-family="sans-serif" font-size="14">
              <rect width="360" height="220" fill="{page}"/>
              <rect x="160" y="14" width="40" height="40" rx="8" fill="{colours.Fill}"/>
              <text x="180" y="41" fill="#ffffff" font-size="20" font-weight="700" text-anchor="middle">{letter}</text>
              <rect x="40" y="68" width="280" height="136" rx="8" fill="{card}" stroke="{line}"/>
              <text x="60" y="98" fill="{text}" font-size="18" font-weight="700">{WebUtility.HtmlEncode(title)}</text>
              <rect x="60" y="110" width="240" height="32" rx="8" fill="{card}" stroke="{colours.Link}" stroke-width="2"/>
              <rect x="60" y="154" width="240" height="36" rx="8" fill="{colours.Fill}"/>
              <text x="180" y="177" fill="#ffffff" font-weight="600" text-anchor="middle">{WebUtility.HtmlEncode(button)}</text>
            </svg>
            """;
    }
}
