using Latchkey.Platform.Data;
using Latchkey.Platform.Tenancy;
using Latchkey.Platform.Web;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Latchkey.Features.SignUps;

/// <summary>One step of a sign-up. Which one it is about comes from the browser's cookie, never from the address.</summary>
[RequestSizeLimit(8 * 1024)]
public abstract class SignUpPage(FindSignUp findSignUp, SaveSignUp saveSignUp, Cookies cookies, TimeProvider clock) : PageModel
{
    public SignUp SignUp { get; protected set; } = null!;
    public abstract SignUpStep Step { get; }
    public Vocabulary Vocabulary => HttpContext.Storefront().Vocabulary;
    public bool IsKnown => HttpContext.Customer() is not null;
    protected DateOnly Today => DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime);

    /// <summary>How long the unit is still held; null when there is none to hold.</summary>
    public int? SecondsHeld => Vocabulary != Vocabulary.Rental ? null
        : SignUp.HeldUntil is { } until ? Math.Max(0, (int)(until - clock.GetUtcNow()).TotalSeconds) : 0;

    /// <summary>The steps of this sign-up: who is signed in is not asked for what is known.</summary>
    public IReadOnlyList<SignUpStep> Steps =>
        [.. Enum.GetValues<SignUpStep>().Where(s => !(s == SignUpStep.Details && IsKnown) && !(s == SignUpStep.Options && SignUp.Offered.Count == 0))];

    public SignUpStep Next => Steps.First(s => s > Step);

    public static string Path(SignUpStep step) => step switch
    {
        SignUpStep.Dates => "/rent/dates",
        SignUpStep.Details => "/rent/details",
        SignUpStep.Options => "/rent/options",
        SignUpStep.Review => "/rent/review",
    };

    /// <returns>Where to go instead: there is no sign-up, it is past this, or an earlier step has no answer yet.</returns>
    protected async Task<IActionResult?> FindAsync(CancellationToken cancel)
    {
        if (cookies.SignUp(HttpContext) is not { } browser || await findSignUp.RunAsync(HttpContext.Storefront(), browser, cancel) is not { } found) return Go("/rent");
        SignUp = found;
        if (found.State is SignUpState.Done or SignUpState.Refunded) return Go("/rent/done");
        if (found.State == SignUpState.Paying) return Go("/rent/payment");
        // A step that this sign-up does not have, and one that comes before its turn.
        var first = Steps.FirstOrDefault(s => !IsAnswered(s), SignUpStep.Review);
        return !Steps.Contains(Step) || Step > first ? Go(Path(Steps.First(s => s >= first))) : null;
    }

    protected async Task<IActionResult> SaveAsync(SignUp changed, CancellationToken cancel) =>
        await saveSignUp.RunAsync(HttpContext.Storefront(), changed, cancel) switch
        {
            SaveOutcome.Saved => Go(Path(Next)),
            SaveOutcome.SoldOut => Go("/rent?sold-out=yes"),
            SaveOutcome.Closed => Go("/rent/payment"),
        };

    protected PageResult Refuse()
    {
        Response.StatusCode = StatusCodes.Status400BadRequest;
        return Page();
    }

    protected RedirectResult Go(string path) => Redirect($"{Request.PathBase}{path}");

    private bool IsAnswered(SignUpStep step) => step switch
    {
        SignUpStep.Dates => SignUp.StartsOn is { } day && day >= Today,
        SignUpStep.Details => SignUp.Details is not null,
        // Nothing has to be taken along.
        SignUpStep.Options => true,
        SignUpStep.Review => false,
    };
}

public enum SignUpStep
{
    Dates,
    Details,
    Options,
    Review,
}
