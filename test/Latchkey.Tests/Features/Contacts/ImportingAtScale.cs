using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace Latchkey.Tests.Features.Contacts;

/// <summary>The real command on large files.</summary>
public class ImportingAtScale
{
    private const int MostKilobytes = 250 * 1024;

    [Fact]
    public async Task A_hundred_thousand_rows_take_bounded_memory()
    {
        var database = new ImportDatabase();
        await using (database)
        {
            await database.InitializeAsync();
            using var import = database.Start(database.File("large.csv", Csv(100_000)), "--storefront", "northgate");
            var output = import.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
            long peak = 0;
            while (!import.HasExited)
            {
                peak = Math.Max(peak, Peak(import.Id));
                await Task.Delay(50, TestContext.Current.CancellationToken);
            }
            import.ExitCode.ShouldBe(0);
            (await output).ShouldContain("100,000 rentals created");
            peak.ShouldBeInRange(1, MostKilobytes);
            (await database.ScalarAsync<long>("select count(*) from account_contact l join account a on a.id = l.account_id where a.email like 'c%@scale.example'")).ShouldBe(100_000);
        }
    }

    [Fact]
    public async Task An_import_that_is_killed_completes_when_it_is_run_again()
    {
        const string Contacts = "select count(*) from contact where external_id is not null";
        string csv = Csv(20_000);
        var clean = new ImportDatabase();
        var killed = new ImportDatabase();
        await using (clean)
        await using (killed)
        {
            await clean.InitializeAsync();
            await killed.InitializeAsync();
            string file = killed.File("large.csv", csv);
            using (var first = killed.Start(file, "--storefront", "northgate"))
            {
                while (await killed.ScalarAsync<long>(Contacts) < 5_000 && !first.HasExited) await Task.Delay(10, TestContext.Current.CancellationToken);
                first.Kill();
                await first.WaitForExitAsync(TestContext.Current.CancellationToken);
            }
            (await killed.ScalarAsync<long>(Contacts)).ShouldBeInRange(5_000, 19_999);

            using var second = killed.Start(file, "--storefront", "northgate");
            _ = await second.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
            await second.WaitForExitAsync(TestContext.Current.CancellationToken);
            second.ExitCode.ShouldBe(0);
            await clean.ImportAsync(csv);
            (await killed.DumpAsync("northgate") == await clean.DumpAsync("northgate")).ShouldBeTrue();
        }
    }

    [Theory]
    [InlineData("name,email\nGood,good@example.com\n", "northgate", 0)]
    [InlineData("name,email\nGood,good@example.com\nBad,not an address\n", "northgate", 2)]
    [InlineData("name,email\nGood,good@example.com\n", "nowhere", 1)]
    [InlineData("email\ngood@example.com\n", "northgate", 1)]
    public async Task The_exit_code_says_how_it_went(string csv, string storefront, int code)
    {
        var database = new ImportDatabase();
        await using (database)
        {
            await database.InitializeAsync();
            string file = database.File("few.csv", csv);
            using var import = database.Start(file, "--storefront", storefront);
            await import.WaitForExitAsync(TestContext.Current.CancellationToken);
            import.ExitCode.ShouldBe(code);
            File.Exists(Path.ChangeExtension(file, ".errors.csv")).ShouldBe(code == 2);
        }
    }

    private static string Csv(int rows)
    {
        var csv = new StringBuilder("id,name,email,phone,facility,unit,unit type,price,currency,since\n");
        for (int i = 0; i < rows; i++)
            csv.Append(CultureInfo.InvariantCulture, $"L{i},Customer {i},c{i}@scale.example,+1 555 {i:D7},{(i % 2 == 0 ? "Riverside" : "Old Mill")},L{i},Box,89.00,USD,2026-01-01\n");
        return csv.ToString();
    }

    /// <summary>The most memory it had resident so far, in kB.</summary>
    private static long Peak(int process)
    {
        try
        {
            string line = File.ReadLines($"/proc/{process}/status").FirstOrDefault(l => l.StartsWith("VmHWM:", StringComparison.Ordinal)) ?? "VmHWM: 0 kB";
            return long.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[^2], CultureInfo.InvariantCulture);
        }
        catch (IOException)
        {
            return 0; // it has just ended
        }
    }
}
