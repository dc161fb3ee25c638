using System.Globalization;
using Latchkey.Features.Errors;
using Latchkey.Platform.Tenancy;
using Latchkey.Platform.Web;
using Latchkey.SignIn;
using Microsoft.AspNetCore.Mvc;

namespace Latchkey.Features.SignIn.Portal;

/// <summary>Asks for a link in the name of whoever looks at a page, and leads to the waiting page.</summary>
public sealed class AskHere(AskForLink askForLink, Cookies cookies, DeadEnds deadEnds, SignInKey key)
{
    /// <param name="context">The page's request.</param>
    /// <param name="name">The address or number.</param>
    /// <param name="shown">What the waiting page may show of it.</param>
    /// <param name="locale">Language of the mail when the account has none; null: the page's.</param>
    /// <param name="accountId">The account, when it is known whose link is wanted.</param>
    /// <param name="returnTo">Where to go after signing in.</param>
    /// <param name="cancel">Cancels the asking.</param>
    public async Task<IActionResult> RunAsync(
        HttpContext context, SignInName name, string shown, string? locale = null, Guid? accountId = null, ReturnPath? returnTo = null, CancellationToken cancel = default)
    {
        bool known = cookies.Browser(context) is not null;
        var answer = await askForLink.RunAsync(context.Storefront(), new Ask
        {
            Name = name,
            Shown = shown,
            Browser = cookies.BrowserOrNew(context),
            BrowserIsKnown = known,
            Ip = context.Ip(),
            Device = context.Device(),
            Locale = locale ?? CultureInfo.CurrentUICulture.Name,
            AccountId = accountId,
            ReturnTo = returnTo,
        }, cancel);
        return answer.Outcome switch
        {
            AskOutcome.Accepted or AskOutcome.AlreadySent => CheckMailModel.RedirectTo(context.Request, known ? "" : CheckMailModel.FirstAsk),
            AskOutcome.Limited => (await deadEnds.TooManyRequestsAsync(context, answer.AgainAt, key.Fingerprint(name.Value))).ToResult(),
        };
    }
}
