using Dapper;
using Latchkey.Features.Layouts;
using Latchkey.Platform.Data;

namespace Latchkey.Features.Activities;

/// <summary>Reads the log, newest first. Its ids rise with time, so a period is a range of the key.</summary>
public sealed class FindActivity(Database database, TimeProvider clock)
{
    public const int Rows = 50;
    /// <summary>How many rows one page looks at for what few match; fewer where each asks who it is about.</summary>
    private const int Window = 10_000, PeopleWindow = 4_000;

    public Task<ActivityRows> RunAsync(Guid organizationId, ActivityFilter filter, CancellationToken cancel, int rows = Rows) => database.ReadAsync(async c =>
    {
        var from = filter.Period.Start(clock.GetUtcNow()) is { } start ? TimeIds.First(start) : TimeIds.Before;
        Guid? floor = IsRare(filter)
            ? await c.ExecuteScalarAsync<Guid?>(new CommandDefinition(ActivitySql.Floor, Parameters(organizationId, filter, from, rows), cancellationToken: cancel))
            : null;
        var found = (await c.QueryAsync<LoggedActivity>(new CommandDefinition(Sql(filter), Parameters(organizationId, filter, floor ?? from, rows), cancellationToken: cancel))).AsList();
        return found.Count > rows
            ? new ActivityRows(found.GetRange(0, rows), found[rows - 1].Id, null)
            : new ActivityRows(found, floor, floor is { } id ? TimeIds.At(id) : null);
    }, cancel);

    /// <returns>Null when the organization has no such row.</returns>
    public Task<LoggedActivity?> ReadAsync(Guid organizationId, Guid id, CancellationToken cancel) => database.ReadAsync(c =>
        c.QuerySingleOrDefaultAsync<LoggedActivity?>(new CommandDefinition(ActivitySql.One, new { organizationId, id }, cancellationToken: cancel)), cancel);

    /// <summary>What few rows may match is looked for among so many at a time.</summary>
    private static bool IsRare(ActivityFilter f) =>
        f.SubjectId is null && f.AccountId is null && (f.Type is not null || f.StorefrontId is not null || f.Who.Length > 0 || f.Text.Length > 0);

    private static string Sql(ActivityFilter f) => string.Concat(
    [
        ActivitySql.List,
        f.Type is null ? "" : ActivitySql.OfType,
        f.StorefrontId is null ? "" : ActivitySql.AtStorefront,
        f.SubjectId is null ? "" : ActivitySql.OfSubject,
        f.AccountId is null ? "" : ActivitySql.OfAccount,
        f.Text.Length == 0 ? "" : ActivitySql.Saying,
        f.Who.Length == 0 ? "" : ActivitySql.By,
        ActivitySql.Newest,
    ]);

    private static object Parameters(Guid organizationId, ActivityFilter f, Guid from, int rows) => new
    {
        organizationId,
        before = f.Before ?? TimeIds.After,
        from,
        type = f.Type?.ToString(),
        storefrontId = f.StorefrontId,
        subjectId = f.SubjectId,
        accountId = f.AccountId,
        text = LikePattern.Anywhere(f.Text),
        who = LikePattern.Anywhere(f.Who),
        most = rows + 1,
        window = f.Who.Length > 0 ? PeopleWindow : Window,
    };
}
