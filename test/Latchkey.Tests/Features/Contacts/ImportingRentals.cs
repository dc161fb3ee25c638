using Latchkey.Features.Contacts.Import;
using Latchkey.Platform.Csv;

namespace Latchkey.Tests.Features.Contacts;

public class ImportingRentals(ImportDatabase database) : IClassFixture<ImportDatabase>
{
    private const string Header = "id,name,email,facility,unit,unit type,price,currency,since\n";

    [Fact]
    public async Task Bad_rows_go_to_a_file_of_the_same_shape_that_imports_once_it_is_fixed()
    {
        string csv = $"{Header}f1,Fay,fay@example.com,Riverside,F1,5 m²,89,USD,2026-01-01\nf2,Fix,fix@example.com,Nowhere,F2,5 m²,89,USD,2026-01-01\n";
        var (counts, errors) = await database.ImportAsync(csv);
        (counts.New, counts.Bad).ShouldBe((1, 1));
        string[] lines = errors.TrimStart('\uFEFF').TrimEnd().Split("\r\n");
        lines.Length.ShouldBe(2);
        lines[0].ShouldBe(Header.TrimEnd() + ",reason");
        lines[1].ShouldStartWith("f2,Fix,fix@example.com,Nowhere,F2,5 m²,89,USD,2026-01-01,\"facility: “Nowhere” is not known. Known: Old Mill, Riverside");

        var (again, errorsAgain) = await database.ImportAsync(errors);
        again.Bad.ShouldBe(1);
        errorsAgain.ShouldBe(errors);
        (await database.ImportAsync(errors.Replace("Nowhere,F2", "old mill,F2", StringComparison.Ordinal))).Counts
            .ShouldBe(new ImportCounts { Read = 1, New = 1, Accounts = 1, Holdings = 1 });
    }

    [Fact]
    public async Task A_unit_that_is_rented_or_out_of_service_is_refused_and_the_row_with_it()
    {
        var (counts, errors) = await database.ImportAsync($"{Header}t1,Tom,tom@example.com,Riverside,A12,,89,,\nt2,Tim,tim@example.com,Old Mill,M08,,59,,\n");
        counts.ShouldBe(new ImportCounts { Read = 2, Bad = 2 });
        errors.ShouldContain("rented to another customer");
        errors.ShouldContain("out of service");
        (await database.ScalarAsync<long>("select count(*) from contact where external_id in ('t1', 't2')")).ShouldBe(0);
    }

    [Fact]
    public async Task A_free_unit_becomes_occupied_and_is_rented_once()
    {
        const string Row = $"{Header}b1,Bea,bea@example.com,Riverside,A14,,,,2026-02-01\n";
        (await database.ImportAsync(Row)).Counts.Holdings.ShouldBe(1);
        (await database.ScalarAsync<string>("select state from unit where number = 'A14'")).ShouldBe("occupied");
        await database.RunAsync("update subscription set ended_on = '2026-09-01' where started_on = '2026-02-01' and unit_id in (select id from unit where number = 'A14')");
        (await database.ImportAsync(Row)).Counts.ShouldBe(new ImportCounts { Read = 1, Unchanged = 1 });
    }

    [Fact]
    public async Task A_new_facility_is_created_only_when_asked()
    {
        string row = $"{Header}n1,Ned,ned@example.com,Harbour Two,H1,Bay,200,CAD,2026-01-01\n";
        (await database.ImportAsync(row, "northgate-rv")).Counts.Bad.ShouldBe(1);
        (await database.ImportAsync(row, "northgate-rv", new ImportOptions { CreateFacilities = true })).Counts.Holdings.ShouldBe(1);
        (await database.ImportAsync(row, "northgate-rv", new ImportOptions { CreateFacilities = true })).Counts.Unchanged.ShouldBe(1);
    }

    [Fact]
    public async Task A_membership_storefront_takes_its_plans()
    {
        const string Csv = "name,email,membership,price,since\nMo Member,mo@example.com,\"Classic, three bottles\",\"60,00\",2026-01-01\n";
        (await database.ImportAsync(Csv, "hillside")).Counts.ShouldBe(new ImportCounts { Read = 1, New = 1, Accounts = 1, Holdings = 1 });
        (await database.ScalarAsync<string>("select kind from subscription where name = 'Classic, three bottles' and price = 6000 and currency = 'USD'")).ShouldBe("membership");
        (await database.ImportAsync(Csv, "hillside")).Counts.Unchanged.ShouldBe(1);
    }

    [Fact]
    public async Task Two_imports_at_once_make_each_customer_once()
    {
        string rows = string.Concat(Enumerable.Range(0, 500).Select(i => $",Twin {i},twin{i}@example.com,Riverside,T{i},5 m²,89,USD,2026-01-01\n"));
        var results = await Task.WhenAll(database.ImportAsync(Header + rows), database.ImportAsync(Header + rows));
        results.Sum(r => r.Counts.New).ShouldBe(500);
        results.Sum(r => r.Counts.Holdings).ShouldBe(500);
        results.Sum(r => r.Counts.Bad).ShouldBe(0);
    }
}
