using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Latchkey.Features.Errors;

/// <summary>Where failures without a page of their own end up, re-executed by the pipeline with their own status.</summary>
[AllowAnonymous, IgnoreAntiforgeryToken]
public sealed class ErrorPageModel(DeadEnds deadEnds) : PageModel
{
    public Task<IActionResult> OnGetAsync(int? status) => ShowAsync(status);

    public Task<IActionResult> OnPostAsync(int? status) => ShowAsync(status);

    private async Task<IActionResult> ShowAsync(int? status)
    {
        int code = status ?? (Response.StatusCode >= 400 ? Response.StatusCode : StatusCodes.Status404NotFound);
        return (await deadEnds.ForStatusAsync(HttpContext, code)).ToResult();
    }
}
