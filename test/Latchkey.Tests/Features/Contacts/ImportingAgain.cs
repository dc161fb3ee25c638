using System.Text;

namespace Latchkey.Tests.Features.Contacts;

public class ImportingAgain(ImportDatabase database) : IClassFixture<ImportDatabase>
{
    private const string Header = "id,name,email,phone,facility,unit,unit type,price,currency,since\n";

    /// <summary>Files of few names, addresses and ids, so that rows meet in every way.</summary>
    [Fact]
    public async Task Whatever_the_file_a_second_import_changes_nothing()
    {
        for (int seed = 0; seed < 40; seed++)
        {
            string[] rows = Rows(seed, 25);
            await database.ImportAsync(Header + string.Concat(rows));
            string dump = await database.DumpAsync("northgate");
            var (counts, _) = await database.ImportAsync(Header + string.Concat(rows));
            (counts.New, counts.Updated, counts.Accounts, counts.Holdings).ShouldBe((0, 0, 0, 0), $"seed {seed}\n{string.Concat(rows)}");
            (await database.DumpAsync("northgate")).ShouldBe(dump, $"seed {seed}");
        }
    }

    /// <summary>What a killed import leaves is a number of whole batches: a file's first rows.</summary>
    [Fact]
    public async Task A_beginning_and_then_the_whole_is_the_same_as_the_whole()
    {
        for (int seed = 100; seed < 110; seed++)
        {
            string[] rows = Rows(seed, 25);
            var other = new ImportDatabase();
            await using (other)
            {
                await other.InitializeAsync();
                await other.ImportAsync(Header + string.Concat(rows), "northgate-rv", new() { CreateFacilities = true });
                var cut = new ImportDatabase();
                await using (cut)
                {
                    await cut.InitializeAsync();
                    await cut.ImportAsync(Header + string.Concat(rows[..12]), "northgate-rv", new() { CreateFacilities = true });
                    await cut.ImportAsync(Header + string.Concat(rows), "northgate-rv", new() { CreateFacilities = true });
                    (await cut.DumpAsync("northgate-rv")).ShouldBe(await other.DumpAsync("northgate-rv"), $"seed {seed}\n{string.Concat(rows)}");
                }
            }
        }
    }

    private static string[] Rows(int seed, int count)
    {
        var random = new Random(seed);
        string Some(params string[] of) => of[random.Next(of.Length)];
        return [.. Enumerable.Range(0, count).Select(_ =>
        {
            var row = new StringBuilder();
            row.Append(Some("", "", $"{seed}a", $"{seed}b", $"{seed}c", $"{seed}d")).Append(',').Append(Some("Ann", "Bob", "Cy")).Append(',');
            row.Append(Some("", $"a{seed}@example.com", $"b{seed}@example.com", $"c{seed}@example.com")).Append(',').Append(Some("", "", "+1 555", "+1 666")).Append(',');
            string unit = Some("", $"S{seed}-1", $"S{seed}-2", $"S{seed}-3");
            return row.Append(Some("Riverside", "Old Mill")).Append(',').Append(unit).Append(unit.Length == 0 ? ",,,," : ",Box,10,USD,2026-01-01").Append('\n').ToString();
        })];
    }
}
