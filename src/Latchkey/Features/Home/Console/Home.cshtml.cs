using Latchkey.Features.Emails;
using Latchkey.Platform.Staff;
using Latchkey.Platform.Web;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Localization;

namespace Latchkey.Features.Home.Console;

/// <summary>The first page of the console: who cannot get in, then what waits.</summary>
internal sealed class HomeModel(WaitingWork work, IStringLocalizer<Texts> l) : PageModel
{
    public string FirstName => HttpContext.Staff().Name.Split(' ')[0];

    public IReadOnlyList<WaitingTile> Tiles { get; private set; } = [];

    public async Task OnGetAsync(CancellationToken cancel)
    {
        var (mails, approvals, imports) = await work.RunAsync(HttpContext.Staff().OrganizationId, cancel);
        string failed = mails >= FindMails.MostFailed ? $"{FindMails.MostFailed:N0}+" : mails.ToString("N0", System.Globalization.CultureInfo.CurrentCulture);
        Tiles =
        [
            new("mail", "/console/emails?status=Failed&period=Day", failed, mails == 0, l["Mails that failed in the last 24 hours"]),
            new("approve", "/console/approvals", $"{approvals:N0}", approvals == 0, l["Approvals that wait"]),
            new("upload", "/console/import", $"{imports:N0}", imports == 0, l["Imports under way"]),
        ];
    }
}

/// <param name="Icon">Its picture.</param>
/// <param name="Address">Where it leads.</param>
/// <param name="Number">How many.</param>
/// <param name="IsNone">Nothing to look at.</param>
/// <param name="Label">Of what.</param>
internal sealed record WaitingTile(string Icon, string Address, string Number, bool IsNone, string Label);
