using Latchkey.Platform.Staff;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Latchkey.Features.Home.Console;

/// <summary>The first page of the console.</summary>
public sealed class HomeModel : PageModel
{
    public void OnGet()
    {
    }

    public string FirstName => HttpContext.Staff().Name.Split(' ')[0];
}
