using Latchkey.Platform.Tenancy;
using Latchkey.Platform.Web;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Localization;

namespace Latchkey.Features.Storefronts;

/// <summary>For whoever came to an address that nobody has. It lists nobody's customers and nobody's storefronts: the whole name must be right.</summary>
[AllowAnonymous, RequestSizeLimit(8 * 1024)]
public sealed class FindPortalModel(StorefrontDirectory directory, PublicAddress addresses, IStringLocalizer<Texts> l) : PageModel
{
    private const int MostCharacters = 100;

    public string? Problem { get; private set; }
    public string? Typed { get; private set; }

    public void OnGet()
    {
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancel)
    {
        var form = await Request.ReadPlainFormAsync(cancel);
        if (form["name"] is [{ Length: <= MostCharacters } typed])
        {
            Typed = typed.Trim();
            var named = (await directory.AllAsync(cancel)).FirstOrDefault(s =>
                string.Equals(s.Name, Typed, StringComparison.OrdinalIgnoreCase) || string.Equals(s.Slug, Typed, StringComparison.OrdinalIgnoreCase));
            if (named is not null) return Redirect(addresses.PortalOf(named));
        }
        Problem = l["No portal has this name. Look at a mail from the business: its link leads there."];
        Response.StatusCode = StatusCodes.Status400BadRequest;
        return Page();
    }
}
