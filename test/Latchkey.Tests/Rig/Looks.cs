using Microsoft.Playwright;

namespace Latchkey.Tests.Rig;

/// <summary>The looks that pages are checked in: a phone in the dark and a desktop in the light show both; for the pictures, all four.</summary>
public static class Looks
{
    public static TheoryData<int, ColorScheme> All { get; } = TestEnvironment.Screens is null
        ? new() { { 390, ColorScheme.Dark }, { 1280, ColorScheme.Light } }
        : new() { { 390, ColorScheme.Light }, { 390, ColorScheme.Dark }, { 1280, ColorScheme.Light }, { 1280, ColorScheme.Dark } };

    /// <summary>
    /// axe takes ten times as long as all else about a page, so it sees each page once: half of them on the phone, half on the desktop; for
    /// the pictures, in every look.
    /// </summary>
    internal static bool IsTurnOf(BrowserLook look, string page) =>
        TestEnvironment.Screens is not null || look.Width == (page.Sum(c => c) % 2 == 0 ? 390 : 1280);
}
