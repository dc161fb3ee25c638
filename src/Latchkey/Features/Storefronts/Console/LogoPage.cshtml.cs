using Latchkey.Platform.Staff;
using Latchkey.Platform.Tenancy;
using Latchkey.Platform.Web;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Localization;

namespace Latchkey.Features.Storefronts.Console;

/// <summary>The logo of a storefront.</summary>
[RequestSizeLimit(MostInRequest)]
internal sealed class LogoPageModel(StorefrontDirectory storefronts, ChangeLogo change, IStringLocalizer<Texts> l) : PageModel
{
    /// <summary>More than a logo may have: one that is too large is then told so on the page.</summary>
    private const int MostInRequest = 16 * ChangeLogo.MostBytes;
    public const int MostWords = 120;

    public Storefront Shown { get; private set; } = null!;
    public string? Problem { get; private set; }
    public string Alternative { get; private set; } = "";
    public bool WasSaved => Request.Query.ContainsKey("saved");
    public bool MayChange => HttpContext.Staff().May(Permission.Configure);

    public async Task<IActionResult> OnGetAsync(Guid id, CancellationToken cancel) => await FindAsync(id, cancel) ? Page() : NotFound();

    /// <summary>Without parameters: binding them would read the form.</summary>
    [Needs(Permission.Configure)]
    public async Task<IActionResult> OnPostAsync()
    {
        var cancel = HttpContext.RequestAborted;
        if (!Guid.TryParse(RouteData.Values["id"]?.ToString(), out var id) || !await FindAsync(id, cancel)) return NotFound();
        var form = await Request.ReadUploadAsync(cancel);
        if (form is null) return Refuse(LogoProblem.TooLarge);
        Alternative = form["alternative"].ToString().Trim();
        if (Alternative.Length is 0 or > MostWords || Alternative.Any(char.IsControl)) return Refuse(l["Say in 1 to {0} characters what the logo says. Who does not see it hears that.", MostWords]);
        byte[]? bytes = form.Files.GetFile("file") is { Length: > 0 } file ? await ReadAsync(file, cancel) : null;
        if (bytes is null && Shown.Logo is null) return Refuse(l["Choose a file."]);
        var problem = await change.RunAsync(Shown, bytes, Alternative, HttpContext.Staff().Name, cancel);
        return problem == LogoProblem.None ? Redirect($"/console/storefronts/{id}/logo?saved") : Refuse(problem);
    }

    [Needs(Permission.Configure)]
    public async Task<IActionResult> OnPostRemoveAsync(Guid id, CancellationToken cancel)
    {
        if (!await FindAsync(id, cancel)) return NotFound();
        await change.RunAsync(Shown, null, null, HttpContext.Staff().Name, cancel);
        return Redirect($"/console/storefronts/{id}/logo?saved");
    }

    private async Task<bool> FindAsync(Guid id, CancellationToken cancel)
    {
        if (await storefronts.ByKeyAsync(new(HttpContext.Staff().OrganizationId, id), cancel) is not { } found) return false;
        Shown = found;
        Alternative = found.Logo?.Alternative ?? found.Name;
        return true;
    }

    private static async Task<byte[]> ReadAsync(IFormFile file, CancellationToken cancel)
    {
        using var bytes = new MemoryStream();
        await file.CopyToAsync(bytes, cancel);
        return bytes.ToArray();
    }

    private PageResult Refuse(LogoProblem problem) => Refuse(problem switch
    {
        LogoProblem.TooLarge => l["The file is larger than {0} KB. Save the logo smaller.", ChangeLogo.MostBytes / 1024],
        LogoProblem.NoPicture => l["That is not a picture in PNG, JPEG or WebP, or it is damaged. Other kinds, such as SVG, can hold programs."],
        LogoProblem.WrongSize => l["A logo has {0} to {1} pixels on each side.", ChangeLogo.LeastPixels, ChangeLogo.MostPixels],
        LogoProblem.None => "",
    });

    private PageResult Refuse(string problem)
    {
        Problem = problem;
        Response.StatusCode = StatusCodes.Status400BadRequest;
        return Page();
    }
}
