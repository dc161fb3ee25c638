using System.CommandLine;
using System.Globalization;
using Latchkey.Features.Contacts.Import;
using Latchkey.Features.Invoices.Import;
using Latchkey.Platform.Data;
using Latchkey.Platform.Tenancy;

namespace Latchkey.Hosting.Cli;

/// <summary><c>latchkey import-invoices FILE.csv --storefront SLUG</c>. Ends with 0, with 2 when rows were bad, with 1 when it could not be done.</summary>
public static class ImportInvoicesVerb
{
    private static readonly Argument<FileInfo> File = new("FILE") { Description = "A CSV file with a header line: docs/import.md." };
    private static readonly Option<string> Slug = new("--storefront") { Description = "The storefront's slug.", Required = true };
    private static readonly Option<string> Currency = new("--currency") { Description = "The currency of amounts without one, such as USD." };
    private static readonly Option<string> Dates = new("--dates") { Description = "How 03/04/2026 is meant: day-first or month-first." };
    private static readonly Option<string[]> Map = new("--map") { Description = "A column by name, such as --map \"Rechnung=number\". May be repeated." };

    public static Command Create()
    {
        Dates.AcceptOnlyFromAmong("day-first", "month-first");
        var command = new Command("import-invoices", "Bring invoices in from a CSV file. Nobody is mailed.") { File, Slug, Currency, Dates, Map };
        command.SetAction((result, cancel) => Verbs.OnServicesAsync(services => RunAsync(services, result, cancel)));
        return command;
    }

    private static async Task<int> RunAsync(IServiceProvider services, ParseResult result, CancellationToken cancel)
    {
        try
        {
            await services.GetRequiredService<Migrator>().RunAsync(cancel);
            var storefront = await Verbs.StorefrontAsync(services, result.GetRequiredValue(Slug), cancel);
            return await ImportAsync(services.GetRequiredService<ImportInvoices>(), storefront, result, cancel);
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

    private static async Task<int> ImportAsync(ImportInvoices import, Storefront storefront, ParseResult result, CancellationToken cancel)
    {
        var file = result.GetRequiredValue(File);
        if (!file.Exists) throw new ImportRefusedException($"There is no file {file.FullName}.");
        string? currency = ImportVerb.CurrencyOf(result.GetValue(Currency));
        var stream = file.OpenRead();
        using var invoices = CsvInvoices.Open(stream, Mapping(result.GetValue(Map) ?? []), ImportVerb.DatesOf(result.GetValue(Dates)));
        if (invoices.Header.NotUsed.ToList() is { Count: > 0 } notUsed) Console.WriteLine($"Columns not used: {string.Join(", ", notUsed)}.");
        using var errors = new ErrorFile(ErrorFile.PathFor(file.FullName), invoices.Header.Names, invoices.Header.ReasonColumn, invoices.Delimiter);
        var done = new ImportCounts();
        try
        {
            await ImportProgress.ShowAsync(stream, report => import.RunAsync(storefront, invoices, currency, errors.Add, counts => { done = counts; report(counts); }, cancel));
        }
        finally
        {
            // Also of an import that ended early: what was done so far is done.
            errors.Finish(keep: done.Bad > 0);
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{done.Read,9:N0} rows read\n{done.New,9:N0} new\n{done.Unchanged,9:N0} here already\n{done.Bad,9:N0} bad"));
            if (done.Bad > 0) Console.WriteLine($"The bad rows, each with its reason: {errors.Path}. Fix them there and import that file.");
        }
        return done.Bad > 0 ? 2 : 0;
    }

    private static Dictionary<string, InvoiceField> Mapping(string[] pairs)
    {
        var mapping = new Dictionary<string, InvoiceField>(StringComparer.Ordinal);
        foreach (string pair in pairs)
        {
            int equals = pair.LastIndexOf('=');
            if (equals < 1 || InvoiceFields.Find(pair[(equals + 1)..]) is not { } field)
                throw new ImportRefusedException($"--map {pair}: write it as \"column=field\", where the field is one of {string.Join(", ", InvoiceFields.Synonyms.Values.Select(v => v[0]))}.");
            mapping[pair[..equals]] = field;
        }
        return mapping;
    }
}
