using System.Globalization;
using Latchkey.Platform.Tenancy;
using Latchkey.Platform.Web;
using Latchkey.SignIn;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Localization;

namespace Latchkey.Features.Passkeys.Portal;

/// <summary>The customer's passkeys: add, rename, remove. Without scripts everything but adding works.</summary>
[RequestSizeLimit(MostBytes)]
public sealed class PasskeysPageModel(
    PasskeysOfAccount passkeys, RenamePasskey rename, RemovePasskey remove, Cookies cookies, PublicAddress addresses, TimeProvider clock, IStringLocalizer<Texts> l)
    : PageModel
{
    private const int MostBytes = 8 * 1024;

    public IReadOnlyList<Passkey> Passkeys { get; private set; } = [];
    public PasskeySite Site => PasskeySite.Of(addresses, HttpContext.Storefront());
    public bool IsFresh => HttpContext.Customer()!.IsFresh(clock.GetUtcNow());
    public string ConfirmFirst => PasskeyEndpoints.ConfirmFirst(HttpContext);
    /// <summary>Offered as the name of a new one.</summary>
    public string DeviceName => HttpContext.Device() is { } device ? Devices.InWords(l, device) : l["My passkey"];

    [NonHandler]
    public override void OnPageHandlerExecuting(PageHandlerExecutingContext context)
    {
        if (!HttpContext.Storefront().Policy.Passkeys) context.Result = NotFound();
    }

    public async Task OnGetAsync(CancellationToken cancel) =>
        Passkeys = await passkeys.FindAsync(HttpContext.Storefront(), HttpContext.Customer()!.AccountId, cancel);

    public async Task<IActionResult> OnPostRenameAsync(CancellationToken cancel)
    {
        var form = await Request.ReadPlainFormAsync(cancel);
        if (PasskeyName.Read(Single(form, "name")) is not { } name) return BadRequest();
        return await rename.RunAsync(HttpContext.Storefront(), HttpContext.Customer()!, IdIn(form), name, cancel) ? BackToList() : NotFound();
    }

    public async Task<IActionResult> OnPostRemoveAsync(CancellationToken cancel)
    {
        if (!IsFresh) return Redirect(ConfirmFirst);
        var visitor = PasskeyEndpoints.Visitor(HttpContext, cookies);
        var id = IdIn(await Request.ReadPlainFormAsync(cancel));
        return await remove.RunAsync(HttpContext.Storefront(), HttpContext.Customer()!, visitor, id, cancel) ? BackToList() : NotFound();
    }

    /// <summary>Not now: the dashboard offers it again after some weeks.</summary>
    public IActionResult OnPostNotNow()
    {
        PasskeyOffer.Dismiss(HttpContext, cookies);
        return Redirect($"{Request.PathBase}/portal");
    }

    private RedirectResult BackToList() => Redirect($"{Request.PathBase}/portal/account/passkeys");

    private static string? Single(IFormCollection form, string field) => form[field] is [{ } one] ? one : null;

    /// <returns>The empty id, which nobody has, when there is none.</returns>
    private static Guid IdIn(IFormCollection form) => Guid.TryParse(Single(form, "id"), CultureInfo.InvariantCulture, out var id) ? id : Guid.Empty;
}
