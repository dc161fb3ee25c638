using System.Text.Json;

namespace Latchkey.Features.Approvals;

/// <summary>A merge, with what it takes to undo it.</summary>
public sealed record MergeRecord
{
    public required Guid Id { get; init; }
    public required Guid StorefrontId { get; init; }
    public required Guid FromId { get; init; }
    public required Guid IntoId { get; init; }
    public required string Moved { get; init; }
    public required DateTimeOffset MergedAt { get; init; }
    public required DateTimeOffset UndoUntil { get; init; }
    public DateTimeOffset? UndoneAt { get; init; }
    public string? UndoneByName { get; init; }
    public DateTimeOffset? ForgottenAt { get; init; }

    public MergedParts Parts => JsonSerializer.Deserialize<MergedParts>(Moved)!;
}

/// <param name="Email">The address of the account that ended.</param>
/// <param name="Links">Its contacts.</param>
/// <param name="Followers">What was merged into it before.</param>
public sealed record MergedParts(string Email, IReadOnlyList<MovedLink> Links, IReadOnlyList<Guid> Followers);

public sealed record MovedLink
{
    public required Guid ContactId { get; init; }
    public required DateTimeOffset LinkedAt { get; init; }
    public required string LinkedBy { get; init; }
    /// <summary>1 when the account that stays showed the contact before.</summary>
    public required long Shared { get; init; }
}
