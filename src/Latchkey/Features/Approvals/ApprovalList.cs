using Dapper;
using Latchkey.Platform.Data;
using Latchkey.SignIn;

namespace Latchkey.Features.Approvals;

/// <summary>Finds approvals, and what they are about.</summary>
public sealed class ApprovalList(Database database, TimeProvider clock)
{
    public const int PageSize = 50;
    private static readonly Guid Last = new("ffffffff-ffff-ffff-ffff-ffffffffffff");

    /// <param name="organizationId">Whose.</param>
    /// <param name="state">A state, or Open or All.</param>
    /// <param name="before">The last one of the page before.</param>
    /// <param name="cancel">Cancels the reading.</param>
    /// <returns>One more than a page when there are more.</returns>
    public Task<IReadOnlyList<Approval>> PageAsync(Guid organizationId, string state, Guid? before, CancellationToken cancel) => database.ReadAsync<IReadOnlyList<Approval>>(async c =>
        (await c.QueryAsync<Approval>(new CommandDefinition(ApprovalSql.List,
            new { OrganizationId = organizationId, state, before = before ?? Last, now = clock.GetUtcNow() }, cancellationToken: cancel))).AsList(), cancel);

    public Task<int> CountWaitingAsync(Guid organizationId, CancellationToken cancel) => database.ReadAsync(
        c => c.ExecuteScalarAsync<int>(new CommandDefinition(ApprovalSql.CountWaiting, new { OrganizationId = organizationId, now = clock.GetUtcNow() }, cancellationToken: cancel)), cancel);

    public Task<Approval?> FindAsync(Guid organizationId, Guid id, CancellationToken cancel) => database.ReadAsync(c => c.QuerySingleOrDefaultAsync<Approval>(
        new CommandDefinition(ApprovalSql.Find, new { OrganizationId = organizationId, id, now = clock.GetUtcNow() }, cancellationToken: cancel)), cancel);

    public Task<Subjects?> SubjectsAsync(Guid organizationId, ApprovalKind kind, Guid accountId, Guid otherId, CancellationToken cancel) =>
        database.ReadAsync(c => Subjects.ReadAsync(c, null, organizationId, kind, accountId, otherId, clock.GetUtcNow()), cancel);

    public Task<MergeRecord?> MergeAsync(Guid organizationId, Guid id, CancellationToken cancel) => database.ReadAsync(c =>
        c.QuerySingleOrDefaultAsync<MergeRecord>(new CommandDefinition(MergeSql.Find, new { OrganizationId = organizationId, id }, cancellationToken: cancel)), cancel);

    /// <summary>Accounts, or contacts, with an address: one on each storefront, or several contacts.</summary>
    public Task<IReadOnlyList<FoundSubject>> ByEmailAsync(Guid organizationId, bool contacts, EmailAddress email, CancellationToken cancel) => database.ReadAsync<IReadOnlyList<FoundSubject>>(async c =>
        (await c.QueryAsync<FoundSubject>(new CommandDefinition(contacts ? SubjectSql.ContactsByEmail : SubjectSql.AccountsByEmail,
            new { OrganizationId = organizationId, email = email.Value }, cancellationToken: cancel))).AsList(), cancel);

    /// <summary>Whether a merge can still be undone, by its time.</summary>
    public bool IsUndoOpen(MergeRecord merge) => merge.UndoneAt is null && merge.ForgottenAt is null && merge.UndoUntil > clock.GetUtcNow();
}

public sealed record FoundSubject
{
    public required Guid Id { get; init; }
    public required string Name { get; init; }
    public required string Storefront { get; init; }
}
