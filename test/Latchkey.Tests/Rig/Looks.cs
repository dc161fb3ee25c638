using Microsoft.Playwright;

namespace Latchkey.Tests.Rig;

/// <summary>The looks that pages are checked in: a phone in the dark and a desktop in the light show both; for the pictures, all four.</summary>
public static class Looks
{
    public static TheoryData<int, ColorScheme> All { get; } = TestEnvironment.Screens is null
        ? new() { { 390, ColorScheme.Dark }, { 1280, ColorScheme.Light } }
        : new() { { 390, ColorScheme.Light }, { 390, ColorScheme.Dark }, { 1280, ColorScheme.Light }, { 1280, ColorScheme.Dark } };
}
