using Latchkey.Platform.Data;
using Latchkey.Platform.Web;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Localization;

namespace Latchkey.Features.SignUps;

/// <summary>From when on.</summary>
public sealed class DatesModel(FindSignUp findSignUp, SaveSignUp saveSignUp, Cookies cookies, TimeProvider clock, IStringLocalizer<Texts> l)
    : SignUpPage(findSignUp, saveSignUp, cookies, clock)
{
    private const int MostDaysAhead = 60;

    public override SignUpStep Step => SignUpStep.Dates;
    public string? Typed { get; private set; }
    public string? Problem { get; private set; }
    public string Earliest => IsoDay.Of(Today);
    public string Latest => IsoDay.Of(Today.AddDays(MostDaysAhead));
    public string LatestInWords => Dates.Day(Today.AddDays(MostDaysAhead));

    public async Task<IActionResult> OnGetAsync(CancellationToken cancel)
    {
        if (await FindAsync(cancel) is { } elsewhere) return elsewhere;
        Typed = IsoDay.Of(SignUp.StartsOn ?? Today);
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancel)
    {
        if (await FindAsync(cancel) is { } elsewhere) return elsewhere;
        var form = await Request.ReadPlainFormAsync(cancel);
        Typed = form["starts_on"] is [{ Length: <= 10 } typed] ? typed : "";
        if (IsoDay.TryRead(Typed) is { } day && day >= Today && day <= Today.AddDays(MostDaysAhead)) return await SaveAsync(SignUp with { StartsOn = day }, cancel);
        Problem = l["Choose a day from today to {0}.", LatestInWords];
        return Refuse();
    }
}
