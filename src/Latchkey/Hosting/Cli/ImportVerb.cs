using System.CommandLine;
using Latchkey.Features.Contacts.Import;
using Latchkey.Platform.Data;
using Latchkey.Platform.Tenancy;

namespace Latchkey.Hosting.Cli;

/// <summary><c>latchkey import FILE.csv --storefront SLUG</c>. Ends with 0, with 2 when rows were bad, with 1 when it could not be done.</summary>
public static class ImportVerb
{
    private static readonly Argument<FileInfo> File = new("FILE") { Description = "A CSV file with a header line: docs/import.md." };
    private static readonly Option<string> Slug = new("--storefront") { Description = "The storefront's slug.", Required = true };
    private static readonly Option<string> Facility = new("--facility") { Description = "The facility of rows that name none." };
    private static readonly Option<bool> CreateFacilities = new("--create-facilities") { Description = "Create facilities that are not known yet." };
    private static readonly Option<string> Currency = new("--currency") { Description = "The currency of prices without one, such as USD." };
    private static readonly Option<string> Dates = new("--dates") { Description = "How 03/04/2026 is meant: day-first or month-first." };
    private static readonly Option<string[]> Map = new("--map") { Description = "A column by name, such as --map \"Kunde=name\". May be repeated." };

    public static Command Create()
    {
        Dates.AcceptOnlyFromAmong("day-first", "month-first");
        var command = new Command("import", "Bring contacts, and what they rent, in from a CSV file.") { File, Slug, Facility, CreateFacilities, Currency, Dates, Map };
        command.SetAction((result, cancel) => Verbs.OnServicesAsync(services => RunAsync(services, result, cancel)));
        return command;
    }

    private static async Task<int> RunAsync(IServiceProvider services, ParseResult result, CancellationToken cancel)
    {
        try
        {
            await services.GetRequiredService<Migrator>().RunAsync(cancel);
            var storefront = await Verbs.StorefrontAsync(services, result.GetRequiredValue(Slug), cancel);
            return await ImportAsync(services.GetRequiredService<ImportContacts>(), storefront, result.GetRequiredValue(File), Options(result), cancel);
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

    private static async Task<int> ImportAsync(ImportContacts import, Storefront storefront, FileInfo file, ImportOptions options, CancellationToken cancel)
    {
        if (!file.Exists) throw new ImportRefusedException($"There is no file {file.FullName}.");
        var stream = file.OpenRead();
        using var contacts = CsvContacts.Open(stream, options.Mapping, options.Dates);
        if (ImportContacts.NotUsed(storefront, contacts.Header).ToList() is { Count: > 0 } notUsed)
            Console.WriteLine($"Columns not used: {string.Join(", ", notUsed)}.");
        using var errors = new ErrorFile(ErrorFile.PathFor(file.FullName), contacts.Header.Names, contacts.Header.ReasonColumn, contacts.Delimiter);
        var done = new ImportCounts();
        try
        {
            await ImportProgress.ShowAsync(stream, report =>
                import.RunAsync(storefront, contacts, errors.Add, options, counts => { done = counts; report(counts); }, cancel));
        }
        finally
        {
            // Also of an import that ended early: what was done so far is done.
            errors.Finish(keep: done.Bad > 0);
            Console.WriteLine(ImportProgress.Summary(done, storefront.Vocabulary));
            if (done.Bad > 0) Console.WriteLine($"The bad rows, each with its reason: {errors.Path}. Fix them there and import that file.");
        }
        return done.Bad > 0 ? 2 : 0;
    }

    private static ImportOptions Options(ParseResult result) => new()
    {
        Facility = result.GetValue(Facility),
        CreateFacilities = result.GetValue(CreateFacilities),
        Currency = CurrencyOf(result.GetValue(Currency)),
        Dates = DatesOf(result.GetValue(Dates)),
        Mapping = Mapping(result.GetValue(Map) ?? []),
    };

    internal static string? CurrencyOf(string? typed) => typed is null ? null
        : typed.Length == 3 && typed.All(char.IsAsciiLetter) ? typed.ToUpperInvariant()
        : throw new ImportRefusedException($"--currency {typed}: a currency has a code of three letters, such as USD.");

    internal static DateOrder DatesOf(string? typed) => typed switch { "day-first" => DateOrder.DayFirst, "month-first" => DateOrder.MonthFirst, _ => DateOrder.Unknown };

    private static Dictionary<string, ContactField> Mapping(string[] pairs)
    {
        var mapping = new Dictionary<string, ContactField>(StringComparer.Ordinal);
        foreach (string pair in pairs)
        {
            int equals = pair.LastIndexOf('=');
            if (equals < 1 || ContactFields.Find(pair[(equals + 1)..]) is not { } field)
                throw new ImportRefusedException($"--map {pair}: write it as \"column=field\", where the field is one of {string.Join(", ", ContactFields.Synonyms.Values.Select(v => v[0]))}.");
            mapping[pair[..equals]] = field;
        }
        return mapping;
    }
}
