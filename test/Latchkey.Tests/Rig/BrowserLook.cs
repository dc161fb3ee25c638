using Microsoft.Playwright;

namespace Latchkey.Tests.Rig;

/// <summary>How a visitor sees the pages: their screen, their colour scheme, with or without JavaScript.</summary>
internal sealed record BrowserLook
{
    public static BrowserLook Desktop { get; } = new();

    public static BrowserLook Phone { get; } = new() { Width = 390, Height = 844 };

    public int Width { get; init; } = 1280;

    public int Height { get; init; } = 800;

    public ColorScheme ColorScheme { get; init; } = ColorScheme.Light;

    public bool JavaScript { get; init; } = true;

    /// <summary>What addresses that start with a slash are relative to.</summary>
    public string? BaseUrl { get; init; }

    internal BrowserNewContextOptions ToOptions() => new()
    {
        ViewportSize = new() { Width = Width, Height = Height },
        ColorScheme = ColorScheme,
        JavaScriptEnabled = JavaScript,
        BaseURL = BaseUrl,
        Locale = "en-US",
        TimezoneId = "UTC",
        // Pictures and clicks do not depend on where an animation is.
        ReducedMotion = ReducedMotion.Reduce,
    };
}
