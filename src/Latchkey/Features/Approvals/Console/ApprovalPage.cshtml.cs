using Latchkey.Platform.Staff;
using Latchkey.Platform.Web;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Localization;

namespace Latchkey.Features.Approvals.Console;

/// <summary>One approval: what would happen, the decision, and the undo of a merge. Looking decides nothing.</summary>
public sealed class ApprovalPageModel(ApprovalList approvals, DecideApproval decide, UndoMerge undo, ApprovalWords words, TimeProvider clock, IStringLocalizer<Texts> l) : PageModel
{
    public Approval Shown { get; private set; } = null!;
    public Subjects? Of { get; private set; }
    public MergeRecord? Merge { get; private set; }
    public string? Problem { get; private set; }
    /// <summary>The fields that are not as they were, in words.</summary>
    public string? Changed { get; private set; }

    public bool IsOwn => Shown.RequestedBy == HttpContext.Staff().AccountId;
    public bool MayApprove => Shown.IsOpen && !IsOwn && HttpContext.Staff().May(Permission.Support) && (Shown.State == ApprovalState.Requested || Shown.DueAt <= clock.GetUtcNow());
    public bool MayStop => Shown.IsOpen && HttpContext.Staff().May(Permission.Act) && (IsOwn || Shown.State == ApprovalState.Approved || HttpContext.Staff().May(Permission.Support));
    public bool MayUndo => Merge is not null && HttpContext.Staff().May(Permission.Support) && approvals.IsUndoOpen(Merge);

    public string? Notice => Request.Query["done"].ToString() switch
    {
        "requested" => l["It waits for somebody of Support now."].Value,
        "Done" => l["Done. The mailboxes are told."].Value,
        "Waits" => l["Approved. Both mailboxes are told, and have 24 hours to object."].Value,
        "Rejected" => l["Rejected. Nothing was changed."].Value,
        "undone" => l["The merge is undone. Both mailboxes are told."].Value,
        _ => null,
    };

    /// <summary>What both sides said then.</summary>
    public IEnumerable<(string Label, string Value)> Then
    {
        get
        {
            var facts = Shown.KnownFacts;
            yield return (words.First(Shown.Kind), facts["account.email"]!);
            if (facts.GetValueOrDefault("other.email") is { } other) yield return (words.Second(Shown.Kind)!, other);
            if (facts.GetValueOrDefault("contact.name") is { } contact) yield return (words.Second(Shown.Kind)!, contact);
        }
    }

    public async Task<IActionResult> OnGetAsync(Guid id, CancellationToken cancel) => await FindAsync(id, cancel) ? Page() : NotFound();

    [Needs(Permission.Support)]
    public Task<IActionResult> OnPostApproveAsync(Guid id, CancellationToken cancel) => DecideAsync(id, Decision.Approve, cancel);

    /// <summary>Whoever asked may withdraw it, and everybody who helps customers may stop a take-over that a mailbox objects to.</summary>
    [Needs(Permission.Act)]
    public Task<IActionResult> OnPostRejectAsync(Guid id, CancellationToken cancel) => DecideAsync(id, Decision.Reject, cancel);

    [Needs(Permission.Support)]
    public async Task<IActionResult> OnPostUndoAsync(Guid id, CancellationToken cancel) =>
        await AnswerAsync(id, await undo.RunAsync(HttpContext.Staff(), id, cancel), "undone", cancel);

    private async Task<IActionResult> DecideAsync(Guid id, Decision decision, CancellationToken cancel)
    {
        string note = (await Request.ReadPlainFormAsync(cancel))["note"].ToString().Replace("\0", "", StringComparison.Ordinal).Trim();
        if (note.Length > RequestApproval.MostReasonCharacters) return await RefuseAsync(id, l["A note has 500 characters at most."], StatusCodes.Status400BadRequest, cancel);
        var decided = await decide.RunAsync(HttpContext.Staff(), id, decision, note.Length == 0 ? null : note, cancel);
        return await AnswerAsync(id, decided, decided.Outcome.ToString(), cancel);
    }

    private async Task<IActionResult> AnswerAsync(Guid id, Decided decided, string done, CancellationToken cancel) => decided.Outcome switch
    {
        Outcome.Unknown => NotFound(),
        Outcome.Done or Outcome.Waits or Outcome.Rejected => Redirect($"/console/approvals/{id}?done={done}"),
        Outcome.NotYours => StatusCode(StatusCodes.Status403Forbidden),
        Outcome.Over or Outcome.Own or Outcome.AskerLeft or Outcome.TooEarly or Outcome.Changed or Outcome.Impossible or Outcome.TooLate =>
            await RefuseAsync(id, words.Outcome(decided), StatusCodes.Status409Conflict, cancel),
    };

    private async Task<IActionResult> RefuseAsync(Guid id, string problem, int status, CancellationToken cancel)
    {
        if (!await FindAsync(id, cancel)) return NotFound();
        Problem = problem;
        Response.StatusCode = status;
        return Page();
    }

    private async Task<bool> FindAsync(Guid id, CancellationToken cancel)
    {
        var organization = HttpContext.Staff().OrganizationId;
        if (await approvals.FindAsync(organization, id, cancel) is not { } found) return false;
        Shown = found;
        if (found.IsOpen) Of = await approvals.SubjectsAsync(organization, found.Kind, found.AccountId, found.OtherId, cancel);
        if (found is { Kind: ApprovalKind.Merge, State: ApprovalState.Done }) Merge = await approvals.MergeAsync(organization, id, cancel);
        if (Of is not null && Subjects.Changed(found.KnownFacts, Of.Facts()) is { Count: > 0 } changed) Changed = words.Fields(changed);
        return true;
    }
}
