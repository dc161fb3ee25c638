using System.Globalization;
using Latchkey.Features.Errors;
using Latchkey.Platform.Tenancy;
using Latchkey.Platform.Web;
using Latchkey.SignIn;
using Microsoft.AspNetCore.Mvc;

namespace Latchkey.Features.SignIn.Portal;

/// <summary>Asks for a link in the name of whoever looks at a page, and leads to the waiting page.</summary>
public sealed class AskHere(AskForLink askForLink, Cookies cookies, DeadEnds deadEnds)
{
    public async Task<IActionResult> RunAsync(
        HttpContext context, SignInName name, string shown, string? locale = null, Guid? accountId = null, ReturnPath? returnTo = null, CancellationToken cancel = default)
    {
        bool known = cookies.Browser(context) is not null;
        var answer = await askForLink.RunAsync(context.Storefront(), new Ask
        {
            Address = name.Email!,
            Shown = shown,
            Browser = cookies.BrowserOrNew(context),
            BrowserIsKnown = known,
            Ip = context.Ip(),
            Device = context.Device(),
            Locale = locale ?? CultureInfo.CurrentUICulture.Name,
            AccountId = accountId,
        }, cancel);
        return answer.Outcome switch
        {
            AskOutcome.Accepted or AskOutcome.AlreadySent => CheckMailModel.RedirectTo(context.Request),
            AskOutcome.Limited => deadEnds.TooManyRequests(context, answer.AgainAt).ToResult(),
        };
    }
}
