using Dapper;
using Latchkey.Platform.Data;
using Latchkey.Platform.Staff;
using Latchkey.Platform.Tenancy;

namespace Latchkey.Features.Staff;

/// <summary>Who works in an organization.</summary>
public sealed class Team(Database database, TimeProvider clock)
{
    public Task<IReadOnlyList<TeamMember>> ListAsync(Guid organizationId, CancellationToken cancel) => database.ReadAsync<IReadOnlyList<TeamMember>>(async c =>
        (await c.QueryAsync<TeamMember>(new CommandDefinition(
            TeamSql.Team, new { OrganizationId = organizationId, installation = ConsoleRealm.Installation }, cancellationToken: cancel))).AsList(), cancel);

    /// <summary>Whether an invitation was not taken up in time.</summary>
    public bool IsOver(TeamMember member) => member.JoinedAt is null && member.AddedAt <= clock.GetUtcNow() - StaffMembers.InvitationLifetime;
}

public sealed record TeamMember
{
    public required Guid AccountId { get; init; }
    public required StaffRole Role { get; init; }
    public required string AddedBy { get; init; }
    public required DateTimeOffset AddedAt { get; init; }
    public DateTimeOffset? JoinedAt { get; init; }
    public required string Email { get; init; }
    public string? FullName { get; init; }
    public DateTimeOffset? LastSignedInAt { get; init; }
    public required long Passkeys { get; init; }
}
