using Latchkey.Features.Layouts;
using Latchkey.Platform.Staff;
using Latchkey.Platform.Web;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Localization;

namespace Latchkey.Features.Units.Console;

/// <summary>One type: what it costs, and its units.</summary>
public sealed class TypePageModel(Stock stock, ChangeStock change, IStringLocalizer<Texts> l) : PageModel
{
    public StockType Type { get; private set; } = null!;
    public TypeForm Form { get; private set; } = new();
    public string TypedNumbers { get; private set; } = "";
    public string? Problem { get; private set; }
    public IReadOnlyList<StockUnit> Units { get; private set; } = [];
    public PagerLinks Pager { get; private set; } = new(null, null);
    public bool MayAct => HttpContext.Staff().May(Permission.Act);
    private Guid Organization => HttpContext.Staff().OrganizationId;

    public string? Notice => Request.Query["done"].ToString() switch
    {
        "saved" => l["Your changes are saved."].Value,
        "added" => l["The units are added."].Value,
        "state" => l["The state of the unit is changed."].Value,
        _ => null,
    };

    public Task<IActionResult> OnGetAsync(Guid id, CancellationToken cancel) => ShowAsync(id, null, cancel);

    public async Task<IActionResult> OnPostAsync(Guid id, CancellationToken cancel)
    {
        if (await stock.FindAsync(Organization, id, cancel) is not { } type) return NotFound();
        var form = TypeForm.Of(await Request.ReadPlainFormAsync(cancel));
        if (form.Read(l, type.Currency) is not { } edit) return await ShowAsync(id, form.Problem, cancel, form);
        await change.RunAsync(Organization, type, edit, HttpContext.Staff().Name, cancel);
        return Redirect($"/console/unit-types/{id}?done=saved");
    }

    public async Task<IActionResult> OnPostAddAsync(Guid id, CancellationToken cancel)
    {
        if (await stock.FindAsync(Organization, id, cancel) is not { HasUnits: true }) return NotFound();
        TypedNumbers = (await Request.ReadPlainFormAsync(cancel))["numbers"].ToString();
        if (UnitNumbers.Read(TypedNumbers) is not { } numbers) return await ShowAsync(id, l["Type numbers of at most 20 characters, 200 at once: A15, A17-A20."], cancel);
        return await change.AddUnitsAsync(Organization, id, numbers, HttpContext.Staff().Name, cancel) > 0
            ? Redirect($"/console/unit-types/{id}?done=added")
            : await ShowAsync(id, l["The facility has units with these numbers already."], cancel);
    }

    public Task<IActionResult> OnPostCloseAsync(Guid id, CancellationToken cancel) => SetStateAsync(id, inService: false, cancel);

    public Task<IActionResult> OnPostOpenAsync(Guid id, CancellationToken cancel) => SetStateAsync(id, inService: true, cancel);

    private async Task<IActionResult> SetStateAsync(Guid id, bool inService, CancellationToken cancel)
    {
        if (await stock.FindAsync(Organization, id, cancel) is null || !Guid.TryParse((await Request.ReadPlainFormAsync(cancel))["unit"], out var unit)) return NotFound();
        return await change.SetStateAsync(Organization, id, unit, inService, HttpContext.Staff().Name, cancel)
            ? Redirect($"/console/unit-types/{id}?done=state")
            : await ShowAsync(id, l["That unit is rented, held, or changed meanwhile. Look at the list again."], cancel);
    }

    private async Task<IActionResult> ShowAsync(Guid id, string? problem, CancellationToken cancel, TypeForm? form = null)
    {
        if (await stock.FindAsync(Organization, id, cancel) is not { } type) return NotFound();
        (Type, Form, Problem) = (type, form ?? TypeForm.Of(type), form is null ? problem : null);
        if (problem is not null) Response.StatusCode = StatusCodes.Status400BadRequest;
        string after = Request.Query.ReadText("after"), here = $"/console/unit-types/{id}";
        var units = await stock.UnitsAsync(Organization, id, after, cancel);
        Units = [.. units.Take(Stock.PageSize)];
        Pager = new(after.Length == 0 ? null : here, units.Count > Stock.PageSize ? ListAddress.Of(here, ("after", Units[^1].Number)) : null);
        return Page();
    }
}
