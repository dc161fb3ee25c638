namespace Latchkey.Features.ImportJobs;

/// <summary>A row that was not taken, and why.</summary>
internal sealed record BadImportRow(int Line, IReadOnlyList<string> Cells, IReadOnlyList<ImportProblem> Problems);
