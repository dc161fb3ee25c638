using System.CommandLine;
using System.Globalization;
using Latchkey.Features.Invoices.Import;
using Latchkey.Platform.Csv;
using Latchkey.Platform.Tenancy;

namespace Latchkey.Hosting.Cli;

/// <summary><c>latchkey import-invoices FILE.csv --storefront SLUG</c>.</summary>
internal sealed class ImportInvoicesVerb() : CsvImport<InvoiceField, InvoiceRow>(InvoiceFields.Headers, "amounts", "Rechnung=number")
{
    public Command Create() => Create("import-invoices", "Bring invoices in from a CSV file. Nobody is mailed.");

    protected override CsvFile<InvoiceField, InvoiceRow> Open(Stream stream, IReadOnlyDictionary<string, InvoiceField> mapping, DateOrder order) => new CsvInvoices(stream, mapping, order);

    protected override Task<ImportCounts> ImportAsync(CsvImportRun<InvoiceField, InvoiceRow> run, Action<ImportCounts> report, CancellationToken cancel) =>
        run.Services.GetRequiredService<ImportInvoices>().RunAsync(run.Storefront, run.File, run.Currency, run.Bad, report, cancel);

    protected override string Summary(ImportCounts counts, Storefront storefront) => string.Create(CultureInfo.InvariantCulture, $"""
        {counts.Read,9:N0} rows read
        {counts.New,9:N0} new
        {counts.Unchanged,9:N0} here already
        {counts.Bad,9:N0} bad
        """);
}
