using System.Data.Common;
using System.Text.Json;
using Dapper;
using Latchkey.Platform.Activity;
using Latchkey.Platform.Data;
using Latchkey.Platform.Staff;
using Latchkey.SignIn;

namespace Latchkey.Features.Approvals;

/// <summary>Asks for a support action. It is bound to what both records say now: see docs/decisions/0017-approvals.md.</summary>
public sealed class RequestApproval(Database database, ActivityLog activity, TimeProvider clock)
{
    public static readonly TimeSpan WaitsFor = TimeSpan.FromDays(7);
    public const int MostReasonCharacters = 500;

    /// <param name="by">Who asks.</param>
    /// <param name="kind">What for.</param>
    /// <param name="accountId">Whom it is about.</param>
    /// <param name="otherId">The other account, or the contact; of a reset the account again.</param>
    /// <param name="reason">Why, for whoever decides.</param>
    /// <param name="cancel">Cancels the work.</param>
    public Task<Requested> RunAsync(StaffUser by, ApprovalKind kind, Guid accountId, Guid otherId, string reason, CancellationToken cancel) => by.May(Permission.Act)
        ? database.WriteAsync(t => RunAsync(t, by, kind, accountId, otherId, reason), cancel)
        : throw new InvalidOperationException("Who may only look asks for nothing: the page was to refuse it.");

    private async Task<Requested> RunAsync(DbTransaction transaction, StaffUser by, ApprovalKind kind, Guid accountId, Guid otherId, string reason)
    {
        var (connection, now) = (transaction.Connection!, clock.GetUtcNow());
        if (await Subjects.ReadAsync(connection, transaction, by.OrganizationId, kind, accountId, otherId, now) is not { } subjects) return new Requested(null, null);
        if (ApprovalRules.Against(kind, subjects) is { } obstacle) return new Requested(null, obstacle);
        var request = new
        {
            by.OrganizationId,
            id = Guid.CreateVersion7(now),
            subjects.Account.StorefrontId,
            kind = kind.ToString(),
            accountId,
            otherId,
            facts = JsonSerializer.Serialize(subjects.Facts()),
            reason,
            by = by.AccountId,
            byName = by.Name,
            now,
            expires = now + WaitsFor,
        };
        await connection.ExecuteAsync(ApprovalSql.ExpireOld, request, transaction);
        if (await connection.ExecuteScalarAsync<Guid?>(ApprovalSql.Request, request, transaction) is null)
            return new Requested(await connection.ExecuteScalarAsync<Guid>(ApprovalSql.OpenOne, request, transaction), null);
        await activity.AppendAsync(transaction, new Happened(by.OrganizationId, ActivityType.SUPPORT, "approval requested")
        {
            StorefrontId = subjects.Account.StorefrontId,
            AccountId = accountId,
            ContactId = subjects.Contact?.Id,
            SubjectId = request.id,
            Actor = by.Name,
            Detail = kind.ToString(),
        });
        return new Requested(request.id, null);
    }
}

/// <param name="Id">The approval that waits now. Null when it cannot be done, or a side is not there.</param>
/// <param name="Obstacle">Why it cannot be done.</param>
public sealed record Requested(Guid? Id, Obstacle? Obstacle);
