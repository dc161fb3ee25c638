using Latchkey.Tests.Rig;
using Microsoft.Playwright;

[assembly: AssemblyFixture(typeof(Browser))]

namespace Latchkey.Tests.Rig;

/// <summary>One Chromium for all tests of a run, started by the first that asks. Test classes take it in their constructor.</summary>
public sealed class Browser : IAsyncDisposable
{
    static readonly string[] Arguments =
    [
        "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
        "--disable-background-networking", "--disable-component-update", "--disable-sync",
    ];

    readonly SemaphoreSlim gate = new(1, 1);
    IPlaywright? playwright;
    IBrowser? chromium;

    /// <summary>Opens an empty page in a context of its own: no cookie of another test is there.</summary>
    internal async Task<BrowserVisit> VisitAsync(BrowserLook? look = null)
    {
        var browser = await StartAsync(TestEnvironment.Chromium);
        look ??= BrowserLook.Desktop;
        var context = await browser.NewContextAsync(look.ToOptions());
        return new(look, context, await context.NewPageAsync());
    }

    public async ValueTask DisposeAsync()
    {
        if (chromium is not null)
        {
            await chromium.CloseAsync();
        }

        playwright?.Dispose();
        gate.Dispose();
    }

    async Task<IBrowser> StartAsync(string executable)
    {
        await gate.WaitAsync();
        try
        {
            playwright ??= await Playwright.CreateAsync();
            return chromium ??= await playwright.Chromium.LaunchAsync(new() { ExecutablePath = executable, Args = Arguments });
        }
        finally
        {
            gate.Release();
        }
    }
}
