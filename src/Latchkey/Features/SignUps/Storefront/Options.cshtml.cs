using Latchkey.Platform.Web;
using Microsoft.AspNetCore.Mvc;

namespace Latchkey.Features.SignUps;

/// <summary>What is taken along.</summary>
public sealed class OptionsModel(FindSignUp findSignUp, SaveSignUp saveSignUp, Cookies cookies, TimeProvider clock) : SignUpPage(findSignUp, saveSignUp, cookies, clock)
{
    public override SignUpStep Step => SignUpStep.Options;

    public async Task<IActionResult> OnGetAsync(CancellationToken cancel) => await FindAsync(cancel) ?? Page();

    public async Task<IActionResult> OnPostAsync(CancellationToken cancel)
    {
        if (await FindAsync(cancel) is { } elsewhere) return elsewhere;
        var chosen = (await Request.ReadPlainFormAsync(cancel))["option"];
        return await SaveAsync(SignUp with { Chosen = [.. SignUp.Offered.Select(o => o.Id).Where(id => chosen.Contains(id.ToString()))] }, cancel);
    }
}
