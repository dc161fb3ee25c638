using System.CommandLine;
using Latchkey.Platform.Csv;
using Latchkey.Platform.Data;
using Latchkey.Platform.Tenancy;

namespace Latchkey.Hosting.Cli;

/// <summary>A verb that imports a CSV file. Ends with 0, with 2 when rows were bad, with 1 when it could not be done.</summary>
/// <param name="fields">What a column may hold.</param>
/// <param name="priced">What is in a currency.</param>
/// <param name="mapped">A column mapped by name, as an example.</param>
internal abstract class CsvImport<TField, TRow>(CsvFields<TField> fields, string priced, string mapped) where TField : struct, Enum where TRow : CsvRow
{
    private readonly Argument<FileInfo> file = new("FILE") { Description = "A CSV file with a header line: docs/import.md." };
    private readonly Option<string> slug = new("--storefront") { Description = "The storefront's slug.", Required = true };
    private readonly Option<string> currency = new("--currency") { Description = $"The currency of {priced} without one, such as USD." };
    private readonly Option<string> dates = new("--dates") { Description = "How 03/04/2026 is meant: day-first or month-first." };
    private readonly Option<string[]> map = new("--map") { Description = $"A column by name, such as --map \"{mapped}\". May be repeated." };

    protected Command Create(string name, string description, params Option[] own)
    {
        dates.AcceptOnlyFromAmong("day-first", "month-first");
        var command = new Command(name, description) { file, slug };
        foreach (var option in own.Concat([currency, dates, map])) command.Add(option);
        command.SetAction((result, cancel) => Verbs.OnServicesAsync(services => RunAsync(services, result, cancel)));
        return command;
    }

    protected abstract CsvFile<TField, TRow> Open(Stream stream, IReadOnlyDictionary<string, TField> mapping, DateOrder order);

    protected virtual IEnumerable<string> NotUsed(Storefront storefront, CsvHeader<TField> header) => header.NotUsed;

    protected abstract Task<ImportCounts> ImportAsync(CsvImportRun<TField, TRow> run, Action<ImportCounts> report, CancellationToken cancel);

    protected abstract string Summary(ImportCounts counts, Storefront storefront);

    private async Task<int> RunAsync(IServiceProvider services, ParseResult result, CancellationToken cancel)
    {
        try
        {
            await services.GetRequiredService<Migrator>().RunAsync(cancel);
            return await RunAsync(services, await Verbs.StorefrontAsync(services, result.GetRequiredValue(slug), cancel), result, cancel);
        }
        catch (Exception e) when (e is ImportRefusedException or UnauthorizedAccessException)
        {
            await Console.Error.WriteLineAsync(e.Message);
            return 1;
        }
        catch (OperationCanceledException)
        {
            await Console.Error.WriteLineAsync("Stopped. What was imported stays; run the same command again to complete it.");
            return 1;
        }
    }

    private async Task<int> RunAsync(IServiceProvider services, Storefront storefront, ParseResult result, CancellationToken cancel)
    {
        string? money = Currency(result.GetValue(currency));
        var mapping = Mapping(result.GetValue(map) ?? []);
        var source = result.GetRequiredValue(file);
        if (!source.Exists) throw new ImportRefusedException($"There is no file {source.FullName}.");
        var stream = source.OpenRead();
        using var rows = Open(stream, mapping, result.GetValue(dates) switch { "day-first" => DateOrder.DayFirst, "month-first" => DateOrder.MonthFirst, _ => DateOrder.Unknown });
        if (NotUsed(storefront, rows.Header).ToList() is { Count: > 0 } notUsed) Console.WriteLine($"Columns not used: {string.Join(", ", notUsed)}.");
        using var errors = new ErrorFile(ErrorFile.PathFor(source.FullName), rows.Header.Names, rows.Header.ReasonColumn, rows.Delimiter);
        var done = new ImportCounts();
        try
        {
            var run = new CsvImportRun<TField, TRow>(services, result, storefront, rows, money, errors.Add);
            await ImportProgress.ShowAsync(stream, report => ImportAsync(run, counts => report(done = counts), cancel));
        }
        finally
        {
            // Also of an import that ended early: what was done so far is done.
            errors.Finish(keep: done.Bad > 0);
            Console.WriteLine(Summary(done, storefront));
            if (done.Bad > 0) Console.WriteLine($"The bad rows, each with its reason: {errors.Path}. Fix them there and import that file.");
        }
        return done.Bad > 0 ? 2 : 0;
    }

    private static string? Currency(string? typed) => typed is null ? null
        : typed.Length == 3 && typed.All(char.IsAsciiLetter) ? typed.ToUpperInvariant()
        : throw new ImportRefusedException($"--currency {typed}: a currency has a code of three letters, such as USD.");

    private Dictionary<string, TField> Mapping(string[] pairs)
    {
        var mapping = new Dictionary<string, TField>(StringComparer.Ordinal);
        foreach (string pair in pairs)
        {
            int equals = pair.LastIndexOf('=');
            if (equals < 1 || fields.Find(pair[(equals + 1)..]) is not { } field)
                throw new ImportRefusedException($"--map {pair}: write it as \"column=field\", where the field is one of {string.Join(", ", fields.Names)}.");
            mapping[pair[..equals]] = field;
        }
        return mapping;
    }
}

/// <param name="Said">What was said on the command line.</param>
/// <param name="Currency">Of amounts without one.</param>
/// <param name="Bad">Takes each row that is not imported.</param>
internal sealed record CsvImportRun<TField, TRow>(
    IServiceProvider Services, ParseResult Said, Storefront Storefront, CsvFile<TField, TRow> File, string? Currency, Action<BadRow> Bad) where TField : struct, Enum where TRow : CsvRow;
