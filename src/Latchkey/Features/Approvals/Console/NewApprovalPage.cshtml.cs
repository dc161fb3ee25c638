using Latchkey.Platform.Staff;
using Latchkey.Platform.Web;
using Latchkey.SignIn;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Localization;

namespace Latchkey.Features.Approvals.Console;

/// <summary>Asks for a support action: first what and whom, then what would change, then why.</summary>
[Needs(Permission.Act)]
public sealed class NewApprovalPageModel(ApprovalList approvals, RequestApproval request, ApprovalWords words, IStringLocalizer<Texts> l) : PageModel
{
    public ApprovalKind? Kind { get; private set; }
    public string Account { get; private set; } = "";
    public string With { get; private set; } = "";
    public string Reason { get; private set; } = "";
    public string? Problem { get; private set; }
    public Subjects? Of { get; private set; }
    public Guid OtherId { get; private set; }
    public bool IsPossible { get; private set; }
    /// <summary>When an address means several, one link for each.</summary>
    public IReadOnlyList<(FoundSubject Subject, string Address)> Choices { get; private set; } = [];

    public async Task<IActionResult> OnGetAsync(CancellationToken cancel)
    {
        var asked = Request.Query;
        return await ReadAsync(asked["kind"].ToString(), asked["account"].ToString(), asked["with"].ToString(), isAsked: asked["kind"] != "" && asked["account"] != "", cancel);
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancel)
    {
        var form = await Request.ReadPlainFormAsync(cancel);
        Reason = form["reason"].ToString().Replace("\0", "", StringComparison.Ordinal).Trim();
        var shown = await ReadAsync(form["kind"].ToString(), form["account"].ToString(), form["with"].ToString(), isAsked: true, cancel);
        if (Of is null || !IsPossible) return shown;
        if (Reason.Length is 0 or > RequestApproval.MostReasonCharacters) return Refuse(l["Say why, in 500 characters at most."]);
        var requested = await request.RunAsync(HttpContext.Staff(), Kind!.Value, Of.Account.Id, OtherId, Reason, cancel);
        if (requested.Id is { } id) return Redirect($"/console/approvals/{id}?done=requested");
        return requested.Obstacle is { } obstacle ? Refuse(words.Obstacle(obstacle)) : NotFound();
    }

    private async Task<IActionResult> ReadAsync(string kind, string account, string with, bool isAsked, CancellationToken cancel)
    {
        (Account, With) = (account.Trim(), with.Trim());
        if (Enum.TryParse<ApprovalKind>(kind, out var read) && Enum.IsDefined(read)) Kind = read;
        if (!isAsked) return Page();
        if (Kind is not { } chosen) return Refuse(l["Choose an action."]);
        if (await ResolveAsync(Account, isContact: false, cancel) is not { } accountId) return Answer();
        bool isOfContact = chosen is ApprovalKind.Link or ApprovalKind.Unlink;
        OtherId = accountId;
        if (chosen != ApprovalKind.Reset)
        {
            if (With.Length == 0) return Refuse(isOfContact ? l["Type the contact too."] : l["Type the other account too."]);
            if (await ResolveAsync(With, isOfContact, cancel) is not { } otherId) return Answer();
            OtherId = otherId;
        }
        Of = await approvals.SubjectsAsync(HttpContext.Staff().OrganizationId, chosen, accountId, OtherId, cancel);
        if (Of is null) return HttpMethods.IsPost(Request.Method) ? NotFound() : Refuse(l["There is no such account or contact."]);
        if (ApprovalRules.Against(chosen, Of) is { } obstacle) return Refuse(words.Obstacle(obstacle));
        IsPossible = true;
        return Page();
    }

    /// <returns>Null when it is nobody, or several: then a problem or choices are set.</returns>
    private async Task<Guid?> ResolveAsync(string typed, bool isContact, CancellationToken cancel)
    {
        if (Guid.TryParse(typed, out var id)) return id;
        if (!EmailAddress.TryRead(typed, out var email))
        {
            Problem = l["That is not one e-mail address. Type it like name@example.com."];
            return null;
        }
        var found = await approvals.ByEmailAsync(HttpContext.Staff().OrganizationId, isContact, email, cancel);
        if (found.Count == 1) return found[0].Id;
        Problem = found.Count == 0 ? isContact ? l["No contact has this address."] : l["No account has this address."] : l["Several have this address. Choose one."];
        Choices = [.. found.Select(f => (f, Link(typed, f.Id)))];
        return null;
    }

    private string Link(string typed, Guid id) =>
        $"/console/approvals/new?kind={Kind}&account={Uri.EscapeDataString(typed == Account ? id.ToString() : Account)}&with={Uri.EscapeDataString(typed == With && typed != Account ? id.ToString() : With)}";

    private PageResult Refuse(string problem)
    {
        Problem = problem;
        return Answer();
    }

    private PageResult Answer()
    {
        Response.StatusCode = StatusCodes.Status400BadRequest;
        return Page();
    }
}
