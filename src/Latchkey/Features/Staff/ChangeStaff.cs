using System.Data.Common;
using Dapper;
using Latchkey.Platform.Activity;
using Latchkey.Platform.Data;
using Latchkey.Platform.Staff;
using Latchkey.Platform.Tenancy;
using Latchkey.SignIn;

namespace Latchkey.Features.Staff;

/// <summary>Changes what somebody may do, or ends it. There is always an Owner, and nobody changes their own role.</summary>
public sealed class ChangeStaff(Database database, Sessions sessions, ActivityLog activity, TimeProvider clock)
{
    /// <param name="by">Who changes it.</param>
    /// <param name="accountId">Whose role.</param>
    /// <param name="role">The new one; null: they leave.</param>
    /// <param name="cancel">Cancels the work.</param>
    public Task<StaffChange> RunAsync(StaffUser by, Guid accountId, StaffRole? role, CancellationToken cancel) => accountId == by.AccountId
        ? Task.FromResult(StaffChange.Oneself)
        : database.WriteAsync(t => ChangeAsync(t, by, accountId, role), cancel);

    private async Task<StaffChange> ChangeAsync(DbTransaction transaction, StaffUser by, Guid accountId, StaffRole? role)
    {
        var (connection, now) = (transaction.Connection!, clock.GetUtcNow());
        var whose = new { by.OrganizationId, accountId, role = role?.ToString(), now };
        await connection.ExecuteAsync(TeamSql.TakeTurn, whose, transaction);
        if (await connection.ExecuteScalarAsync<string?>(TeamSql.RoleOf, whose, transaction) is not { } before) return StaffChange.Unknown;
        if (await connection.ExecuteScalarAsync<Guid?>(role is null ? TeamSql.Remove : TeamSql.ChangeRole, whose, transaction) is null) return StaffChange.LastOwner;
        // ASVS 5, 7.2.4: what was signed in under the old role signs in again.
        await sessions.EndAllAsync(transaction, ConsoleRealm.Key, accountId, role is null ? "left the team" : "role changed");
        await activity.AppendAsync(transaction, new Happened(by.OrganizationId, ActivityType.STAFF, role is null ? "staff removed" : "role changed")
        {
            SubjectId = accountId,
            Actor = by.Name,
            Changes = new Dictionary<string, string?[]>(StringComparer.Ordinal) { ["role"] = [before, role?.ToString()] },
        });
        return StaffChange.Done;
    }
}

public enum StaffChange
{
    Done,
    /// <summary>Nobody of that account works here.</summary>
    Unknown,
    /// <summary>Nobody changes their own role.</summary>
    Oneself,
    /// <summary>They are the only Owner who has joined: another must be first.</summary>
    LastOwner,
}
