using Latchkey.Features.Facilities;
using Latchkey.Platform.Staff;
using Latchkey.Platform.Tenancy;
using Latchkey.Platform.Web;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Localization;

namespace Latchkey.Features.ImportJobs.Console;

/// <summary>One import: which column is what, what would happen, how far it is, what came of it, and its undoing.</summary>
internal sealed class ImportPageModel(
    FindImports imports, DecideImport decide, StorefrontDirectory storefronts, FacilitiesOfOrganization facilities, TimeProvider clock, IStringLocalizer<Texts> l) : PageModel
{
    public const int MostShown = 50;

    public ImportJob Import { get; private set; } = null!;
    public Storefront Storefront { get; private set; } = null!;
    public ImportSample Sample { get; private set; } = new([], []);
    public MappingForm Form { get; private set; } = null!;
    public IReadOnlyList<string> Facilities { get; private set; } = [];
    public IReadOnlyList<BadImportRow> Bad { get; private set; } = [];
    public IReadOnlyList<KeptContact> Kept { get; private set; } = [];
    public UndoCounts? Undone { get; private set; }
    public bool ShowsMapping { get; private set; }
    public bool MayAct => HttpContext.Staff().May(Permission.Act);
    public bool CanBeUndone => Import.State is ImportState.Done or ImportState.Stopped && Import.EndedAt > clock.GetUtcNow() - DecideImport.UndoableFor;
    public string Address => $"/console/import/{Import.Id}";

    public async Task<IActionResult> OnGetAsync(Guid id, CancellationToken cancel) => await FindAsync(id, cancel) ? await ShowAsync(cancel) : NotFound();

    /// <summary>The bar alone, for the page to renew it.</summary>
    public async Task<IActionResult> OnGetProgressAsync(Guid id, CancellationToken cancel)
    {
        if (!await FindAsync(id, cancel)) return NotFound();
        if (!Import.IsUnderWay) Response.Headers["Latchkey-Live"] = "over";
        return Partial("/Features/ImportJobs/Console/ImportProgress.cshtml", Import);
    }

    public async Task<IActionResult> OnGetErrorsAsync(Guid id, CancellationToken cancel) => await FindAsync(id, cancel)
        ? new CsvDownload("import-errors.csv", (writer, stop) => imports.WriteBadRowsAsync(Import, writer, p => ImportProblems.Of(l, p), stop))
        : NotFound();

    public async Task<IActionResult> OnPostCheckAsync(Guid id, CancellationToken cancel)
    {
        if (!await FindAsync(id, cancel)) return NotFound();
        var form = await Request.ReadPlainFormAsync(cancel);
        if (Form.Read(form, Sample, Facilities, l) is { } options) return await StepAsync(ImportStep.Check, cancel, options);
        Response.StatusCode = StatusCodes.Status400BadRequest;
        ShowsMapping = true;
        return Page();
    }

    public async Task<IActionResult> OnPostRunAsync(Guid id, CancellationToken cancel) => await FindAsync(id, cancel) ? await StepAsync(ImportStep.Run, cancel) : NotFound();

    public async Task<IActionResult> OnPostStopAsync(Guid id, CancellationToken cancel) => await FindAsync(id, cancel) ? await StepAsync(ImportStep.Stop, cancel) : NotFound();

    public async Task<IActionResult> OnPostUndoAsync(Guid id, CancellationToken cancel) => await FindAsync(id, cancel) ? await StepAsync(ImportStep.Undo, cancel) : NotFound();

    public async Task<IActionResult> OnPostRemoveAsync(Guid id, CancellationToken cancel)
    {
        if (!await FindAsync(id, cancel)) return NotFound();
        await StepAsync(ImportStep.Remove, cancel);
        return Redirect("/console/import");
    }

    /// <summary>One that comes too late changes nothing: the page shows how it stands.</summary>
    private async Task<IActionResult> StepAsync(ImportStep step, CancellationToken cancel, Contacts.Import.ImportOptions? options = null)
    {
        await decide.RunAsync(Import.OrganizationId, Import.Id, step, options, HttpContext.Staff().Name, cancel);
        return Redirect(Address);
    }

    private async Task<bool> FindAsync(Guid id, CancellationToken cancel)
    {
        var organization = HttpContext.Staff().OrganizationId;
        if (await imports.RunAsync(organization, id, cancel) is not { } import) return false;
        Import = import;
        Storefront = (await storefronts.ByKeyAsync(new(organization, import.StorefrontId), cancel))!;
        Sample = imports.SampleOf(import);
        Form = new MappingForm(Sample, import.Chosen);
        Facilities = [.. (await facilities.ListAsync(organization, cancel)).Where(f => f.StorefrontId == import.StorefrontId).Select(f => f.Name)];
        return true;
    }

    private async Task<IActionResult> ShowAsync(CancellationToken cancel)
    {
        ShowsMapping = MayAct && (Import.State == ImportState.Uploaded || (Import.State == ImportState.Checked && Request.Query["map"] == "again"));
        if (Import.Counted.Bad > 0 && !ShowsMapping) Bad = await imports.BadRowsAsync(Import, 0, MostShown, cancel);
        if (Import.State != ImportState.Undone) return Page();
        Undone = await imports.UndoneAsync(Import, cancel);
        Kept = await imports.KeptAsync(Import, MostShown, cancel);
        return Page();
    }
}
