using System.Diagnostics;
using Dapper;
using Latchkey.Platform.Data;
using Latchkey.Tests.Rig;
using Microsoft.Data.Sqlite;

namespace Latchkey.Tests.Platform.Data;

public sealed class BackupTests : IAsyncLifetime
{
    readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("latchkey-test-");
    TestDatabase own = null!;
    Database database = null!;

    static CancellationToken Cancel => TestContext.Current.CancellationToken;

    string File => Path.Combine(folder.FullName, "copy");

    public async ValueTask InitializeAsync()
    {
        own = await TestDatabase.CreateAsync();
        database = own.Open();
        await database.WriteAsync(t => Notes.ExecuteAsync(t, "create table note (id integer primary key, text text not null)"));
    }

    public async ValueTask DisposeAsync()
    {
        await database.DisposeAsync();
        await own.DisposeAsync();
        folder.Delete(recursive: true);
    }

    [Fact]
    public async Task A_backup_taken_while_others_write_holds_everything_up_to_one_moment() => await WhileOthersWriteAsync(async () =>
    {
        var stored = await database.CountAsync();

        await database.BackupAsync(File, Cancel);

        var ids = await ReadCopyAsync();
        ids.Count.ShouldBeGreaterThanOrEqualTo((int)stored);
        ids.ShouldBe(Enumerable.Range(1, ids.Count));
    });

    [Fact]
    public async Task The_command_line_backs_up_a_running_installation() => await WhileOthersWriteAsync(async () =>
    {
        var (code, output) = await BackupByCommandAsync();

        code.ShouldBe(0, output);
        output.ShouldContain($"Backed up to {File}");
        var ids = await ReadCopyAsync();
        ids.ShouldBe(Enumerable.Range(1, ids.Count));
    });

    [Fact]
    public async Task A_backup_never_overwrites_a_file()
    {
        await System.IO.File.WriteAllTextAsync(File, "precious", Cancel);

        await Should.ThrowAsync<IOException>(database.BackupAsync(File, Cancel));
        var (code, output) = await BackupByCommandAsync();

        code.ShouldBe(1);
        output.ShouldContain("exists already");
        (await System.IO.File.ReadAllTextAsync(File, Cancel)).ShouldBe("precious");
        folder.GetFiles().Select(f => f.Name).ShouldBe(["copy"]);
    }

    [Fact]
    public async Task A_backup_that_cannot_be_written_leaves_no_file_behind()
    {
        await Should.ThrowAsync<Exception>(database.BackupAsync(Path.Combine(folder.FullName, "missing", "copy"), Cancel));

        folder.GetFileSystemInfos().ShouldBeEmpty();
    }

    Task<(int ExitCode, string Output)> BackupByCommandAsync() => LatchkeyProcess.RunAsync(new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["ConnectionStrings__Latchkey"] = own.ConnectionString,
        ["Latchkey__DataDirectory"] = folder.FullName,
    }, "backup", File);

    /// <summary>One writer counts up, a number to a transaction.</summary>
    async Task WhileOthersWriteAsync(Func<Task> work)
    {
        using var stop = new CancellationTokenSource();
        var writing = Task.Run(async () =>
        {
            for (int id = 1; !stop.IsCancellationRequested; id++) await database.AddAsync(id);
        }, Cancel);
        while (await database.CountAsync() < 50) await Task.Delay(1);
        try
        {
            await work();
        }
        finally
        {
            await stop.CancelAsync();
            await writing;
        }
    }

    Task<List<int>> ReadCopyAsync() => TestEnvironment.Engine == Engine.Sqlite ? ReadSqliteAsync() : ReadArchiveAsync();

    async Task<List<int>> ReadSqliteAsync()
    {
        await using var copy = new SqliteConnection($"Data Source={File};Mode=ReadOnly;Pooling=False");
        (await copy.ExecuteScalarAsync<string>("pragma integrity_check")).ShouldBe("ok");
        return [.. await copy.QueryAsync<int>("select id from note order by id")];
    }

    async Task<List<int>> ReadArchiveAsync()
    {
        (await RestoreAsync("--list", File)).ShouldContain("TABLE DATA public note");
        var data = await RestoreAsync("--data-only", "--table=note", "--file=-", File);
        return [.. data.Split('\n').Select(line => line.Split('\t')).Where(row => row is [_, "hello"]).Select(row => int.Parse(row[0], System.Globalization.CultureInfo.InvariantCulture)).Order()];
    }

    static async Task<string> RestoreAsync(params string[] arguments)
    {
        using var restore = Process.Start(new ProcessStartInfo("pg_restore", arguments) { RedirectStandardOutput = true, UseShellExecute = false })!;
        var output = await restore.StandardOutput.ReadToEndAsync(Cancel);
        await restore.WaitForExitAsync(Cancel);
        restore.ExitCode.ShouldBe(0);
        return output;
    }
}
