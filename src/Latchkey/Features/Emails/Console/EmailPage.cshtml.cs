using Latchkey.Platform.Staff;
using Latchkey.Platform.Web;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Localization;

namespace Latchkey.Features.Emails.Console;

/// <summary>One mail or text: what became of it, what it said, and sending it again.</summary>
public sealed class EmailPageModel(ReadMail readMail, ResendMail resendMail, IStringLocalizer<Texts> l) : PageModel
{
    /// <summary>As every page, and one frame of our own.</summary>
    private const string PagePolicy = "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; frame-src 'self'; " +
        "form-action 'self'; base-uri 'none'; object-src 'none'; frame-ancestors 'none'";

    /// <summary>In the frame nothing runs, nothing loads, and no link leads anywhere: the words may hold what a stranger typed.</summary>
    private const string MailPolicy = "default-src 'none'; style-src 'unsafe-inline'; form-action 'none'; base-uri 'none'; frame-ancestors 'self'; sandbox";

    public OpenMail Mail { get; private set; } = null!;
    public string? Problem { get; private set; }

    public string? Notice => Request.Query["done"].ToString() switch
    {
        "resent" => l["It is on its way again."].Value,
        "link" => l["A new sign-in link is on its way, to the address of the account."].Value,
        _ => null,
    };

    public Task<IActionResult> OnGetAsync(Guid id, CancellationToken cancel) => ShowAsync(id, null, cancel);

    /// <summary>The HTML part, for the frame.</summary>
    public async Task<IActionResult> OnGetHtmlAsync(Guid id, CancellationToken cancel)
    {
        if (await readMail.HtmlAsync(HttpContext.Staff().OrganizationId, id, cancel) is not { } html) return NotFound();
        Response.Headers.ContentSecurityPolicy = MailPolicy;
        return Content(html, "text/html; charset=utf-8");
    }

    public async Task<IActionResult> OnPostResendAsync(Guid id, CancellationToken cancel)
    {
        var staff = HttpContext.Staff();
        var answer = await resendMail.RunAsync(staff.OrganizationId, id, staff.Name, cancel);
        return answer.Outcome switch
        {
            ResendOutcome.Sent => Redirect(answer.MailId is { } again ? $"/console/emails/{again}?done=resent" : $"/console/emails/{id}?done=link"),
            ResendOutcome.Unknown => NotFound(),
            ResendOutcome.Waiting => await ShowAsync(id, l["It has not left yet. It is tried again by itself."], cancel),
            ResendOutcome.Suppressed => await ShowAsync(id, l["Nothing is sent to this address. Correct the address, or lift the block under Blocked addresses."], cancel),
            ResendOutcome.NoContact => await ShowAsync(id, l["No contact belongs to this address here. Ask Support to link one."], cancel),
            ResendOutcome.NoAddress => await ShowAsync(id, l["The contact has no address that mail can reach. Correct it on the contact first."], cancel),
            ResendOutcome.AccountClosed => await ShowAsync(id, l["The account is disabled or merged, so it gets no link."], cancel),
            ResendOutcome.Limited => await ShowAsync(id, l["There were enough mails to this address for now. Try again after {0}.", Dates.Moment(answer.AgainAt!.Value)], cancel),
            ResendOutcome.Over => await ShowAsync(id, l["What this mail says no longer holds. Send a sign-in link instead."], cancel),
        };
    }

    private async Task<IActionResult> ShowAsync(Guid id, string? problem, CancellationToken cancel)
    {
        if (await readMail.RunAsync(HttpContext.Staff().OrganizationId, id, cancel) is not { } mail) return NotFound();
        (Mail, Problem) = (mail, problem);
        if (problem is not null) Response.StatusCode = StatusCodes.Status409Conflict;
        Response.Headers.ContentSecurityPolicy = PagePolicy;
        return Page();
    }
}
