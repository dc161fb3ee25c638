using Dapper;
using Latchkey.Platform.Data;
using Latchkey.Platform.Tenancy;
using Latchkey.SignIn;

namespace Latchkey.Platform.Staff;

/// <summary>Finds out, at each request, who somebody is at the console: a change of role holds at the next click.</summary>
public sealed class StaffMembers(Database database, TimeProvider clock)
{
    /// <summary>After this an invitation that nobody took up is over.</summary>
    public static readonly TimeSpan InvitationLifetime = TimeSpan.FromDays(7);

    /// <param name="session">Their session at the console.</param>
    /// <param name="chosen">The organization they chose, if any.</param>
    /// <param name="cancel">Cancels the reading.</param>
    /// <returns>Null when they may not work in the chosen one, or have to choose first.</returns>
    public async Task<StaffUser?> FindAsync(LiveSession session, Guid? chosen, CancellationToken cancel)
    {
        var (user, joins) = await database.ReadAsync(async c =>
        {
            var memberships = await MembershipsAsync(c, session.AccountId, cancel);
            bool isSupport = memberships.Any(m => m.Role == StaffRole.Support);
            var here = chosen is { } id ? memberships.FirstOrDefault(m => m.OrganizationId == id)
                : memberships is [{ Role: not StaffRole.Support } only] ? only : null;
            string? organization = here?.Organization;
            if (here is null)
            {
                if (!isSupport || chosen is not { } other || other == ConsoleRealm.Installation) return (null, false);
                organization = await c.ExecuteScalarAsync<string?>(new CommandDefinition(MembershipSql.Organization, new { organizationId = other }, cancellationToken: cancel));
                if (organization is null) return (null, false);
            }
            var found = new StaffUser
            {
                AccountId = session.AccountId,
                Email = session.Email,
                Name = memberships.Select(m => m.Name).OfType<string>().FirstOrDefault() ?? session.Email,
                Role = here?.Role ?? StaffRole.Support,
                OrganizationId = here?.OrganizationId ?? chosen!.Value,
                Organization = organization!,
                HasOthers = isSupport || memberships.Count > 1,
            };
            return ((StaffUser?)found, here is { JoinedAt: null });
        }, cancel);
        if (joins) await JoinAsync(user!, cancel);
        return user;
    }

    /// <summary>The organizations somebody may choose from.</summary>
    public Task<IReadOnlyList<Membership>> ChoicesAsync(Guid accountId, CancellationToken cancel) => database.ReadAsync<IReadOnlyList<Membership>>(async c =>
    {
        var memberships = await MembershipsAsync(c, accountId, cancel);
        if (memberships.All(m => m.Role != StaffRole.Support)) return memberships;
        var all = await c.QueryAsync<Membership>(new CommandDefinition(MembershipSql.AllOrganizations, cancellationToken: cancel));
        return [.. all.Where(o => o.OrganizationId != ConsoleRealm.Installation).Select(o => memberships.FirstOrDefault(m => m.OrganizationId == o.OrganizationId) ?? o with { Role = StaffRole.Support })];
    }, cancel);

    private async Task<IReadOnlyList<Membership>> MembershipsAsync(System.Data.Common.DbConnection connection, Guid accountId, CancellationToken cancel) =>
        (await connection.QueryAsync<Membership>(new CommandDefinition(
            MembershipSql.MembershipsOf, new { accountId, installation = ConsoleRealm.Installation, invitedAfter = clock.GetUtcNow() - InvitationLifetime }, cancellationToken: cancel))).AsList();

    private Task<int> JoinAsync(StaffUser user, CancellationToken cancel) => database.WriteAsync(
        t => t.Connection!.ExecuteAsync(MembershipSql.Join, new { user.OrganizationId, user.AccountId, now = clock.GetUtcNow() }, t), cancel);
}

/// <summary>An organization that somebody may work in.</summary>
public sealed record Membership
{
    public required Guid OrganizationId { get; init; }
    public StaffRole Role { get; init; }
    public string? Organization { get; init; }
    /// <summary>Of the person: what they call themselves, else what whoever invited them wrote.</summary>
    public string? Name { get; init; }
    public DateTimeOffset? JoinedAt { get; init; }
}
