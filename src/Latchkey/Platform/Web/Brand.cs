using System.Collections.Concurrent;

namespace Latchkey.Platform.Web;

/// <summary>
/// The colours of a storefront, made of its one hue. Whatever the hue, text on the button and links on the page have a contrast of
/// 4.5:1 at least, in both schemes (WCAG 2.2, 1.4.3).
/// </summary>
public sealed class Brand
{
    /// <summary>A little over 4.5, so that a screen that rounds stays above it.</summary>
    private const double Readable = 4.6;
    private const double ReadableInTheDark = 7;
    private const double LightnessStep = 0.004;

    /// <summary>The backgrounds of portal.css that links stand on; cards are white in light.</summary>
    internal static readonly Rgb LightPage = new(0xf6, 0xf7, 0xf9), DarkPage = new(0x0f, 0x11, 0x14), DarkCard = new(0x18, 0x1b, 0x1f);

    private static readonly ConcurrentDictionary<int, Brand> Known = new();

    private Brand(int hue)
    {
        double wheel = Oklch.OfWheel(hue).Hue;
        var fill = Darkened(wheel, 0.16, Rgb.White);
        var lightSoft = new Oklch(0.962, 0.018, wheel).ToRgb();
        var darkSoft = new Oklch(0.27, 0.035, wheel).ToRgb();
        var lightLink = Darkened(wheel, 0.15, lightSoft);
        Light = new BrandColours(fill.ToRgb(), (fill with { Lightness = fill.Lightness - 0.06 }).ToRgb(), lightLink.ToRgb(), lightSoft,
            new Oklch(0.86, 0.06, wheel).ToRgb());
        Dark = Light with
        {
            Link = Lightened(wheel, 0.11, darkSoft).ToRgb(),
            Soft = darkSoft,
            Line = new Oklch(0.42, 0.07, wheel).ToRgb(),
        };
    }

    internal BrandColours Light { get; }
    internal BrandColours Dark { get; }

    /// <param name="hue">0 to 359, on the wheel of HSL.</param>
    public static Brand OfHue(int hue) => Known.GetOrAdd(((hue % 360) + 360) % 360, h => new Brand(h));

    /// <summary>The variables that portal.css leaves to the brand.</summary>
    public string ToCss() => $":root{{{Light.ToCss()}}}\n@media (prefers-color-scheme:dark){{:root{{{Dark.ToCss()}}}}}\n";

    /// <summary>The lightest colour of this hue that can be read on the background, or have the background's colour on it.</summary>
    private static Oklch Darkened(double hue, double chroma, Rgb background)
    {
        var colour = new Oklch(0.7, chroma, hue);
        while (colour.ToRgb().ContrastWith(background) < Readable) colour = colour with { Lightness = colour.Lightness - LightnessStep };
        return colour;
    }

    private static Oklch Lightened(double hue, double chroma, Rgb background)
    {
        var colour = new Oklch(0.6, chroma, hue);
        while (colour.ToRgb().ContrastWith(background) < ReadableInTheDark) colour = colour with { Lightness = colour.Lightness + LightnessStep };
        return colour;
    }
}

/// <param name="Fill">Buttons and the mark; white stands on it.</param>
/// <param name="FillPressed">The same under the pointer.</param>
/// <param name="Link">Text on the page, on cards and on <paramref name="Soft"/>.</param>
/// <param name="Soft">A tinted background.</param>
/// <param name="Line">Decoration only.</param>
internal sealed record BrandColours(Rgb Fill, Rgb FillPressed, Rgb Link, Rgb Soft, Rgb Line)
{
    public string ToCss() => $"--brand:{Fill};--brand-pressed:{FillPressed};--brand-link:{Link};--brand-soft:{Soft};--brand-line:{Line}";
}
