using Microsoft.Playwright;

namespace Latchkey.Tests.Rig;

/// <summary>One person's browser: a context with its own cookies, and its first page.</summary>
internal sealed class BrowserVisit(BrowserLook look, IBrowserContext context, IPage page) : IAsyncDisposable
{
    public IBrowserContext Context => context;

    public IPage Page => page;

    /// <summary>The whole page as <c>NAME.png</c>, when LATCHKEY_SCREENS names a folder: drawing it takes longer than all else.</summary>
    public async Task TakePictureAsync(string name)
    {
        if (TestEnvironment.Screens is { } folder) await page.ScreenshotAsync(new() { FullPage = true, Path = Path.Combine(folder, $"{name}.png") });
    }

    /// <summary>
    /// The page does not scroll sideways, is accessible in the look whose turn it is, and its picture is named after what it shows and the look.
    /// </summary>
    public async Task ShouldShowWellAsync(string name)
    {
        (await page.EvaluateAsync<int>("document.documentElement.scrollWidth")).ShouldBeLessThanOrEqualTo(look.Width, $"{name} scrolls sideways");
        if (look.Width > 320) await TakePictureAsync($"{name}-{look.Width}-{look.ColorScheme.ToString().ToLowerInvariant()}");
        if (Looks.IsTurnOf(look, name)) await ShouldBeAccessibleAsync();
    }

    /// <summary>Gives the browser a device that holds passkeys, and answers at once as if somebody had looked at it.</summary>
    public async Task<PasskeyDevice> WithPasskeyDeviceAsync()
    {
        var devtools = await context.NewCDPSessionAsync(page);
        await devtools.SendAsync("WebAuthn.enable");
        var added = await devtools.SendAsync("WebAuthn.addVirtualAuthenticator", new Dictionary<string, object>(StringComparer.Ordinal)
        {
            ["options"] = new
            {
                protocol = "ctap2",
                transport = "internal",
                hasResidentKey = true,
                hasUserVerification = true,
                isUserVerified = true,
                automaticPresenceSimulation = true,
            },
        });
        return new PasskeyDevice(devtools, added!.Value.GetProperty("authenticatorId").GetString()!);
    }

    /// <summary>Fails with a list of what axe calls serious or critical on this page.</summary>
    public async Task ShouldBeAccessibleAsync()
    {
        if (!look.JavaScript)
        {
            throw new InvalidOperationException("axe is a script: with JavaScript off it would wait for ever. Check the page with it on.");
        }

        var faults = await Axe.FaultsAsync(page).WaitAsync(TimeSpan.FromSeconds(60));
        faults.ShouldBeEmpty(string.Join('\n', faults.Prepend($"axe on {page.Url}")));
    }

    public async ValueTask DisposeAsync() => await context.CloseAsync();
}
