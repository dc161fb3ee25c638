using System.Globalization;
using Latchkey.Features.SignIn.Portal;
using Latchkey.Platform.Tenancy;
using Latchkey.Platform.Web;
using Latchkey.SignIn;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Localization;

namespace Latchkey.Features.Staff;

/// <summary>The page behind the address that the server prints as long as nobody works here.</summary>
[AllowAnonymous]
public sealed class SetUpPageModel(SetUp setUp, AskHere askHere, IStringLocalizer<Texts> l) : PageModel
{
    private static readonly string[] Fields = ["organization", "storefront", "slug", "preset", "name", "email"];

    public string Token { get; private set; } = "";
    public string? Problem { get; private set; }
    public IReadOnlyDictionary<string, string> Typed { get; private set; } = Fields.ToDictionary(f => f, _ => "", StringComparer.Ordinal);

    public string Preset(string name) => name switch
    {
        "storage" => l["Rentals (storage)"],
        "membership" => l["Memberships"],
        "subscription" => l["Subscriptions"],
        "password" => l["Accounts with passwords"],
        _ => l["Something else"],
    };

    public async Task<IActionResult> OnGetAsync(CancellationToken cancel)
    {
        Token = Request.Query["token"].ToString();
        return HttpContext.Storefront().IsConsole() && await setUp.IsOfferedAsync(Token, cancel) ? Page() : NotFound();
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancel)
    {
        var form = await Request.ReadPlainFormAsync(cancel);
        Token = form["token"].ToString();
        if (!HttpContext.Storefront().IsConsole() || !await setUp.IsOfferedAsync(Token, cancel)) return NotFound();
        Typed = Fields.ToDictionary(f => f, f => form[f].ToString().Trim(), StringComparer.Ordinal);
        if (Read(out var business) is { } problem) return Refuse(problem);
        return await setUp.RunAsync(business!, Token, business!.OwnerName ?? business.Owner.Value, cancel) switch
        {
            SetUpOutcome.Done => await askHere.RunAsync(HttpContext, SignInName.Of(business.Owner), business.Owner.Value, cancel: cancel),
            SetUpOutcome.NotOffered => NotFound(),
            SetUpOutcome.SlugTaken => Refuse(l["That short name is taken. Choose another one."]),
        };
    }

    private string? Read(out NewBusiness? business)
    {
        business = null;
        if (Typed.Values.Any(v => v.Length > EmailAddress.MostCharacters) || Typed["organization"].Length is 0 or > NewBusiness.MostCharacters || Typed["storefront"].Length is 0 or > NewBusiness.MostCharacters)
            return l["Give the business and its site a name, of 100 characters at most."];
        if (!NewBusiness.IsSlug(Typed["slug"])) return l["The short name has 2 to 40 small letters, digits and single hyphens."];
        if (!SignInPolicy.Presets.TryGetValue(Typed["preset"], out var policy)) return l["Choose what customers have."];
        if (!EmailAddress.TryRead(Typed["email"], out var owner) || !owner.IsDeliverable) return l["That is not one e-mail address. Type it like name@example.com."];
        business = new NewBusiness
        {
            Organization = Typed["organization"],
            Storefront = Typed["storefront"],
            Slug = Typed["slug"],
            Locale = CultureInfo.CurrentUICulture.TwoLetterISOLanguageName,
            Owner = owner,
            OwnerName = Typed["name"] is { Length: > 0 and <= NewBusiness.MostCharacters } name ? name : null,
            Policy = policy,
        };
        return null;
    }

    private PageResult Refuse(string problem)
    {
        Problem = problem;
        Response.StatusCode = StatusCodes.Status400BadRequest;
        return Page();
    }
}
