using System.Text;
using Latchkey.Features.Contacts.Import;
using Latchkey.Features.Layouts;
using Latchkey.Platform.Csv;
using Latchkey.Platform.Staff;
using Latchkey.Platform.Tenancy;
using Latchkey.Platform.Web;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Localization;

namespace Latchkey.Features.ImportJobs.Console;

/// <summary>The imports so far, and the way to a new one.</summary>
[RequestSizeLimit(MostInRequest)]
internal sealed class ImportsPageModel(FindImports imports, UploadImport upload, StorefrontDirectory storefronts, IStringLocalizer<Texts> l) : PageModel
{
    /// <summary>Twice what a file may have: one that is somewhat too large is then told so on the page.</summary>
    private const int MostInRequest = 2 * ImportFiles.MostBytes;

    public IReadOnlyList<ImportJob> Imports { get; private set; } = [];
    public IReadOnlyList<Storefront> Storefronts { get; private set; } = [];
    public PagerLinks Pager { get; private set; } = new(null, null);
    public string? Problem { get; private set; }
    public string? Chosen { get; private set; }
    public string Pasted { get; private set; } = "";

    public Task<IActionResult> OnGetAsync() => ShowAsync(null);

    public async Task<IActionResult> OnGetTemplateAsync(CancellationToken cancel)
    {
        var sold = (await storefronts.OfOrganizationAsync(HttpContext.Staff().OrganizationId, cancel)).Select(s => s.Vocabulary).ToList();
        return new CsvDownload("import-template.csv", (writer, stop) => writer.WriteAsync(ImportTemplate.Of(l, sold).AsMemory(), stop));
    }

    /// <summary>Without parameters: binding them would read the form, and keep the file in memory.</summary>
    public async Task<IActionResult> OnPostAsync()
    {
        var cancel = HttpContext.RequestAborted;
        if (await Request.ReadUploadAsync(cancel) is not { } form) return await ShowAsync(l["The file is larger than {0} MB. Split it; each part needs the header line.", ImportFiles.MostBytes / 1024 / 1024]);
        (Chosen, Pasted) = (form["storefront"], form["rows"].ToString());
        var staff = HttpContext.Staff();
        var storefront = (await storefronts.OfOrganizationAsync(staff.OrganizationId, cancel)).FirstOrDefault(s => s.Id.ToString() == Chosen);
        if (storefront is null) return await ShowAsync(l["Choose a storefront."]);
        var file = form.Files.GetFile("file");
        bool isPasted = !string.IsNullOrWhiteSpace(Pasted);
        if (file is null && !isPasted) return await ShowAsync(l["Choose a file, or paste rows."]);
        if (file is not null && isPasted) return await ShowAsync(l["Choose a file or paste rows, not both."]);
        try
        {
            var stream = file?.OpenReadStream() ?? new MemoryStream(Encoding.UTF8.GetBytes(Pasted));
            await using (stream) return Redirect($"/console/import/{await upload.RunAsync(storefront, file?.FileName ?? l["Pasted rows"], stream, staff.Name, cancel)}");
        }
        catch (ImportRefusedException e)
        {
            return await ShowAsync(ImportProblems.Of(l, e));
        }
    }

    private async Task<IActionResult> ShowAsync(string? problem)
    {
        Problem = problem;
        if (problem is not null) Response.StatusCode = StatusCodes.Status400BadRequest;
        var organization = HttpContext.Staff().OrganizationId;
        var before = Request.Query.ReadId("after");
        var page = await imports.PageAsync(organization, before, HttpContext.RequestAborted);
        Imports = [.. page.Take(FindImports.PageSize)];
        Pager = new(before is null ? null : "/console/import", page.Count > Imports.Count ? $"/console/import?after={Imports[^1].Id}" : null);
        Storefronts = await storefronts.OfOrganizationAsync(organization, HttpContext.RequestAborted);
        return Page();
    }
}
