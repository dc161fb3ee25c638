using System.Globalization;
using Latchkey.Features.Account;
using Latchkey.Features.SignIn;
using Latchkey.Platform.Tenancy;
using Latchkey.Platform.Web;
using Latchkey.SignIn;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Localization;

namespace Latchkey.Features.SignUps;

/// <summary>
/// Who it is. Whether the address has an account is not looked up here: a link is asked for as on the sign-in page, and the answer is the
/// same for every address. Only whoever reads the mailbox learns more.
/// </summary>
public sealed class DetailsModel(FindSignUp findSignUp, SaveSignUp saveSignUp, AskForLink askForLink, Cookies cookies, TimeProvider clock, IStringLocalizer<Texts> l)
    : SignUpPage(findSignUp, saveSignUp, cookies, clock)
{
    private readonly Cookies own = cookies;

    public override SignUpStep Step => SignUpStep.Details;
    public string TypedName { get; private set; } = "";
    public string TypedEmail { get; private set; } = "";
    public string TypedPhone { get; private set; } = "";
    public Dictionary<string, string> Problems { get; } = new(StringComparer.Ordinal);

    public async Task<IActionResult> OnGetAsync(CancellationToken cancel)
    {
        if (await FindAsync(cancel) is { } elsewhere) return elsewhere;
        own.BrowserOrNew(HttpContext);
        if (SignUp.Details is { } typed) (TypedName, TypedEmail, TypedPhone) = (typed.FullName, typed.Email, typed.Phone ?? "");
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancel)
    {
        if (await FindAsync(cancel) is { } elsewhere) return elsewhere;
        var form = await Request.ReadPlainFormAsync(cancel);
        (TypedName, TypedEmail, TypedPhone) = (One(form, "name"), One(form, "email"), One(form, "phone"));
        if (Read() is not { } details) return Refuse();
        bool asked = SignUp.LinkAsked && SignUp.Details?.Email == details.Email || await AskAsync(EmailAddress.Of(details.Email), cancel);
        return await SaveAsync(SignUp with { Details = details, LinkAsked = asked }, cancel);
    }

    private SignUpDetails? Read()
    {
        string name = TypedName.Trim();
        if (name.Length == 0) Problems["name"] = l["Type your name."];
        else if (name.Length > ProfileForm.MostNameCharacters || !ProfileForm.IsPlain(name)) Problems["name"] = l["That name is too long, or has characters that cannot be shown."];
        if (!EmailAddress.TryRead(TypedEmail, out var email) || !email.IsDeliverable) Problems["email"] = l["That is not one e-mail address. Type it like name@example.com."];
        string? phone = null;
        if (TypedPhone.Trim().Length > 0)
        {
            if (PhoneNumber.TryRead(TypedPhone, HttpContext.Storefront().CallingCode, out var number)) phone = number.Value;
            else Problems["phone"] = l["That is not one phone number. Type it with its country code, like +1 555 123 4567."];
        }
        return Problems.Count > 0 ? null : new SignUpDetails(name, email!.Value, phone);
    }

    /// <returns>False when too many were asked for: the sign-up goes on without.</returns>
    private async Task<bool> AskAsync(EmailAddress email, CancellationToken cancel)
    {
        bool known = own.Browser(HttpContext) is not null;
        var answer = await askForLink.RunAsync(HttpContext.Storefront(), new Ask
        {
            Name = SignInName.Of(email),
            Shown = email.Value,
            Browser = own.BrowserOrNew(HttpContext),
            BrowserIsKnown = known,
            Ip = HttpContext.Ip(),
            Device = HttpContext.Device(),
            Locale = CultureInfo.CurrentUICulture.Name,
            ReturnTo = ReturnPath.Read(AskForLink.SignUpPage),
            IsAside = true,
        }, cancel);
        return answer.Outcome != AskOutcome.Limited;
    }

    private static string One(IFormCollection form, string field) => form[field] is [{ } one] && one.Length <= EmailAddress.MostCharacters ? one : "";
}
