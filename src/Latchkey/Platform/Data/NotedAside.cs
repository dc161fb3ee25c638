using System.Collections.Concurrent;
using System.Data.Common;

namespace Latchkey.Platform.Data;

/// <summary>
/// Evidence that is written aside, many at a time, so that it costs whoever gives it nothing; a crash may lose the last second.
/// </summary>
public abstract partial class NotedAside<TKey, TNote>(Database database, ILogger log) : BackgroundService
    where TKey : notnull
{
    private const int MostKept = 10_000;
    private static readonly TimeSpan WriteEvery = TimeSpan.FromSeconds(1);

    private readonly ConcurrentDictionary<TKey, TNote> noted = new();

    protected void Note(TKey key, TNote note, Func<TNote, TNote, TNote> join)
    {
        if (noted.Count < MostKept) noted.AddOrUpdate(key, note, (_, known) => join(known, note));
    }

    protected void Forget(TKey key) => noted.TryRemove(key, out _);

    protected abstract Task WriteAsync(DbTransaction transaction, IReadOnlyList<TNote> noted);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            await Task.Delay(WriteEvery, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            await WriteAsync();
        }
    }

    private async Task WriteAsync()
    {
        var batch = new List<TNote>();
        foreach (var key in noted.Keys)
            if (noted.TryRemove(key, out var note)) batch.Add(note);
        if (batch.Count == 0) return;
        try
        {
            await database.WriteAsync(t => WriteAsync(t, batch), CancellationToken.None);
        }
        catch (Exception e)
        {
            Failed(log, e, GetType().Name);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Evidence} could not be noted.")]
    private static partial void Failed(ILogger log, Exception exception, string evidence);
}
