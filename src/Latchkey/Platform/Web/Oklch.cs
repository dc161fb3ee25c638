namespace Latchkey.Platform.Web;

/// <summary>A colour by lightness, chroma and hue as people see them (OKLCH, as in CSS Color 4): equal steps look equal.</summary>
internal sealed record Oklch(double Lightness, double Chroma, double Hue)
{
    private const double LeastChromaStep = 0.002;

    /// <summary>The pure colour of the wheel people know (HSL): 0 red, 120 green, 240 blue.</summary>
    public static Oklch OfWheel(int hue)
    {
        double Channel(int n)
        {
            double k = (n + hue / 30.0) % 12;
            return Linear(0.5 - 0.5 * Math.Max(-1, Math.Min(Math.Min(k - 3, 9 - k), 1)));
        }
        var (r, g, b) = (Channel(0), Channel(8), Channel(4));
        double l = Math.Cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b);
        double m = Math.Cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b);
        double s = Math.Cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b);
        double light = 0.2104542553 * l + 0.7936177850 * m - 0.0040720468 * s;
        double x = 1.9779984951 * l - 2.4285922050 * m + 0.4505937099 * s;
        double y = 0.0259040371 * l + 0.7827717662 * m - 0.8086757660 * s;
        return new Oklch(light, Math.Sqrt(x * x + y * y), (Math.Atan2(y, x) * 180 / Math.PI + 360) % 360);
    }

    /// <summary>The nearest colour a screen has: as light and of the same hue, with less chroma where there is no such colour.</summary>
    public Rgb ToRgb()
    {
        for (double chroma = Chroma; ; chroma -= LeastChromaStep)
        {
            var (r, g, b) = ToLinear(Math.Max(chroma, 0));
            if (chroma <= 0 || (IsShown(r) && IsShown(g) && IsShown(b))) return new Rgb(Byte(r), Byte(g), Byte(b));
        }
    }

    private (double R, double G, double B) ToLinear(double chroma)
    {
        double angle = Hue * Math.PI / 180, x = chroma * Math.Cos(angle), y = chroma * Math.Sin(angle);
        double l = Math.Pow(Lightness + 0.3963377774 * x + 0.2158037573 * y, 3);
        double m = Math.Pow(Lightness - 0.1055613458 * x - 0.0638541728 * y, 3);
        double s = Math.Pow(Lightness - 0.0894841775 * x - 1.2914855480 * y, 3);
        return (4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s,
            -1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s,
            -0.0041960863 * l - 0.7034186147 * m + 1.7076147010 * s);
    }

    private static bool IsShown(double channel) => channel is >= -0.0001 and <= 1.0001;

    private static double Linear(double channel) => channel <= 0.04045 ? channel / 12.92 : Math.Pow((channel + 0.055) / 1.055, 2.4);

    private static byte Byte(double linear)
    {
        double channel = Math.Clamp(linear, 0, 1);
        return (byte)Math.Round(255 * (channel <= 0.0031308 ? channel * 12.92 : 1.055 * Math.Pow(channel, 1 / 2.4) - 0.055));
    }
}

/// <summary>A colour as a screen shows it.</summary>
internal sealed record Rgb(byte R, byte G, byte B)
{
    public static Rgb White { get; } = new(255, 255, 255);

    /// <summary>Contrast as WCAG 2.2 counts it: 1 to 21.</summary>
    public double ContrastWith(Rgb other)
    {
        double mine = Luminance(), its = other.Luminance();
        return (Math.Max(mine, its) + 0.05) / (Math.Min(mine, its) + 0.05);
    }

    public override string ToString() => $"#{R:x2}{G:x2}{B:x2}";

    private double Luminance() => 0.2126 * Linear(R) + 0.7152 * Linear(G) + 0.0722 * Linear(B);

    private static double Linear(byte value)
    {
        double channel = value / 255.0;
        return channel <= 0.04045 ? channel / 12.92 : Math.Pow((channel + 0.055) / 1.055, 2.4);
    }
}
