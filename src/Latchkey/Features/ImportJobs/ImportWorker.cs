using Dapper;
using Latchkey.Features.Contacts.Import;
using Latchkey.Platform.Csv;
using Latchkey.Platform.Data;
using Latchkey.Platform.Tenancy;
using Latchkey.SignIn;

namespace Latchkey.Features.ImportJobs;

/// <summary>Works imports off, one at a time on each node. One whose worker was killed is taken up, where it was, when the lease ends.</summary>
internal sealed partial class ImportWorker(
    Database database, ImportFiles files, CheckContacts check, ImportContacts import, UndoImport undo, StorefrontDirectory storefronts,
    ImportSignal signal, SignInKey key, TimeProvider clock, ILogger<ImportWorker> log) : BackgroundService
{
    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(5);
    private const int MostAttempts = 5;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                if (await ClaimAsync(stoppingToken) is { } job) await WorkAsync(job, stoppingToken);
                else await signal.WaitAsync(LookEvery, stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                LoopFailed(e);
                await signal.WaitAsync(LookEvery, CancellationToken.None);
            }
        }
    }

    private async Task<ImportJob?> ClaimAsync(CancellationToken cancel)
    {
        var now = clock.GetUtcNow();
        // A read costs nothing to speak of; an idle worker must not write.
        if (await database.ReadAsync(c => c.ExecuteScalarAsync<int?>(ImportJobSql.IsAnyDue, new { now }), cancel) is null) return null;
        return await database.WriteAsync(t => t.Connection!.QuerySingleOrDefaultAsync<ImportJob>(
            ImportJobSql.Claim, new { now, claim = Guid.NewGuid(), leaseEnd = now + ImportLease.Length }, t), cancel);
    }

    private async Task WorkAsync(ImportJob job, CancellationToken stop)
    {
        var lease = new ImportLease(job, key, clock);
        try
        {
            await WorkAsync(job, lease, stop);
        }
        catch (LostLeaseException)
        {
            // Stopped by hand, or another worker's by now.
        }
        catch (ImportRefusedException e)
        {
            await EndAsync(job, lease, ImportProblem.Of(e.Text));
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            await database.WriteAsync(lease.GiveBackAsync, CancellationToken.None);
            throw;
        }
        catch (Exception e)
        {
            // It is tried again when the lease ends, from where it was.
            Failed(e, job.Id);
            if (job.Attempts >= MostAttempts) await EndAsync(job, lease, ImportProblem.Of($"Something went wrong on our side. The server's log says what."));
        }
    }

    private async Task WorkAsync(ImportJob job, ImportLease lease, CancellationToken stop)
    {
        if (job.State == ImportState.Undoing)
        {
            await undo.RunAsync(job, lease, stop);
            return;
        }
        var storefront = await storefronts.ByKeyAsync(new(job.OrganizationId, job.StorefrontId), stop) ?? throw new LostLeaseException();
        var stream = await files.OpenAsync(job, stop) ?? throw new ImportRefusedException($"The file cannot be read with this installation's key. Upload it again.");
        using var contacts = new CsvContacts(stream, job.Chosen.Mapping, job.Chosen.Dates);
        if (job.State == ImportState.Checking) await CheckAsync(job, lease, storefront, contacts, stream, stop);
        else await import.RunAsync(storefront, contacts, _ => { }, job.Chosen, _ => { }, stop, new ImportRun(job, await LinesAsync(job, stop), lease));
    }

    private async Task CheckAsync(ImportJob job, ImportLease lease, Storefront storefront, CsvContacts contacts, Stream stream, CancellationToken stop)
    {
        var counts = await check.RunAsync(storefront, contacts, job.Chosen, (soFar, bad) => database.WriteAsync(async t =>
        {
            await lease.GetOnAsync(t, (int)(100 * stream.Position / stream.Length), soFar);
            await lease.AddBadRowsAsync(t, bad);
        }, stop), stop);
        await database.WriteAsync(t => lease.EndAsync(t, ImportState.Checked, counts, counts.Read, null), stop);
    }

    /// <summary>Of a check nothing is left to stop: it goes back to its mapping.</summary>
    private Task EndAsync(ImportJob job, ImportLease lease, ImportProblem problem) => database.WriteAsync(
        t => lease.EndAsync(t, job.State == ImportState.Checking ? ImportState.Uploaded : ImportState.Stopped, null, null, problem), CancellationToken.None);

    private async Task<Dictionary<Guid, int>> LinesAsync(ImportJob job, CancellationToken cancel) => job.Counted.Read == 0 ? [] : await database.ReadAsync(async c =>
        (await c.QueryAsync<LineOfContact>(new CommandDefinition(JournalSql.Lines, new { organizationId = job.OrganizationId, id = job.Id }, cancellationToken: cancel)))
            .ToDictionary(r => r.SubjectId, r => r.Line), cancel);

    private sealed record LineOfContact
    {
        public required Guid SubjectId { get; init; }
        public required int Line { get; init; }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "The worker of imports could not reach the database; it goes on trying.")]
    private partial void LoopFailed(Exception exception);

    [LoggerMessage(Level = LogLevel.Error, Message = "Import {ImportId} could not go on.")]
    private partial void Failed(Exception exception, Guid importId);
}
