using Latchkey.Platform.Data;
using Latchkey.Platform.Staff;
using Latchkey.Platform.Web;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Localization;

namespace Latchkey.Features.Subscriptions.Console;

/// <summary>One thing that a customer holds, and the way to end it.</summary>
public sealed class SubscriptionPageModel(EndSubscription end, IStringLocalizer<Texts> l) : PageModel
{
    public Holding Held { get; private set; } = null!;
    public string? Problem { get; private set; }
    public string Today => IsoDay.Of(end.Today);
    public string Latest => IsoDay.Of(end.Latest);
    public bool MayAct => HttpContext.Staff().May(Permission.Act);

    public string? Notice => Request.Query["done"].ToString() switch
    {
        "started" => l["It is started."].Value,
        "ended" => l["It is ended."].Value,
        "planned" => l["It ends by itself when its last day is over."].Value,
        "kept" => l["It goes on."].Value,
        _ => null,
    };

    public async Task<IActionResult> OnGetAsync(Guid id, CancellationToken cancel) => await FindAsync(id, cancel) ? Page() : NotFound();

    public async Task<IActionResult> OnPostAsync(Guid id, CancellationToken cancel)
    {
        if (!await FindAsync(id, cancel)) return NotFound();
        var form = await Request.ReadPlainFormAsync(cancel);
        if (IsoDay.TryRead(form["ended_on"]) is not { } day || day > end.Latest) return Refuse(l["Choose a day, not more than two years ahead."]);
        return await end.RunAsync(HttpContext.Staff().OrganizationId, id, day, HttpContext.Staff().Name, cancel)
            ? Redirect($"/console/subscriptions/{id}?done={(day > end.Today ? "planned" : "ended")}")
            : Refuse(l["It has ended already, or begins after that day."]);
    }

    public async Task<IActionResult> OnPostKeepAsync(Guid id, CancellationToken cancel)
    {
        if (!await FindAsync(id, cancel)) return NotFound();
        return await end.KeepAsync(HttpContext.Staff().OrganizationId, id, HttpContext.Staff().Name, cancel)
            ? Redirect($"/console/subscriptions/{id}?done=kept")
            : Refuse(l["It has ended already, or was not to end."]);
    }

    private async Task<bool> FindAsync(Guid id, CancellationToken cancel) => (Held = (await end.FindAsync(HttpContext.Staff().OrganizationId, id, cancel))!) is not null;

    private PageResult Refuse(string problem)
    {
        (Problem, Response.StatusCode) = (problem, StatusCodes.Status400BadRequest);
        return Page();
    }
}
