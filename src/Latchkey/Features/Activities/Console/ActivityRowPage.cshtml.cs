using Latchkey.Features.Emails;
using Latchkey.Features.Layouts;
using Latchkey.Platform.Staff;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Latchkey.Features.Activities.Console;

/// <summary>One row of the log: what changed, and what else belongs to it.</summary>
public sealed class ActivityRowPageModel(FindActivity findActivity, FindMails findMails) : PageModel
{
    private const int MostTogether = 20;

    public LoggedActivity Row { get; private set; } = null!;
    /// <summary>The mail it is about, or those of the sign-in request it is about.</summary>
    public IReadOnlyList<ListedMail> Mails { get; private set; } = [];
    public IReadOnlyList<LoggedActivity> Together { get; private set; } = [];

    public async Task<IActionResult> OnGetAsync(Guid id, CancellationToken cancel)
    {
        var organization = HttpContext.Staff().OrganizationId;
        if (await findActivity.ReadAsync(organization, id, cancel) is not { } row) return NotFound();
        Row = row;
        if (row.SubjectId is not { } subject) return Page();
        Mails = await findMails.OfSubjectAsync(organization, subject, cancel);
        var together = await findActivity.RunAsync(organization, new ActivityFilter { SubjectId = subject, Period = ListPeriod.Any }, cancel, MostTogether);
        Together = [.. together.Rows.Where(r => r.Id != id)];
        return Page();
    }
}
