using Latchkey.Features.Layouts;
using Latchkey.Platform.Data;
using Latchkey.Platform.Staff;
using Latchkey.Platform.Web;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Localization;

namespace Latchkey.Features.Subscriptions.Console;

/// <summary>Starts a rental, subscription or membership for a contact.</summary>
[Needs(Permission.Act)]
public sealed class NewSubscriptionPageModel(StartSubscription start, TimeProvider clock, IStringLocalizer<Texts> l) : PageModel
{
    private const int MostDays = 366;

    public Startable Contact { get; private set; } = null!;
    public Guid? TypeId { get; private set; }
    public string Typed { get; private set; } = "";
    public string? Problem { get; private set; }
    private DateOnly Today => DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime);

    public async Task<IActionResult> OnGetAsync(CancellationToken cancel)
    {
        Typed = IsoDay.Of(Today);
        return await FindAsync(cancel) ? Page() : NotFound();
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancel)
    {
        if (!await FindAsync(cancel)) return NotFound();
        var form = await Request.ReadPlainFormAsync(cancel);
        (TypeId, Typed) = (Guid.TryParse(form["type"], out var id) ? id : null, form["starts_on"].ToString());
        if (Contact.Types.FirstOrDefault(t => t.Id == TypeId) is not { } type) return Refuse(l["Choose what to start."]);
        if (IsoDay.TryRead(Typed) is not { } day || Math.Abs(day.DayNumber - Today.DayNumber) > MostDays) return Refuse(l["Choose a day not more than a year away."]);
        return await start.RunAsync(Contact, type, day, HttpContext.Staff().Name, cancel) is { } started
            ? Redirect($"/console/subscriptions/{started}?done=started")
            : Refuse(l["No unit of that type is free any more. Choose another."]);
    }

    private async Task<bool> FindAsync(CancellationToken cancel)
    {
        Contact = (Request.Query.ReadId("contact") is { } id ? await start.FindAsync(HttpContext.Staff().OrganizationId, id, cancel) : null)!;
        return Contact is not null;
    }

    private PageResult Refuse(string problem)
    {
        (Problem, Response.StatusCode) = (problem, StatusCodes.Status400BadRequest);
        return Page();
    }
}
