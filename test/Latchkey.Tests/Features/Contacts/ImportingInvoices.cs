using System.Text;
using Latchkey.Features.Contacts.Import;
using Latchkey.Features.Invoices;
using Latchkey.Features.Invoices.Import;
using Latchkey.Platform;
using Latchkey.Platform.Activity;
using Latchkey.Platform.Csv;
using Latchkey.Platform.Data;
using Latchkey.Platform.Tenancy;

namespace Latchkey.Tests.Features.Contacts;

/// <summary>Invoices of another system come to the customers, under their own numbers, and nobody hears of it.</summary>
public sealed class ImportingInvoices(ImportDatabase database) : IClassFixture<ImportDatabase>
{
    private const string Good = """
        Client;Numéro de facture;Date de facture;Échéance;Libellé;Montant total;TVA;Devise;État;Payée le
        ann@example.com;2025/117;2025-11-01;2025-11-11;Riverside, novembre;102,33;13,33;USD;payée;2025-11-09
        bob@example.com;2025/118;2025-11-01;;;1 089,00;;USD;ouverte;
        ANN@example.com;2025/119;2025-11-02;2025-11-12;Annulée;50,00;;USD;annulée;
        """;

    [Fact]
    public async Task They_keep_their_number_take_none_of_ours_and_come_in_once()
    {
        long ours = await database.ScalarAsync<long>("select max(last) from invoice_number"), mails = await database.ScalarAsync<long>("select count(*) from mail");

        (await ImportAsync($"\uFEFF{Good}")).ShouldBe((new ImportCounts { Read = 3, New = 3 }, ""));
        (await ImportAsync(Good)).ShouldBe((new ImportCounts { Read = 3, Unchanged = 3 }, ""));

        (await database.ScalarAsync<long>("select count(*) from invoice where reference like '2025/%' and number < 0")).ShouldBe(3);
        (await database.ScalarAsync<long>("select max(last) from invoice_number")).ShouldBe(ours);
        (await database.ScalarAsync<long>("select count(*) from mail")).ShouldBe(mails);
        var storefront = await StorefrontAsync();
        var read = new ReadInvoices(database.Database, TimeProvider.System);
        var found = (await read.FindAsync(storefront.OrganizationId, " 2025/117 ", null, null, CancellationToken.None)).Rows.ShouldHaveSingleItem();
        (found.Name, found.State, $"{found.Sum}", $"{found.Issued:O}", found.PaidAt?.Day, found.FullName).ShouldBe(("2025/117", InvoiceState.Paid, "102.33 USD", "2025-11-01", 9, "Ann Archer"));
        var whole = (await read.OneAsync(storefront.OrganizationId, found.Id, CancellationToken.None))!;
        (whole.Lines.ShouldHaveSingleItem().TaxRate, whole.Lines[0].Description).ShouldBe((14_975, "Riverside, novembre"));
        (await read.FindAsync(storefront.OrganizationId, "2025/118", "overdue", null, CancellationToken.None)).Rows.ShouldHaveSingleItem().Due.ShouldBe(new DateOnly(2025, 11, 1));
    }

    [Fact]
    public async Task A_row_that_cannot_be_right_goes_to_the_error_file_with_its_reason()
    {
        const string file = """
            customer,number,date,due,amount,tax,currency,status
            ann@example.com,B-1,2026-01-01,,10.00,,USD,open
            nobody@example.com,B-2,2026-01-01,,10.00,,USD,open
            C-404,B-3,2026-01-01,,10.00,,USD,open
            ann@example.com,B-1,2026-01-01,,11.00,,USD,open
            ann@example.com,,2026-01-01,,10.00,,USD,open
            ann@example.com,B-5,01/02/2026,,10.00,,USD,open
            ann@example.com,B-6,2026-01-01,,ten,,USD,open
            ann@example.com,B-7,2026-01-01,,10.00,11.00,USD,open
            ann@example.com,B-8,2026-01-01,,10.00,,USD,maybe
            ,B-9,2026-01-01,,10.00,,USD,paid
            """;

        var (counts, errors) = await ImportAsync(file);

        (counts.New, counts.Bad).ShouldBe((1, 9));
        foreach (string reason in new[]
        {
            "nobody@example.com is no customer's. Import the contacts first.", "C-404 is not known.", "B-1 is here already, with another customer or amount.", "number: is missing.", "may have the day or the month first",
            "“ten” is not a price.", "is more than the amount.", "“maybe” is none of open, paid and void.", "The customer is missing",
        }) errors.ShouldContain(reason);
        await Should.ThrowAsync<ImportRefusedException>(() => ImportAsync("customer,number\nann@example.com,1\n"));
    }

    private Task<Storefront> StorefrontAsync() =>
        new StorefrontDirectory(database.Database, new LatchkeySettings { ConnectionString = "", DataDirectory = "" }).BySlugAsync("northgate", CancellationToken.None)!;

    private async Task<(ImportCounts Counts, string Errors)> ImportAsync(string csv)
    {
        var clock = new DatabaseClock(database.Database);
        using var file = new CsvInvoices(new MemoryStream(Encoding.UTF8.GetBytes(csv)), new Dictionary<string, InvoiceField>(StringComparer.Ordinal), DateOrder.Unknown);
        var errors = new StringBuilder();
        var counts = await new ImportInvoices(database.Database, new ActivityLog(clock), clock).RunAsync(
            await StorefrontAsync(), file, null, bad => errors.AppendJoin("; ", bad.Problems).AppendLine(), _ => { }, CancellationToken.None);
        return (counts, errors.ToString());
    }
}
