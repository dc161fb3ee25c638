using Latchkey.Features.Layouts;
using Latchkey.Features.Payments;
using Latchkey.Platform.Staff;
using Latchkey.Platform.Web;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Localization;

namespace Latchkey.Features.Approvals.Console;

/// <summary>What waits for a second person, and what came of the rest.</summary>
public sealed class ApprovalsPageModel(ApprovalList approvals, ListPayments payments, ApprovalWords words, IStringLocalizer<Texts> l) : PageModel
{
    public IReadOnlyList<(string State, string Label)> States =>
    [
        ("Open", l["Waiting"]), ("Done", words.State(ApprovalState.Done).Word), ("Rejected", words.State(ApprovalState.Rejected).Word),
        ("Expired", words.State(ApprovalState.Expired).Word), ("All", l["All"]),
    ];

    public string State { get; private set; } = "Open";
    public IReadOnlyList<Approval> Rows { get; private set; } = [];
    /// <summary>Above the limit: any other manager or owner approves them, on the page of the invoice.</summary>
    public IReadOnlyList<WaitingRefund> Refunds { get; private set; } = [];
    public PagerLinks Pager { get; private set; } = new(null, null);

    /// <summary>Both sides as they were when it was asked for.</summary>
    public string Customer(Approval approval)
    {
        var facts = approval.KnownFacts;
        string? second = facts.GetValueOrDefault("other.email") ?? facts.GetValueOrDefault("contact.name");
        return second is null ? facts["account.email"]! : $"{facts["account.email"]} → {second}";
    }

    public async Task OnGetAsync(CancellationToken cancel)
    {
        string asked = Request.Query["state"].ToString();
        if (States.Any(s => s.State == asked)) State = asked;
        var after = Request.Query.ReadId("after");
        var page = await approvals.PageAsync(HttpContext.Staff().OrganizationId, State, after, cancel);
        Rows = [.. page.Take(ApprovalList.PageSize)];
        if (State == "Open" && after is null) Refunds = await payments.WaitingRefundsAsync(HttpContext.Staff().OrganizationId, cancel);
        Pager = new(after is null ? null : At(null), page.Count > Rows.Count ? At(Rows[^1].Id) : null);
    }

    private string At(Guid? after) => ListAddress.Of("/console/approvals", ("state", State), ("after", after?.ToString()));
}
