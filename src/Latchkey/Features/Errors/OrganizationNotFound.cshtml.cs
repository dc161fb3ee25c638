using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Latchkey.Features.Errors;

/// <summary>For host names and slugs that nobody has.</summary>
[AllowAnonymous]
public sealed class OrganizationNotFoundModel(DeadEnds deadEnds) : PageModel
{
    public IActionResult OnGet() => deadEnds.OrganizationNotFound(HttpContext).ToResult();
}
