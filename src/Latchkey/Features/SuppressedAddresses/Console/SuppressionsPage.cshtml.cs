using Latchkey.Features.Layouts;
using Latchkey.Platform.Mail;
using Latchkey.Platform.Staff;
using Latchkey.Platform.Web;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Localization;

namespace Latchkey.Features.SuppressedAddresses.Console;

/// <summary>Addresses that nothing is sent to any more, and letting mail go there again.</summary>
internal sealed class SuppressionsPageModel(FindSuppressions findSuppressions, LiftSuppression liftSuppression, IStringLocalizer<Texts> l) : PageModel
{
    public const string Address = "/console/suppressions";

    public IReadOnlyList<SuppressedAddress> Suppressions { get; private set; } = [];
    public string Text { get; private set; } = "";
    public string? Next { get; private set; }
    public string? Problem { get; private set; }
    public bool IsFirstPage => !Request.Query.ContainsKey("after");

    public string? Notice => Request.Query["done"] == "lifted" ? l["Mail goes to that address again."].Value : null;

    public Task<IActionResult> OnGetAsync(CancellationToken cancel) => ShowAsync(null, cancel);

    public async Task<IActionResult> OnPostReactivateAsync(CancellationToken cancel)
    {
        var (form, staff) = (await Request.ReadPlainFormAsync(cancel), HttpContext.Staff());
        string channel = form["channel"] == MailChannel.Sms ? MailChannel.Sms : MailChannel.Email;
        // A NUL is no text to PostgreSQL, and in no address.
        string address = form["address"].ToString().Replace("\0", "", StringComparison.Ordinal);
        return await liftSuppression.RunAsync(staff.OrganizationId, channel, address, subject: null, staff.Name) switch
        {
            LiftOutcome.Lifted => Redirect(ListAddress.Of(Address, ("q", Request.Query.ReadText("q")), ("done", "lifted"))),
            LiftOutcome.NotSuppressed => NotFound(),
            LiftOutcome.ProviderDidNot => await ShowAsync(l["The mail provider still blocks the address, or cannot be reached. Nothing was changed. Try again later."], cancel),
        };
    }

    private async Task<IActionResult> ShowAsync(string? problem, CancellationToken cancel)
    {
        (Problem, Text) = (problem, Request.Query.ReadText("q"));
        if (problem is not null) Response.StatusCode = StatusCodes.Status409Conflict;
        string[] cursor = [.. Request.Query.ReadText("after").Split(' ', 2), "", ""];
        var found = await findSuppressions.RunAsync(HttpContext.Staff().OrganizationId, Text, (cursor[0], cursor[1]), cancel);
        Suppressions = [.. found.Take(FindSuppressions.Rows)];
        Next = found.Count > FindSuppressions.Rows ? ListAddress.Of(Address, ("q", Text), ("after", $"{Suppressions[^1].Address} {Suppressions[^1].Channel}")) : null;
        return Page();
    }
}
