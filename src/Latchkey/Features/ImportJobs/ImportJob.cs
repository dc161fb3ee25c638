using System.Text.Json;
using Latchkey.Features.Contacts.Import;
using Latchkey.Platform.Csv;

namespace Latchkey.Features.ImportJobs;

public enum ImportState
{
    /// <summary>The file is here; which column is what is not settled.</summary>
    Uploaded,
    Checking,
    /// <summary>What it would do is known, and nothing is done yet.</summary>
    Checked,
    Running,
    /// <summary>Ended before the last row: by hand, or because the file cannot be read further.</summary>
    Stopped,
    Done,
    Undoing,
    Undone,
}

/// <summary>An import of the console, from its file to its undoing.</summary>
internal sealed record ImportJob
{
    public required Guid OrganizationId { get; init; }
    public required Guid Id { get; init; }
    public required Guid StorefrontId { get; init; }
    public required string FileName { get; init; }
    public required long Bytes { get; init; }
    public required ImportState State { get; init; }
    public required string Options { get; init; }
    public required byte[] Sample { get; init; }
    public required string Counts { get; init; }
    public int? Total { get; init; }
    public required int Percent { get; init; }
    public string? Problem { get; init; }
    public required string MadeBy { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }
    public DateTimeOffset? StartedAt { get; init; }
    public DateTimeOffset? EndedAt { get; init; }
    public required int Attempts { get; init; }
    public Guid? Claim { get; init; }

    public ImportOptions Chosen => JsonSerializer.Deserialize<ImportOptions>(Options)!;

    public ImportCounts Counted => JsonSerializer.Deserialize<ImportCounts>(Counts)!;

    public ImportProblem? Trouble => Problem is null ? null : JsonSerializer.Deserialize<ImportProblem>(Problem);

    /// <summary>Which import a statement is about.</summary>
    public object Key => new { OrganizationId, Id };

    /// <summary>Whether a worker is at it, or soon will be.</summary>
    public bool IsUnderWay => State is ImportState.Checking or ImportState.Running or ImportState.Undoing;
}
