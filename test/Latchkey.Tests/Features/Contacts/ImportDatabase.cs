using System.Diagnostics;
using System.Text;
using Dapper;
using Latchkey.Features.Contacts.Import;
using Latchkey.Features.Demo;
using Latchkey.Platform.Activity;
using Latchkey.Platform.Csv;
using Latchkey.Platform;
using Latchkey.Platform.Data;
using Latchkey.Platform.Tenancy;
using Latchkey.Tests.Rig;
using Npgsql;

namespace Latchkey.Tests.Features.Contacts;

/// <summary>A new database with the demo in it, on the engine of LATCHKEY_TEST_ENGINE, and imports into it.</summary>
public sealed class ImportDatabase : IAsyncLifetime
{
    private readonly string folder = Directory.CreateTempSubdirectory("latchkey-import-").FullName;
    private string connectionString = "";

    internal Database Database { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        connectionString = await NewDatabaseAsync();
        Database = Database.Open(connectionString);
        await new Migrator(Database, TimeProvider.System).RunAsync(TestContext.Current.CancellationToken);
        await new LoadDemo(Database, new Latchkey.Features.Passwords.FrameworkHasher(), new Latchkey.Features.Invoices.CreateInvoice(new Latchkey.Platform.Activity.ActivityLog(TimeProvider.System), TimeProvider.System), new DatabaseClock(Database)).RunAsync(TestContext.Current.CancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        await LinkedMarks.ShouldBeTrueAsync(Database);
        await Database.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }

    /// <summary>The counts, and the error file's text ("" when all rows were good).</summary>
    internal async Task<(ImportCounts Counts, string Errors)> ImportAsync(string csv, string slug = "northgate", ImportOptions? options = null)
    {
        options ??= new ImportOptions();
        var cancel = TestContext.Current.CancellationToken;
        var storefront = (await new StorefrontDirectory(Database, new LatchkeySettings { ConnectionString = "", DataDirectory = "" }).BySlugAsync(slug, cancel))!;
        var clock = new DatabaseClock(Database);
        using var contacts = new CsvContacts(new MemoryStream(Encoding.UTF8.GetBytes(csv)), options.Mapping, options.Dates);
        string path = Path.Combine(folder, $"{Guid.NewGuid()}.errors.csv");
        using var errors = new ErrorFile(path, contacts.Header.Names, contacts.Header.ReasonColumn, contacts.Delimiter);
        var counts = await new ImportContacts(Database, new ActivityLog(clock), clock).RunAsync(storefront, contacts, errors.Add, options, _ => { }, cancel);
        errors.Finish(counts.Bad > 0);
        return (counts, counts.Bad > 0 ? await System.IO.File.ReadAllTextAsync(path, cancel) : "");
    }

    internal Task<T> ScalarAsync<T>(string sql, object? parameters = null) => Database.ReadAsync(c => c.ExecuteScalarAsync<T>(sql, parameters))!;

    internal Task RunAsync(string sql, object? parameters = null) =>
        Database.WriteAsync(t => t.Connection!.ExecuteAsync(sql, parameters, t), TestContext.Current.CancellationToken);

    /// <summary>Everything an import can write, without ids and times: two databases with the same customers dump the same.</summary>
    internal async Task<string> DumpAsync(string slug)
    {
        string[] queries =
        [
            "select c.external_id, c.full_name, c.email, c.phone, c.locale, f.name from contact c left join facility f on f.id = c.facility_id where c.storefront_id = @id",
            "select a.email, a.state, c.external_id, c.full_name, l.linked_by from account a left join account_contact l on l.account_id = a.id left join contact c on c.id = l.contact_id where a.storefront_id = @id",
            "select f.name, t.name, u.number, u.state, t.price, t.currency from facility f left join unit_type t on t.facility_id = f.id left join unit u on u.unit_type_id = t.id where f.storefront_id = @id",
            "select c.external_id, c.full_name, f.name, s.kind, s.name, u.number, s.price, s.currency, s.started_on from subscription s join contact c on c.id = s.contact_id join facility f on f.id = s.facility_id left join unit u on u.id = s.unit_id where c.storefront_id = @id",
        ];
        var id = await ScalarAsync<object>("select id from storefront where slug = @slug", new { slug });
        var text = new StringBuilder();
        foreach (string query in queries)
        {
            var rows = await Database.ReadAsync(c => c.QueryAsync(query, new { id }));
            text.AppendJoin('\n', rows.Select(r => string.Join('|', ((IDictionary<string, object>)r).Values)).Order(StringComparer.Ordinal)).Append("\n\n");
        }
        return text.ToString();
    }

    internal string File(string name, string text)
    {
        string path = Path.Combine(folder, name);
        System.IO.File.WriteAllText(path, text);
        return path;
    }

    /// <summary>The real command, in a process of its own.</summary>
    internal Process Start(params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true, UseShellExecute = false };
        foreach (string argument in new[] { Path.Combine(AppContext.BaseDirectory, "latchkey.dll"), "import" }.Concat(arguments)) start.ArgumentList.Add(argument);
        start.Environment["ConnectionStrings__Latchkey"] = connectionString;
        start.Environment["Latchkey__DataDirectory"] = folder;
        return Process.Start(start)!;
    }

    private async Task<string> NewDatabaseAsync()
    {
        if (Environment.GetEnvironmentVariable("LATCHKEY_TEST_ENGINE") != "postgres") return $"Data Source={Path.Combine(folder, "latchkey.db")}";
        string admin = Environment.GetEnvironmentVariable("LATCHKEY_TEST_POSTGRES") ?? throw new InvalidOperationException("LATCHKEY_TEST_POSTGRES is not set.");
        string name = $"import_{Guid.NewGuid():N}";
        await using var connection = new NpgsqlConnection(admin);
        await connection.ExecuteAsync($"create database {name}");
        return new NpgsqlConnectionStringBuilder(admin) { Database = name }.ToString();
    }
}
