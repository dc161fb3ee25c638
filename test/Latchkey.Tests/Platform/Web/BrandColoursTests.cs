using Latchkey.Platform.Web;

namespace Latchkey.Tests.Platform.Web;

[Trait("Engine", "none")]
public sealed class BrandColoursTests
{
    private const double Readable = 4.5; // WCAG 2.2, 1.4.3
    private const double Visible = 3; // WCAG 2.2, 1.4.11

    private static readonly IEnumerable<Brand> Brands = Enumerable.Range(0, 360).Select(Brand.OfHue);

    [Fact]
    public void Whatever_the_hue_text_can_be_read_in_both_schemes()
    {
        foreach (var (light, dark) in Brands.Select(b => (b.Light, b.Dark)))
        {
            foreach (var fill in new[] { light.Fill, light.FillPressed, dark.Fill, dark.FillPressed })
                fill.ContrastWith(Rgb.White).ShouldBeGreaterThanOrEqualTo(Readable);
            foreach (var behind in new[] { Rgb.White, Brand.LightPage, light.Soft })
                light.Link.ContrastWith(behind).ShouldBeGreaterThanOrEqualTo(Readable);
            foreach (var behind in new[] { Brand.DarkPage, Brand.DarkCard, dark.Soft })
                dark.Link.ContrastWith(behind).ShouldBeGreaterThanOrEqualTo(Readable);
        }
    }

    [Fact]
    public void Whatever_the_hue_the_button_stands_out_from_what_is_behind_it()
    {
        foreach (var (light, dark) in Brands.Select(b => (b.Light, b.Dark)))
        {
            light.Fill.ContrastWith(Brand.LightPage).ShouldBeGreaterThanOrEqualTo(Visible);
            dark.Fill.ContrastWith(Brand.DarkCard).ShouldBeGreaterThanOrEqualTo(Visible);
        }
    }

    [Fact]
    public void Contrast_is_counted_as_WCAG_does()
    {
        new Rgb(0, 0, 0).ContrastWith(Rgb.White).ShouldBe(21, 0.01);
        new Rgb(0x76, 0x76, 0x76).ContrastWith(Rgb.White).ShouldBe(4.54, 0.01);
    }

    [Fact]
    public void The_hue_is_the_one_of_the_known_wheel()
    {
        // The reference values of CSS Color 4 for pure red and blue.
        Oklch.OfWheel(0).Hue.ShouldBe(29.23, 0.05);
        Oklch.OfWheel(240).Hue.ShouldBe(264.05, 0.05);
        new Oklch(1, 0, 0).ToRgb().ShouldBe(Rgb.White);
    }

    [Fact]
    public void The_style_sheet_has_the_backgrounds_that_were_reckoned_with()
    {
        using var stream = typeof(Brand).Assembly.GetManifestResourceStream("Assets/portal.css")!;
        string sheet = new StreamReader(stream).ReadToEnd();
        foreach (string line in new[] { $"--page: {Brand.LightPage};", $"--card: {Rgb.White};", $"--page: {Brand.DarkPage};", $"--card: {Brand.DarkCard};" })
            sheet.ShouldContain(line);
    }
}
