using Deque.AxeCore.Commons;
using Microsoft.Playwright;

namespace Latchkey.Tests.Rig;

/// <summary>
/// axe in the page itself. Its package for Playwright opens a second browser context for every page, to gather what was found in frames, and
/// brings over what passed: most of the time it takes.
/// </summary>
internal static class Axe
{
    private static readonly string Script = new BundledAxeScriptProvider().GetScript();

    /// <summary>Frames are those of a mail, in which no script may run.</summary>
    private const string Run = """
        async () => {
          const { violations } = await axe.run({ resultTypes: ['violations'], iframes: false });
          return violations.filter(v => v.impact === 'serious' || v.impact === 'critical')
            .map(v => [`${v.impact}: ${v.help} (${v.id}, ${v.helpUrl})`, ...v.nodes.map(n => `  ${n.html}`)].join('\n'));
        }
        """;

    /// <summary>What is serious or critical on the page, with the elements concerned.</summary>
    public static async Task<string[]> FaultsAsync(IPage page)
    {
        await page.EvaluateAsync(Script);
        return await page.EvaluateAsync<string[]>(Run);
    }
}
