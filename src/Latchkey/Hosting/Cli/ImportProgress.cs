using System.Diagnostics;
using System.Globalization;
using Latchkey.Platform.Csv;
using Spectre.Console;

namespace Latchkey.Hosting.Cli;

/// <summary>A bar on a terminal, a line every few seconds elsewhere. How much is done is told by the bytes read of the file.</summary>
internal static class ImportProgress
{
    private static readonly TimeSpan LineEvery = TimeSpan.FromSeconds(3);

    public static Task<ImportCounts> ShowAsync(Stream file, Func<Action<ImportCounts>, Task<ImportCounts>> run) =>
        Console.IsOutputRedirected || !AnsiConsole.Profile.Capabilities.Interactive ? LinesAsync(file, run) : BarAsync(file, run);

    private static Task<ImportCounts> BarAsync(Stream file, Func<Action<ImportCounts>, Task<ImportCounts>> run) => AnsiConsole.Progress()
        .Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new RemainingTimeColumn())
        .StartAsync(async context =>
        {
            var bar = context.AddTask("Importing", maxValue: Math.Max(1, file.Length));
            var counts = await run(c =>
            {
                bar.Value = file.Position;
                bar.Description = string.Create(CultureInfo.InvariantCulture, $"{c.Read:N0} rows");
            });
            bar.Value = bar.MaxValue;
            return counts;
        });

    private static Task<ImportCounts> LinesAsync(Stream file, Func<Action<ImportCounts>, Task<ImportCounts>> run)
    {
        var since = Stopwatch.StartNew();
        return run(counts =>
        {
            if (since.Elapsed < LineEvery) return;
            since.Restart();
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{counts.Read,9:N0} rows, {100 * file.Position / file.Length} % of the file"));
        });
    }
}
