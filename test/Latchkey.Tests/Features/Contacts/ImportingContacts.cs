using Latchkey.Features.Contacts.Import;
using Latchkey.Platform.Csv;

namespace Latchkey.Tests.Features.Contacts;

public class ImportingContacts(ImportDatabase database) : IClassFixture<ImportDatabase>
{
    [Fact]
    public async Task The_sample_file_comes_in_whole_and_a_second_time_changes_nothing()
    {
        string csv = await File.ReadAllTextAsync(Sample(), TestContext.Current.CancellationToken);
        var (first, errors) = await database.ImportAsync(csv);
        errors.ShouldBe("");
        first.ShouldBe(new ImportCounts { Read = 8, New = 7, Unchanged = 1, Accounts = 6, Holdings = 7 });
        string dump = await database.DumpAsync("northgate");
        (await database.ImportAsync(csv)).Counts.ShouldBe(new ImportCounts { Read = 8, Unchanged = 8 });
        (await database.DumpAsync("northgate")).ShouldBe(dump);
        (await database.ScalarAsync<long>("select count(*) from mail")).ShouldBe(0);
        (await database.ScalarAsync<string>("select state from account where email = 'elena@example.com'")).ShouldBe("unproven");
        (await database.ScalarAsync<long>("select count(*) from activity where type = 'IMPORT'")).ShouldBeGreaterThanOrEqualTo(2);
    }

    [Fact]
    public async Task A_changed_cell_updates_and_an_empty_one_does_not()
    {
        await database.ImportAsync("id,name,phone\nu1,Ann Old,+1 555 0001\n");
        (await database.ImportAsync("id,name,phone\nu1,Ann New,\n")).Counts.Updated.ShouldBe(1);
        (await database.ScalarAsync<string>("select full_name || phone from contact where external_id = 'u1'")).ShouldBe("Ann New+1 555 0001");
    }

    [Fact]
    public async Task A_file_with_ids_takes_over_a_contact_from_before_the_ids()
    {
        (await database.ImportAsync("id,name,email\ndora-1,dora DEAN,dora@example.com\n")).Counts.ShouldBe(new ImportCounts { Read = 1, Updated = 1, Accounts = 1 });
        (await database.ScalarAsync<long>("select count(*) from contact where email = 'dora@example.com'")).ShouldBe(1);
    }

    [Fact]
    public async Task Two_ids_with_one_address_are_two_contacts_of_one_account()
    {
        var (counts, _) = await database.ImportAsync("id,name,email\ns1,Sue Shared,s@example.com\ns2,Sam Shared,S@example.com\n");
        (counts.New, counts.Accounts).ShouldBe((2, 1));
        (await database.ScalarAsync<long>("select count(*) from account a join account_contact l on l.account_id = a.id where a.email = 's@example.com'")).ShouldBe(2);
    }

    [Fact]
    public async Task Nobody_else_sees_a_customer_of_another_storefront()
    {
        var (counts, _) = await database.ImportAsync("name,email\nCarl Cole,carl@example.com\n");
        (counts.New, counts.Accounts).ShouldBe((1, 1));
        (await database.ScalarAsync<long>("select count(*) from account where email = 'carl@example.com'")).ShouldBe(2);
    }

    [Fact]
    public async Task The_address_of_a_customer_who_signs_in_is_not_changed()
    {
        await database.ImportAsync("id,name,email\nann-1,Ann Archer,ann@example.com\n");
        string before = await database.DumpAsync("northgate");
        var (counts, errors) = await database.ImportAsync("id,name,email\nann-1,Ann Archer,thief@example.com\n");
        counts.Bad.ShouldBe(1);
        errors.ShouldContain("signs in already");
        (await database.DumpAsync("northgate")).ShouldBe(before);
    }

    [Fact]
    public async Task The_address_of_one_customer_is_not_given_to_another()
    {
        await database.ImportAsync("id,name,email\nx1,One,x1@example.com\nx2,Two,x2@example.com\n");
        var (counts, errors) = await database.ImportAsync("id,name,email\nx1,One,x2@example.com\n");
        counts.Bad.ShouldBe(1);
        errors.ShouldContain("belongs to another customer");
    }

    [Fact]
    public async Task An_address_that_was_never_proven_moves_and_the_old_account_shows_nothing()
    {
        await database.ImportAsync("id,name,email\nm1,Mia,old@example.com\n");
        (await database.ImportAsync("id,name,email\nm1,Mia,new@example.com\n")).Counts.ShouldBe(new ImportCounts { Read = 1, Updated = 1, Accounts = 1 });
        const string Links = "select count(*) from account a join account_contact l on l.account_id = a.id where a.email = @email";
        (await database.ScalarAsync<long>(Links, new { email = "old@example.com" })).ShouldBe(0);
        (await database.ScalarAsync<long>(Links, new { email = "new@example.com" })).ShouldBe(1);
    }

    [Fact]
    public async Task Rows_of_one_customer_that_disagree_are_bad_each_time()
    {
        const string Csv = "name,email\nAda,ada@example.com\nOda,ada@example.com\n";
        var (first, errors) = await database.ImportAsync(Csv);
        errors.ShouldContain("Line 2 is the same customer with another name");
        (await database.ImportAsync(Csv)).Counts.ShouldBe(first with { New = 0, Unchanged = 1, Accounts = 0 });
    }

    [Fact]
    public async Task A_placeholder_address_does_not_join_everybody()
    {
        string rows = string.Concat(Enumerable.Range(0, 30).Select(i => $"p{i},Person {i},none@example.com\n"));
        var (counts, errors) = await database.ImportAsync($"id,name,email\n{rows}");
        (counts.New, counts.Bad).ShouldBe((20, 10));
        errors.ShouldContain("placeholder");
    }

    [Fact]
    public async Task Columns_for_tenants_and_roles_have_no_effect()
    {
        await database.ImportAsync("name,email,tenantId,organization_id,role,state\nEve,eve@example.com,1,2,Owner,proven\n");
        (await database.ScalarAsync<string>("select state from account where email = 'eve@example.com'")).ShouldBe("unproven");
    }

    private static string Sample()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "Latchkey.slnx"))) folder = folder.Parent!;
        return Path.Combine(folder.FullName, "docs", "sample-contacts.csv");
    }
}
