using System.Data.Common;
using Latchkey.Platform.Activity;
using Latchkey.Platform.Staff;
using Latchkey.SignIn;

namespace Latchkey.Features.Approvals;

/// <summary>What support actions leave in the activity log: who, what, before and after. Addresses only masked.</summary>
public sealed class ApprovalEvents(ActivityLog activity)
{
    public async Task AppendAsync(DbTransaction transaction, StaffUser by, Approval approval, ApprovalState next, Subjects? of)
    {
        await activity.AppendAsync(transaction, new Happened(by.OrganizationId, ActivityType.SUPPORT, Event(approval.Kind, next))
        {
            StorefrontId = approval.StorefrontId,
            AccountId = approval.AccountId,
            ContactId = of?.Contact?.Id,
            SubjectId = approval.Id,
            Actor = by.Name,
            Detail = $"requested by {approval.RequestedByName}",
            Changes = next == ApprovalState.Done ? Changes(approval.Kind, of!) : new Dictionary<string, string?[]>(StringComparer.Ordinal),
        });
        // The other account's history tells it too.
        if (next == ApprovalState.Done && of?.Other is { } other)
            await activity.AppendAsync(transaction, new Happened(by.OrganizationId, ActivityType.SUPPORT, Event(approval.Kind, next))
            {
                StorefrontId = approval.StorefrontId,
                AccountId = other.Id,
                SubjectId = approval.Id,
                Actor = by.Name,
                Detail = $"requested by {approval.RequestedByName}",
            });
    }

    public async Task UndoneAsync(DbTransaction transaction, StaffUser by, MergeRecord merge)
    {
        foreach (var account in new[] { merge.FromId, merge.IntoId })
            await activity.AppendAsync(transaction, new Happened(by.OrganizationId, ActivityType.SUPPORT, "merge undone")
            {
                StorefrontId = merge.StorefrontId,
                AccountId = account,
                SubjectId = merge.Id,
                Actor = by.Name,
                Changes = account == merge.FromId ? Change("state", "merged", "proven") : Change("contacts moved back", null, $"{merge.Parts.Links.Count}"),
            });
    }

    private static string Event(ApprovalKind kind, ApprovalState next) => next switch
    {
        ApprovalState.Rejected => "approval rejected",
        ApprovalState.Done => kind switch
        {
            ApprovalKind.Merge => "account merged",
            ApprovalKind.Reset => "account reset",
            ApprovalKind.Link => "contact linked",
            ApprovalKind.Unlink => "contact unlinked",
            ApprovalKind.TakeOver => "address taken over",
        },
        _ => "take-over approved",
    };

    private static Dictionary<string, string?[]> Changes(ApprovalKind kind, Subjects of) => kind switch
    {
        ApprovalKind.Merge => Change("state", of.Account.State, "merged"),
        ApprovalKind.Reset => Change("state", of.Account.State, "unproven"),
        ApprovalKind.Link => Change("contact", null, of.Contact!.Id.ToString()),
        ApprovalKind.Unlink => Change("contact", of.Contact!.Id.ToString(), null),
        ApprovalKind.TakeOver => Change("email", EmailAddress.Of(of.Account.Email).Masked, EmailAddress.Of(of.Other!.Email).Masked),
    };

    private static Dictionary<string, string?[]> Change(string field, string? before, string? after) =>
        new(StringComparer.Ordinal) { [field] = [before, after] };
}
