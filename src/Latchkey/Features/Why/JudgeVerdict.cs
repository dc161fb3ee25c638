using Dapper;
using Latchkey.Platform.Data;
using Latchkey.SignIn.Diagnosis;

namespace Latchkey.Features.Why;

/// <summary>"Was it right?", after the call: what shows how far the verdicts can be trusted.</summary>
public sealed class JudgeVerdict(Database database, TimeProvider clock)
{
    private const int MostCharacters = 200;

    private const string Add = """
        insert into verdict (organization_id, id, storefront_id, cause, was_right, actual, staff, at)
        values (@organizationId, @id, @storefrontId, @cause, @wasRight, @actual, @staff, @now)
        """;

    private const string Weekly = """
        select cause, count(*) as times, sum(case when was_right then 1 else 0 end) as right_times from verdict
        where organization_id = @organizationId and id >= @since
        group by cause order by count(*) desc, cause
        """;

    /// <param name="question">Whom it was about; nothing of it is kept but the storefront.</param>
    /// <param name="cause">What was said.</param>
    /// <param name="wasRight">Whether it was so.</param>
    /// <param name="actual">What it was, in their words, when it was not.</param>
    /// <param name="staff">Who says so.</param>
    /// <param name="cancel">Cancels the work.</param>
    public Task RunAsync(Question question, Cause cause, bool wasRight, string? actual, string staff, CancellationToken cancel)
    {
        var now = clock.GetUtcNow();
        string? words = actual?.Trim() is { Length: > 0 } text ? text[..Math.Min(text.Length, MostCharacters)] : null;
        return database.WriteAsync(t => t.Connection!.ExecuteAsync(Add, new
        {
            organizationId = question.Storefront.OrganizationId,
            id = Guid.CreateVersion7(now),
            storefrontId = question.Storefront.Id,
            cause = cause.ToString(),
            wasRight,
            actual = words,
            staff,
            now,
        }, t), cancel);
    }

    /// <summary>How often each verdict of the last seven days was right.</summary>
    public Task<IReadOnlyList<JudgedCause>> LastWeekAsync(Guid organizationId, CancellationToken cancel) => database.ReadAsync<IReadOnlyList<JudgedCause>>(async c =>
        [.. await c.QueryAsync<JudgedCause>(new CommandDefinition(Weekly, new { organizationId, since = Guid.CreateVersion7(clock.GetUtcNow().AddDays(-7)) }, cancellationToken: cancel))], cancel);
}

public sealed record JudgedCause
{
    public required Cause Cause { get; init; }
    public required long Times { get; init; }
    public required long RightTimes { get; init; }
}
