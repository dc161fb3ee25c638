using System.Text.Json;
using Latchkey.Platform.Activity;

namespace Latchkey.Features.Activities;

/// <summary>One row of the log, with the names of what it is about.</summary>
public sealed record LoggedActivity
{
    private static readonly string[] Secret = ["password", "secret", "token", "key", "code", "hash"];

    public required Guid Id { get; init; }
    public required DateTimeOffset At { get; init; }
    public required ActivityType Type { get; init; }
    public required string Event { get; init; }
    public Guid? StorefrontId { get; init; }
    public string? Storefront { get; init; }
    public Guid? AccountId { get; init; }
    /// <summary>The account's address.</summary>
    public string? Account { get; init; }
    public Guid? ContactId { get; init; }
    public string? Contact { get; init; }
    public Guid? SubjectId { get; init; }
    public string? Actor { get; init; }
    public string? Detail { get; init; }
    public string? Changes { get; init; }

    /// <summary>What was refused is kept as a keyed hash of the name: it says nothing to anybody.</summary>
    public string? Said => Event == "limited" ? null : Detail;

    /// <summary>What changed. Whoever wrote it masked what is secret; what is called like a secret is masked here in any case.</summary>
    public IReadOnlyList<ActivityChange> Changed => Changes is null ? [] :
        [.. JsonSerializer.Deserialize<Dictionary<string, string?[]>>(Changes)!.Select(c => IsSecret(c.Key)
            ? new ActivityChange(c.Key, "•••", "•••")
            : new ActivityChange(c.Key, c.Value.ElementAtOrDefault(0), c.Value.ElementAtOrDefault(1)))];

    private static bool IsSecret(string field) => Secret.Any(s => field.EndsWith(s, StringComparison.OrdinalIgnoreCase));
}

/// <summary>One field, before and after.</summary>
public sealed record ActivityChange(string Field, string? Before, string? After);

/// <summary>One page of the log.</summary>
/// <param name="Rows">Newest first.</param>
/// <param name="Next">Where the next page goes on; null at the end.</param>
/// <param name="LookedBackTo">When the page ends because it looked through enough rows: older ones may match too.</param>
public sealed record ActivityRows(IReadOnlyList<LoggedActivity> Rows, Guid? Next, DateTimeOffset? LookedBackTo);
