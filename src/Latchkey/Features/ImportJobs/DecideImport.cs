using System.Data.Common;
using System.Text.Json;
using Dapper;
using Latchkey.Features.Contacts.Import;
using Latchkey.Platform.Activity;
using Latchkey.Platform.Csv;
using Latchkey.Platform.Data;

namespace Latchkey.Features.ImportJobs;

internal enum ImportStep
{
    Check,
    Run,
    Stop,
    Undo,
    Remove,
}

/// <summary>Takes an import a step further. A step that is not its turn, or not any more, does nothing.</summary>
internal sealed class DecideImport(Database database, ImportSignal signal, ActivityLog activity, TimeProvider clock)
{
    /// <summary>As long as what it changed is known.</summary>
    public static readonly TimeSpan UndoableFor = TimeSpan.FromDays(30);

    /// <param name="organizationId">Whose import.</param>
    /// <param name="id">The import.</param>
    /// <param name="step">What is to be done.</param>
    /// <param name="options">Of a check: which column is what.</param>
    /// <param name="staff">Who decides.</param>
    /// <param name="cancel">Cancels it.</param>
    /// <returns>Whether it was its turn.</returns>
    public async Task<bool> RunAsync(Guid organizationId, Guid id, ImportStep step, ImportOptions? options, string staff, CancellationToken cancel)
    {
        var now = clock.GetUtcNow();
        var parameters = new
        {
            organizationId,
            id,
            now,
            since = now - UndoableFor,
            options = JsonSerializer.Serialize(options ?? new ImportOptions()),
            none = JsonSerializer.Serialize(new ImportCounts()),
        };
        bool done = await database.WriteAsync(async t =>
        {
            string sql = step switch
            {
                ImportStep.Check => ImportJobSql.Check,
                ImportStep.Run => ImportJobSql.Run,
                ImportStep.Stop => ImportJobSql.Stop,
                ImportStep.Undo => ImportJobSql.Undo,
                ImportStep.Remove => ImportJobSql.Remove,
            };
            if (await t.Connection!.ExecuteAsync(sql, parameters, t) == 0) return false;
            if (step is ImportStep.Check or ImportStep.Run or ImportStep.Remove) await t.Connection!.ExecuteAsync(ImportJobSql.ForgetBadRows, parameters, t);
            if (step == ImportStep.Remove) await t.Connection!.ExecuteAsync(ImportJobSql.ForgetChunks, parameters, t);
            if (step == ImportStep.Stop) await t.Connection!.ExecuteAsync(ImportJobSql.ForgetChunksOfStopped, parameters, t);
            await NoteAsync(t, organizationId, id, step, staff);
            return true;
        }, cancel);
        if (done) signal.Set();
        return done;
    }

    /// <summary>How it ends, the import tells itself.</summary>
    private Task NoteAsync(DbTransaction transaction, Guid organizationId, Guid id, ImportStep step, string staff)
    {
        string? what = step switch
        {
            ImportStep.Run => "import started",
            ImportStep.Stop => "import stopped",
            ImportStep.Undo => "undoing an import started",
            ImportStep.Check or ImportStep.Remove => null,
        };
        return what is null ? Task.CompletedTask
            : activity.AppendAsync(transaction, new Happened(organizationId, ActivityType.IMPORT, what) { SubjectId = id, Actor = staff });
    }
}
