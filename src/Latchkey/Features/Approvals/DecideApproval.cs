using System.Data.Common;
using Dapper;
using Latchkey.Features.Approvals.Mails;
using Latchkey.Platform.Data;
using Latchkey.Platform.Mail;
using Latchkey.Platform.Staff;
using Latchkey.Platform.Tenancy;

namespace Latchkey.Features.Approvals;

/// <summary>
/// The second person's word. An approved action is carried out in the transaction of the decision; a take-over waits a day first and is
/// carried out by a second decision. Whoever asked and whoever decides are checked once more at that moment.
/// </summary>
public sealed class DecideApproval(Database database, StorefrontDirectory storefronts, CarryOut carryOut, ApprovalEvents events, Outbox outbox, TimeProvider clock)
{
    /// <summary>SECURITY 142h: the old mailbox has a day to object before an address changes hands.</summary>
    public static readonly TimeSpan TakeOverWaits = TimeSpan.FromHours(24);

    public async Task<Decided> RunAsync(StaffUser by, Guid id, Decision decision, string? note, CancellationToken cancel)
    {
        var found = await database.ReadAsync(c => FindAsync(c, null, by, id, clock.GetUtcNow()), cancel);
        if (found is null || await storefronts.ByKeyAsync(new(by.OrganizationId, found.StorefrontId), cancel) is not { } storefront) return new(Outcome.Unknown);
        var mails = EnqueuedMails.None;
        var decided = await database.WriteAsync(async t =>
        {
            (var outcome, mails) = await DecideAsync(t, by, storefront, id, decision, note);
            return outcome;
        }, cancel);
        outbox.Announce(mails);
        return decided;
    }

    private async Task<(Decided, EnqueuedMails)> DecideAsync(DbTransaction transaction, StaffUser by, Storefront storefront, Guid id, Decision decision, string? note)
    {
        var (connection, now) = (transaction.Connection!, clock.GetUtcNow());
        await connection.ExecuteAsync(ApprovalSql.Hold, new { by.OrganizationId, id }, transaction);
        if (await FindAsync(connection, transaction, by, id, now) is not { } approval) return Refused(Outcome.Unknown);
        if (!approval.IsOpen) return Refused(Outcome.Over);
        var role = await RoleAsync(transaction, by.OrganizationId, by.AccountId);
        if (decision == Decision.Reject)
        {
            bool mayStop = role == StaffRole.Support || role?.May(Permission.Act) == true && (approval.RequestedBy == by.AccountId || approval.State == ApprovalState.Approved);
            return mayStop ? await SettleAsync(transaction, by, storefront, approval, ApprovalState.Rejected, note, null, now) : Refused(Outcome.NotYours);
        }
        if (role != StaffRole.Support) return Refused(Outcome.NotYours);
        if (approval.RequestedBy == by.AccountId) return Refused(Outcome.Own);
        if (await RoleAsync(transaction, by.OrganizationId, approval.RequestedBy) is not { } asker || !asker.May(Permission.Act)) return Refused(Outcome.AskerLeft);
        if (approval.State == ApprovalState.Approved && approval.DueAt > now) return Refused(Outcome.TooEarly);

        if (await Subjects.ReadAsync(connection, transaction, by.OrganizationId, approval.Kind, approval.AccountId, approval.OtherId, now) is not { } subjects) return Refused(Outcome.Changed);
        if (Subjects.Changed(approval.KnownFacts, subjects.Facts()) is { Count: > 0 } changed) return (new Decided(Outcome.Changed) { Changed = changed }, EnqueuedMails.None);
        if (ApprovalRules.Against(approval.Kind, subjects) is { } obstacle) return (new Decided(Outcome.Impossible) { Obstacle = obstacle }, EnqueuedMails.None);

        bool waits = approval is { Kind: ApprovalKind.TakeOver, State: ApprovalState.Requested };
        if (!waits && !await carryOut.RunAsync(transaction, storefront, approval, subjects)) return Refused(Outcome.Changed);
        return await SettleAsync(transaction, by, storefront, approval, waits ? ApprovalState.Approved : ApprovalState.Done, note, subjects, now);
    }

    private async Task<(Decided, EnqueuedMails)> SettleAsync(
        DbTransaction transaction, StaffUser by, Storefront storefront, Approval approval, ApprovalState next, string? note, Subjects? of, DateTimeOffset now)
    {
        bool waits = next == ApprovalState.Approved;
        var settled = await transaction.Connection!.ExecuteScalarAsync<Guid?>(approval.State == ApprovalState.Approved ? ApprovalSql.Finish : ApprovalSql.Decide, new
        {
            by.OrganizationId,
            id = approval.Id,
            next = next.ToString(),
            by = by.AccountId,
            byName = by.Name,
            now,
            note,
            due = waits ? now + TakeOverWaits : (DateTimeOffset?)null,
            expires = waits ? now + TakeOverWaits + RequestApproval.WaitsFor : approval.ExpiresAt,
            done = next == ApprovalState.Done ? now : (DateTimeOffset?)null,
            doneBy = next == ApprovalState.Done ? by.Name : null,
        }, transaction);
        // Held since the beginning, so nobody can have come between: if somebody did, nothing of this may stay.
        if (settled is null) throw new InvalidOperationException("The approval changed although it was held.");
        await events.AppendAsync(transaction, by, approval, next, of);
        var mails = of is null || next == ApprovalState.Rejected ? [] : ApprovalMail.About(storefront, approval.Kind, waits ? MailStage.Announced : MailStage.Done, of, now);
        var written = mails.Count == 0 ? EnqueuedMails.None : await outbox.EnqueueAsync(transaction, MailLane.SignIn, mails);
        return (new Decided(next switch
        {
            ApprovalState.Approved => Outcome.Waits,
            ApprovalState.Rejected => Outcome.Rejected,
            _ => Outcome.Done,
        }), written);
    }

    private static Task<Approval?> FindAsync(DbConnection connection, DbTransaction? transaction, StaffUser by, Guid id, DateTimeOffset now) =>
        connection.QuerySingleOrDefaultAsync<Approval>(ApprovalSql.Find, new { by.OrganizationId, id, now }, transaction);

    private async Task<StaffRole?> RoleAsync(DbTransaction transaction, Guid organizationId, Guid accountId)
    {
        var roles = (await transaction.Connection!.QueryAsync<string>(ApprovalSql.Roles, new
        {
            OrganizationId = organizationId,
            accountId,
            installation = ConsoleRealm.Installation,
            invitedAfter = clock.GetUtcNow() - StaffMembers.InvitationLifetime,
        }, transaction)).Select(Enum.Parse<StaffRole>).ToList();
        return roles.Count == 0 ? null : roles.Max();
    }

    private static (Decided, EnqueuedMails) Refused(Outcome outcome) => (new Decided(outcome), EnqueuedMails.None);
}
