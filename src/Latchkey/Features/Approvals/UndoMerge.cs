using System.Data.Common;
using Dapper;
using Latchkey.Features.Approvals.Mails;
using Latchkey.Platform.Data;
using Latchkey.Platform.Mail;
using Latchkey.Platform.Staff;
using Latchkey.Platform.Tenancy;
using Latchkey.SignIn;

namespace Latchkey.Features.Approvals;

/// <summary>Makes two accounts of one again, within 30 days and as long as nothing happened to either that stands against it.</summary>
public sealed class UndoMerge(Database database, StorefrontDirectory storefronts, Accounts accounts, ApprovalEvents events, Outbox outbox, TimeProvider clock)
{
    public async Task<Decided> RunAsync(StaffUser by, Guid id, CancellationToken cancel)
    {
        if (!by.May(Permission.Support)) return new(Outcome.NotYours);
        var found = await database.ReadAsync(c => FindAsync(c, null, by, id), cancel);
        if (found is null || await storefronts.ByKeyAsync(new(by.OrganizationId, found.StorefrontId), cancel) is not { } storefront) return new(Outcome.Unknown);
        var mails = EnqueuedMails.None;
        var decided = await database.WriteAsync(async t =>
        {
            (var outcome, mails) = await UndoAsync(t, by, storefront, id);
            return outcome;
        }, cancel);
        outbox.Announce(mails);
        return decided;
    }

    private async Task<(Decided, EnqueuedMails)> UndoAsync(DbTransaction transaction, StaffUser by, Storefront storefront, Guid id)
    {
        var (connection, now) = (transaction.Connection!, clock.GetUtcNow());
        await connection.ExecuteAsync(MergeSql.Hold, new { by.OrganizationId, id }, transaction);
        var merge = (await FindAsync(connection, transaction, by, id))!;
        if (merge.UndoneAt is not null) return (new Decided(Outcome.Over), EnqueuedMails.None);
        if (merge.ForgottenAt is not null || merge.UndoUntil <= now) return (new Decided(Outcome.TooLate), EnqueuedMails.None);
        var parts = merge.Parts;
        if (await Subjects.ReadAsync(connection, transaction, by.OrganizationId, ApprovalKind.Merge, merge.FromId, merge.IntoId, now) is not { } of)
            return (new Decided(Outcome.Changed), EnqueuedMails.None);
        var followers = await connection.QueryAsync<Guid>(MergeSql.Followers, new { by.OrganizationId, merge.StorefrontId, account = merge.IntoId }, transaction);
        if (Changed(merge, parts, of, [.. followers]) is { Count: > 0 } changed) return (new Decided(Outcome.Changed) { Changed = changed }, EnqueuedMails.None);
        if (!await accounts.UnmergeAsync(transaction, storefront.Key, merge.FromId, merge.IntoId, parts.Email, parts.Followers)) return (new Decided(Outcome.Changed), EnqueuedMails.None);
        await connection.ExecuteScalarAsync<Guid?>(MergeSql.Undo, new { by.OrganizationId, id, byName = by.Name, now }, transaction);
        foreach (var link in parts.Links)
            await connection.ExecuteAsync(MergeSql.GiveBack,
                new { by.OrganizationId, from = merge.FromId, into = merge.IntoId, link.ContactId, link.LinkedAt, link.LinkedBy, link.Shared }, transaction);
        await events.UndoneAsync(transaction, by, merge);
        return (new Decided(Outcome.Done), await outbox.EnqueueAsync(transaction, MailLane.SignIn, ApprovalMail.About(storefront, ApprovalKind.Merge, MailStage.Undone, of, now)));
    }

    /// <summary>What stands against it. A contact that was linked or unlinked by hand since is somebody's decision, which an undo must not overrun.</summary>
    private static List<string> Changed(MergeRecord merge, MergedParts parts, Subjects of, HashSet<Guid> followers)
    {
        var changed = new List<string>();
        if (of.Account.State != "merged" || of.Account.MergedInto != merge.IntoId) changed.Add("account.state");
        if (of.Account.Email != parts.Email) changed.Add("account.email");
        if (of.Other!.State != "proven") changed.Add("other.state");
        if (of.Account.Contacts.Count > 0 || parts.Links.Any(l => of.Other.Contacts.All(c => c.Id != l.ContactId))) changed.Add("other.contacts");
        if (parts.Followers.Any(f => !followers.Contains(f))) changed.Add("account.merged");
        return changed;
    }

    private static Task<MergeRecord?> FindAsync(DbConnection connection, DbTransaction? transaction, StaffUser by, Guid id) =>
        connection.QuerySingleOrDefaultAsync<MergeRecord>(MergeSql.Find, new { by.OrganizationId, id }, transaction);
}
