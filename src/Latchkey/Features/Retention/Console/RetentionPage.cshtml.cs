using System.Globalization;
using Latchkey.Platform.Staff;
using Latchkey.Platform.Web;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Localization;

namespace Latchkey.Features.Retention.Console;

/// <summary>For how long the organization keeps what.</summary>
public sealed class RetentionPageModel(RetentionSettings settings, ChangeRetention change, IStringLocalizer<Texts> l) : PageModel
{
    public const string NoEnd = "no-end";

    public IReadOnlyDictionary<RetentionKind, int?> Kept { get; private set; } = new Dictionary<RetentionKind, int?>();
    public string? Problem { get; private set; }
    public bool WasSaved => Request.Query.ContainsKey("saved");
    public bool MayChange => HttpContext.Staff().May(Permission.Configure);

    public (string Label, string Hint) Words(RetentionKind kind) => kind switch
    {
        RetentionKind.MailContent => (l["What mails and texts said"], l["That they were sent, and whether they arrived, stays."]),
        RetentionKind.SignIns => (l["Sign-ins"], l["Links that were asked for, and sessions that are over. Without them nobody can tell why a sign-in of that time failed."]),
        RetentionKind.Activity => (l["Activity log"], l["Who did what in this console, too. At least a year."]),
        RetentionKind.Webhooks => (l["Reports of mail and payment providers"], l["What came of each mail or payment stays with it."]),
    };

    public string Days(int days) => days % 365 == 0 ? (days == 365 ? l["1 year"] : l["{0} years", days / 365]) : l["{0} days", days];

    public async Task OnGetAsync(CancellationToken cancel) => Kept = await settings.RunAsync(HttpContext.Staff().OrganizationId, cancel);

    [Needs(Permission.Configure)]
    public async Task<IActionResult> OnPostAsync(CancellationToken cancel)
    {
        var form = await Request.ReadPlainFormAsync(cancel);
        Kept = await settings.RunAsync(HttpContext.Staff().OrganizationId, cancel);
        var wanted = new Dictionary<RetentionKind, int?>();
        foreach (var kind in Enum.GetValues<RetentionKind>())
        {
            string typed = form[kind.ToString()].ToString();
            if (typed == NoEnd && kind.Default() is null) wanted[kind] = null;
            else if (int.TryParse(typed, CultureInfo.InvariantCulture, out int days) && (kind.Choices().Contains(days) || days == Kept[kind])) wanted[kind] = days;
            else Problem = l["Choose one of the periods. Nothing was saved yet."];
        }
        if (Problem is not null)
        {
            Response.StatusCode = StatusCodes.Status400BadRequest;
            return Page();
        }
        await change.RunAsync(HttpContext.Staff().OrganizationId, wanted, HttpContext.Staff().Name, cancel);
        return Redirect("/console/retention?saved");
    }
}
