using Latchkey.Platform.Staff;
using Latchkey.Platform.Web;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Localization;

namespace Latchkey.Features.Units.Console;

/// <summary>What can be taken along at a facility.</summary>
public sealed class OptionsPageModel(Stock stock, ChangeOptions change, IStringLocalizer<Texts> l) : PageModel
{
    public StockFacility Facility { get; private set; } = null!;
    public IReadOnlyList<UnitOption> Options { get; private set; } = [];
    public TypeForm Form { get; private set; } = new();
    public bool IsMonthly { get; private set; }
    public bool MayAct => HttpContext.Staff().May(Permission.Act);
    private Guid Organization => HttpContext.Staff().OrganizationId;

    public string? Notice => Request.Query["done"].ToString() switch
    {
        "added" => l["It is offered from now on."].Value,
        "changed" => l["Your changes are saved."].Value,
        _ => null,
    };

    public Task<IActionResult> OnGetAsync(Guid id, CancellationToken cancel) => ShowAsync(id, cancel);

    public async Task<IActionResult> OnPostAsync(Guid id, CancellationToken cancel)
    {
        if (await stock.FacilityAsync(Organization, id, cancel) is not { } facility) return NotFound();
        var form = await Request.ReadPlainFormAsync(cancel);
        (Form, IsMonthly) = (TypeForm.Of(form), form["monthly"].Count > 0);
        if (Form.Read(l, facility.Currency) is not { } option) return await ShowAsync(id, cancel);
        await change.AddAsync(Organization, id, option.Name, option.Price, IsMonthly, HttpContext.Staff().Name, cancel);
        return Redirect($"/console/unit-options/{id}?done=added");
    }

    public Task<IActionResult> OnPostRetireAsync(Guid id, CancellationToken cancel) => OfferAsync(id, offered: false, cancel);

    public Task<IActionResult> OnPostOfferAsync(Guid id, CancellationToken cancel) => OfferAsync(id, offered: true, cancel);

    private async Task<IActionResult> OfferAsync(Guid id, bool offered, CancellationToken cancel) =>
        Guid.TryParse((await Request.ReadPlainFormAsync(cancel))["option"], out var option) && await change.OfferAsync(Organization, id, option, offered, HttpContext.Staff().Name, cancel)
            ? Redirect($"/console/unit-options/{id}?done=changed")
            : NotFound();

    private async Task<IActionResult> ShowAsync(Guid id, CancellationToken cancel)
    {
        if (await stock.FacilityAsync(Organization, id, cancel) is not { } facility) return NotFound();
        (Facility, Options) = (facility, await change.AllAsync(Organization, id, cancel));
        if (Form.Problem is not null) Response.StatusCode = StatusCodes.Status400BadRequest;
        return Page();
    }
}
