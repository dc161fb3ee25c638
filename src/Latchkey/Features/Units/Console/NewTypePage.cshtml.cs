using Latchkey.Features.Layouts;
using Latchkey.Platform.Staff;
using Latchkey.Platform.Web;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Localization;

namespace Latchkey.Features.Units.Console;

/// <summary>A new type of unit, or a plan, at a facility.</summary>
[Needs(Permission.Act)]
public sealed class NewTypePageModel(Stock stock, ChangeStock change, IStringLocalizer<Texts> l) : PageModel
{
    public StockFacility Facility { get; private set; } = null!;
    public TypeForm Form { get; private set; } = new();

    public async Task<IActionResult> OnGetAsync(CancellationToken cancel) => await FindAsync(cancel) ? Page() : NotFound();

    public async Task<IActionResult> OnPostAsync(CancellationToken cancel)
    {
        if (!await FindAsync(cancel)) return NotFound();
        Form = TypeForm.Of(await Request.ReadPlainFormAsync(cancel));
        if (Form.Read(l, Facility.Currency) is { } edit)
            return Redirect($"/console/unit-types/{await change.AddTypeAsync(HttpContext.Staff().OrganizationId, Facility.Id, edit, HttpContext.Staff().Name, cancel)}");
        Response.StatusCode = StatusCodes.Status400BadRequest;
        return Page();
    }

    private async Task<bool> FindAsync(CancellationToken cancel)
    {
        Facility = (Request.Query.ReadId("facility") is { } id ? await stock.FacilityAsync(HttpContext.Staff().OrganizationId, id, cancel) : null)!;
        return Facility is not null;
    }
}
