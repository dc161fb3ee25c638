using System.CommandLine;
using System.Globalization;
using Latchkey.Features.Contacts.Import;
using Latchkey.Platform.Csv;
using Latchkey.Platform.Tenancy;

namespace Latchkey.Hosting.Cli;

/// <summary><c>latchkey import FILE.csv --storefront SLUG</c>.</summary>
internal sealed class ImportVerb() : CsvImport<ContactField, ContactRow>(ContactFields.Headers, "prices", "Kunde=name")
{
    private readonly Option<string> facility = new("--facility") { Description = "The facility of rows that name none." };
    private readonly Option<bool> createFacilities = new("--create-facilities") { Description = "Create facilities that are not known yet." };

    public Command Create() => Create("import", "Bring contacts, and what they rent, in from a CSV file.", facility, createFacilities);

    protected override CsvFile<ContactField, ContactRow> Open(Stream stream, IReadOnlyDictionary<string, ContactField> mapping, DateOrder order) => new CsvContacts(stream, mapping, order);

    protected override IEnumerable<string> NotUsed(Storefront storefront, CsvHeader<ContactField> header) => ImportContacts.NotUsed(storefront, header);

    protected override Task<ImportCounts> ImportAsync(CsvImportRun<ContactField, ContactRow> run, Action<ImportCounts> report, CancellationToken cancel)
    {
        var options = new ImportOptions { Facility = run.Said.GetValue(facility), CreateFacilities = run.Said.GetValue(createFacilities), Currency = run.Currency };
        return run.Services.GetRequiredService<ImportContacts>().RunAsync(run.Storefront, run.File, run.Bad, options, report, cancel);
    }

    protected override string Summary(ImportCounts counts, Storefront storefront) => string.Create(CultureInfo.InvariantCulture, $"""
        {counts.Read,9:N0} rows read
        {counts.New,9:N0} new
        {counts.Updated,9:N0} updated
        {counts.Unchanged,9:N0} unchanged
        {counts.Bad,9:N0} bad
        {counts.Accounts,9:N0} accounts created
        {counts.Holdings,9:N0} {storefront.Vocabulary.ToString().ToLowerInvariant()}s created
        """);
}
