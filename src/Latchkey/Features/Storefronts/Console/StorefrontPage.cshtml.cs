using Latchkey.Platform.Staff;
using Latchkey.Platform.Tenancy;
using Latchkey.Platform.Web;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Localization;

namespace Latchkey.Features.Storefronts.Console;

/// <summary>A storefront's name, look, language, sender and help lines, with what to publish so that its mail arrives.</summary>
public sealed class StorefrontPageModel(StorefrontDirectory storefronts, EditStorefront edit, SenderRecords records, IStringLocalizer<Texts> l) : PageModel
{
    public Storefront Shown { get; private set; } = null!;
    public StorefrontForm Form { get; private set; } = null!;
    public string? Problem { get; private set; }
    public IReadOnlyDictionary<SenderRecordKind, bool?>? Checked { get; private set; }
    public IReadOnlyList<SenderRecord> Records => records.Of(Shown);
    public bool WasSaved => Request.Query.ContainsKey("saved");
    public bool MayChange => HttpContext.Staff().May(Permission.Configure);

    public string Word(Vocabulary vocabulary) => vocabulary switch
    {
        Vocabulary.Rental => l["Rentals"],
        Vocabulary.Subscription => l["Subscriptions"],
        Vocabulary.Membership => l["Memberships"],
    };

    public async Task<IActionResult> OnGetAsync(Guid id, CancellationToken cancel) => await FindAsync(id, cancel) ? Page() : NotFound();

    /// <summary>What a colour looks like, with the contrast put right: see <see cref="Brand"/>.</summary>
    public async Task<IActionResult> OnGetPreviewAsync(Guid id, int hue, bool dark, CancellationToken cancel) =>
        hue is >= 0 and <= 359 && await FindAsync(id, cancel) ? Content(BrandPreview.Draw(hue, dark, Shown.Name, l["Customer portal"], l["Send sign-in link"]), "image/svg+xml") : NotFound();

    [Needs(Permission.Configure)]
    public async Task<IActionResult> OnPostAsync(Guid id, CancellationToken cancel)
    {
        if (!await FindAsync(id, cancel)) return NotFound();
        var form = await Request.ReadPlainFormAsync(cancel);
        if (Form.Read(form, Shown) is not { } after) return Refuse(l["Nothing was saved yet. Please check:"], StatusCodes.Status400BadRequest);
        if (form["version"] != $"{Shown.Version}" || !await edit.RunAsync(Shown, after, HttpContext.Staff().Name, cancel))
            return Refuse(l["Somebody else changed this meanwhile. What you typed is kept below: look at it again, then save."], StatusCodes.Status409Conflict);
        return Redirect($"/console/storefronts/{id}?saved");
    }

    /// <summary>Asks DNS for the records. Looking changes nothing, but asks others: not for everybody.</summary>
    public async Task<IActionResult> OnPostCheckAsync(Guid id, CancellationToken cancel)
    {
        if (!await FindAsync(id, cancel)) return NotFound();
        Checked = await records.CheckAsync(Shown, cancel);
        return Page();
    }

    private async Task<bool> FindAsync(Guid id, CancellationToken cancel)
    {
        if (await storefronts.ByKeyAsync(new(HttpContext.Staff().OrganizationId, id), cancel) is not { } found) return false;
        (Shown, Form) = (found, new StorefrontForm(found, l));
        return true;
    }

    private PageResult Refuse(string problem, int status)
    {
        Problem = problem;
        Response.StatusCode = status;
        return Page();
    }
}
