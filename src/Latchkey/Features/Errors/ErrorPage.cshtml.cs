using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Latchkey.Features.Errors;

/// <summary>Where failures without a page of their own end up, re-executed by the pipeline with their own status.</summary>
[AllowAnonymous, IgnoreAntiforgeryToken]
public sealed class ErrorPageModel(DeadEnds deadEnds) : PageModel
{
    public IActionResult OnGet(int? status) => Show(status);

    public IActionResult OnPost(int? status) => Show(status);

    private ViewResult Show(int? status)
    {
        int code = status ?? (Response.StatusCode >= 400 ? Response.StatusCode : StatusCodes.Status404NotFound);
        return deadEnds.ForStatus(HttpContext, code).ToResult();
    }
}
