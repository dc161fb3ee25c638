using Latchkey.Features.Errors;
using Latchkey.Platform.Tenancy;
using Latchkey.Platform.Web;
using Latchkey.SignIn;
using Microsoft.Extensions.Localization;

namespace Latchkey.Features.Account.Portal;

/// <summary>What the pages behind the links about a change of address say when a link does nothing, and the button that leads on.</summary>
public sealed class EmailDeadEnds(Failures failures, IStringLocalizer<Texts> l)
{
    public Task<DeadEnd> ConfirmAsync(HttpContext context, LinkStatus status, OneTimeLink? link) => ShowAsync(context, link, FailureKind.EmailNotConfirmed, status, Title(status), status switch
    {
        LinkStatus.Expired => l["A new address can be confirmed for 24 hours. Change it again in your account."],
        LinkStatus.AlreadyUsed => l["The address is confirmed. Your account shows it."],
        LinkStatus.Unknown => l["Some mail programs cut links in two. Copy the whole address from the mail, or change it again in your account."],
        _ => l["This change was ended, for example by a newer one. Change the address again in your account."],
    }, new DeadEnd.NextStep(l["Go to the account"], $"{context.Request.PathBase}/portal/account"), null);

    public Task<DeadEnd> UndoAsync(HttpContext context, LinkStatus status, OneTimeLink? link)
    {
        var storefront = context.Storefront();
        return ShowAsync(context, link, FailureKind.EmailNotUndone, status, Title(status), status switch
        {
            LinkStatus.AlreadyUsed => l["The change was undone. Sign in with this address."],
            LinkStatus.Unknown => l["Some mail programs cut links in two. Copy the whole address from the mail."],
            LinkStatus.Expired => l["A change of address can be undone for 72 hours. Please get in touch with {0}.", storefront.Name],
            _ => l["This change can no longer be undone here. Please get in touch with {0}.", storefront.Name],
        }, new DeadEnd.NextStep(l["Go to sign-in"], DeadEnds.SignIn(context)), storefront.HelpEmail ?? storefront.HelpPhone);
    }

    private async Task<DeadEnd> ShowAsync(HttpContext context, OneTimeLink? link, FailureKind kind, LinkStatus status, string title, string message, DeadEnd.NextStep next, string? note) => new()
    {
        Kind = kind,
        Status = status == LinkStatus.Unknown ? StatusCodes.Status404NotFound : StatusCodes.Status410Gone,
        Title = title,
        Message = message,
        Next = next,
        Note = note,
        HelpCode = link is null ? await failures.NoteAsync(context, kind) : failures.CodeOfLink(link.Id),
    };

    private string Title(LinkStatus status) => status switch
    {
        LinkStatus.Expired => l["Link expired"],
        LinkStatus.AlreadyUsed => l["Link already used"],
        LinkStatus.Unknown => l["Link damaged"],
        _ => l["Link no longer valid"],
    };
}
