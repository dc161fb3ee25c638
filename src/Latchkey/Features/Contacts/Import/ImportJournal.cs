using System.Data.Common;
using Latchkey.Platform.Csv;

namespace Latchkey.Features.Contacts.Import;

/// <summary>What an import of the console goes on from, and what it keeps in each batch's own transaction.</summary>
internal abstract class ImportJournal
{
    public abstract Guid ImportId { get; }

    /// <summary>Who of the staff started it.</summary>
    public abstract string Actor { get; }

    /// <summary>What was done before this process took it up.</summary>
    public abstract ImportCounts Before { get; }

    /// <summary>The contacts it spoke of before, and in which line first.</summary>
    public abstract Dictionary<Guid, int> Lines { get; }

    /// <param name="transaction">The batch's.</param>
    /// <param name="batch">What was written.</param>
    /// <param name="counts">With this batch.</param>
    /// <param name="now">When.</param>
    public abstract Task WriteAsync(DbTransaction transaction, ImportBatch batch, ImportCounts counts, DateTimeOffset now);

    public abstract Task EndAsync(DbTransaction transaction, ImportCounts counts);
}
