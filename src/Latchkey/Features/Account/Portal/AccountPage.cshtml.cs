using System.Globalization;
using Latchkey.Features.Errors;
using Latchkey.Platform.Data;
using Latchkey.Platform.Tenancy;
using Latchkey.Platform.Web;
using Latchkey.SignIn;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Localization;

namespace Latchkey.Features.Account.Portal;

/// <summary>Who the customer is to the business, how they sign in, and where they are signed in.</summary>
[KeepsDraft(ProfileForm.Name, ProfileForm.Email, ProfileForm.Phone, ProfileForm.Language), RequestSizeLimit(MostBytes)]
public sealed class AccountPageModel(
    Database database, ProfileOfAccount profiles, SaveProfile saveProfile, ChangeEmail changeEmail, EmailChanges changes, Sessions sessions, Drafts drafts,
    DeadEnds deadEnds, IStringLocalizer<Texts> l, TimeProvider clock) : PageModel
{
    public const int MostBytes = 8 * 1024;

    public ProfileForm Form { get; private set; } = null!;
    public bool IsDraft { get; private set; }
    /// <summary>Says whose form it is, should the session end before it is sent.</summary>
    public string Mark { get; private set; } = "";
    public OneTimeLink? Pending { get; private set; }
    public IReadOnlyList<ListedSession> Devices { get; private set; } = [];
    public bool WasSaved => Request.Query.ContainsKey("saved");

    private LiveSession Customer => HttpContext.Customer()!;

    public async Task OnGetAsync(CancellationToken cancel)
    {
        var draft = await drafts.FindAsync(HttpContext);
        IsDraft = draft is not null;
        Form = draft is not null ? ProfileForm.Of(draft.GetValueOrDefault) : ProfileForm.Of(await profiles.FindAsync(HttpContext.Storefront(), Customer.AccountId, cancel));
        await LoadAsync(cancel);
    }

    /// <summary>Name, phone and language hold at once; an address waits for its confirmation.</summary>
    public async Task<IActionResult> OnPostAsync(CancellationToken cancel)
    {
        var posted = await Request.ReadPlainFormAsync(cancel);
        var storefront = HttpContext.Storefront();
        var before = await profiles.FindAsync(storefront, Customer.AccountId, cancel);
        Form = ProfileForm.Of(field => posted[field] is [{ } one] ? one : null);
        var (after, address) = Form.Read(l, storefront, before);
        if (after is null || address is null)
        {
            Response.StatusCode = StatusCodes.Status400BadRequest;
            await LoadAsync(cancel);
            return Page();
        }
        bool moves = address.Value != before.Email;
        // Where codes are texted the number is a way in, as the address is.
        if ((moves || (after.Phone != before.Phone && storefront.Policy.CodeBySms)) && !Customer.IsFresh(clock.GetUtcNow()))
        {
            await drafts.KeepAsync(HttpContext);
            return Redirect($"{Request.PathBase}/portal/account/confirm?next=email");
        }
        return await SaveAsync(storefront, before, after, moves ? address : null, cancel);
    }

    /// <summary>Empties the form of what was kept.</summary>
    public async Task<IActionResult> OnPostDiscardAsync()
    {
        await drafts.DropAsync(HttpContext);
        return Redirect($"{Request.PathBase}/portal/account");
    }

    private async Task<IActionResult> SaveAsync(Storefront storefront, Profile before, Profile after, EmailAddress? address, CancellationToken cancel)
    {
        string locale = CultureInfo.CurrentUICulture.Name;
        if (address is not null && await changeEmail.RunAsync(storefront, before.Id, address, HttpContext.Device(), after.Locale ?? locale, cancel) is { } againAt)
            return (await deadEnds.TooManyRequestsAsync(HttpContext, againAt)).ToResult();
        await saveProfile.RunAsync(storefront, before, after, cancel);
        if (after.Locale != before.Locale) Language.Forget(HttpContext);
        await drafts.DropAsync(HttpContext);
        return Redirect($"{Request.PathBase}/portal/account{(address is null ? "?saved" : "")}");
    }

    private async Task LoadAsync(CancellationToken cancel)
    {
        var where = HttpContext.Storefront().Key;
        Mark = drafts.Mark(HttpContext);
        (Pending, Devices) = await database.ReadAsync(async c =>
            (await changes.PendingAsync(c, where, Customer.AccountId, cancel), await sessions.ListAsync(c, where, Customer.AccountId, cancel)), cancel);
    }
}
