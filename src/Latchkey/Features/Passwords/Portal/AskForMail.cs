using System.Globalization;
using Latchkey.Features.Errors;
using Latchkey.Platform.Tenancy;
using Latchkey.Platform.Web;
using Latchkey.SignIn;
using Microsoft.AspNetCore.Mvc;

namespace Latchkey.Features.Passwords.Portal;

/// <summary>Asks for a mail about passwords in the name of whoever looks at a page, and leads to the page that says it is on its way.</summary>
public sealed class AskForMail(AskAboutPassword ask, Cookies cookies, DeadEnds deadEnds)
{
    public async Task<IActionResult> RunAsync(HttpContext context, PasswordAskKind kind, EmailAddress address, CancellationToken cancel) =>
        await LeadOnAsync(context, kind, await ask.RunAsync(context.Storefront(), Ask(context, kind, address), cancel));

    public async Task<IActionResult> RegisterAsync(HttpContext context, EmailAddress address, string password, string? fullName, CancellationToken cancel)
    {
        var asked = Ask(context, PasswordAskKind.Register, address);
        return await LeadOnAsync(context, asked.Kind, await ask.RegisterAsync(context.Storefront(), asked, password, fullName, cancel));
    }

    private PasswordAsk Ask(HttpContext context, PasswordAskKind kind, EmailAddress address) => new()
    {
        Kind = kind,
        Address = address,
        Browser = cookies.BrowserOrNew(context),
        Ip = context.Ip(),
        Locale = CultureInfo.CurrentUICulture.Name,
    };

    private async Task<IActionResult> LeadOnAsync(HttpContext context, PasswordAskKind kind, DateTimeOffset? until) => until is { } again
        ? (await deadEnds.TooManyRequestsAsync(context, again)).ToResult()
        : MailSentModel.RedirectTo(context.Request, kind);
}
