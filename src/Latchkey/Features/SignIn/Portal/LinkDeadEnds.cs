using Latchkey.Features.Errors;
using Latchkey.Platform.Tenancy;
using Latchkey.Platform.Web;
using Latchkey.SignIn;
using Microsoft.Extensions.Localization;

namespace Latchkey.Features.SignIn.Portal;

/// <summary>What the page behind a link says when the link does not sign in, and the button that leads on.</summary>
public sealed class LinkDeadEnds(IStringLocalizer<Texts> l)
{
    public DeadEnd For(HttpContext context, LinkStatus status, LinkToken? token)
    {
        var (title, message) = Words(context.Storefront(), status);
        return new DeadEnd
        {
            Status = status switch
            {
                LinkStatus.Unknown => StatusCodes.Status404NotFound,
                LinkStatus.OtherBrowser or LinkStatus.OtherNetwork => StatusCodes.Status403Forbidden,
                _ => StatusCodes.Status410Gone,
            },
            Title = title,
            Message = message,
            Next = token is null || status is LinkStatus.AccountClosed or LinkStatus.Unknown
                ? new DeadEnd.NextStep(l["Ask for a new link"], DeadEnds.SignIn(context))
                : new DeadEnd.NextStep(l["Send a new link"], $"{context.Request.PathBase}/portal/link?handler=Again")
                {
                    Fields = new Dictionary<string, string>(StringComparer.Ordinal) { ["token"] = token.Value },
                },
            Note = status switch
            {
                LinkStatus.AccountClosed => Help(context.Storefront()),
                LinkStatus.OtherBrowser or LinkStatus.OtherNetwork => l["The link itself still works there."],
                _ => null,
            },
        };
    }

    private (string Title, string Message) Words(Storefront storefront, LinkStatus status) => status switch
    {
        LinkStatus.Expired => (l["Link expired"], l["A link works for {0} minutes. One press sends a new one to the same address.", (int)storefront.Policy.LinkLifetime.TotalMinutes]),
        LinkStatus.AlreadyUsed => (l["Link already used"], l["Each link signs in once, and this one has done so. One press sends a new one to the same address."]),
        LinkStatus.Revoked => (l["Link no longer valid"], l["This link was ended, for example by signing in with a newer mail. One press sends a new one to the same address."]),
        LinkStatus.OtherBrowser => (l["Open it where you asked for it"], l["For your safety this link signs in only in the browser that asked for it. One press sends a new one that works here."]),
        LinkStatus.OtherNetwork => (l["You are on another network"], l["For your safety this link signs in only from the network it was asked for on. One press sends a new one that works here."]),
        LinkStatus.AccountClosed => (l["This link does not open an account"], l["Please get in touch with {0}.", storefront.Name]),
        LinkStatus.Unknown or LinkStatus.Ready => (l["Link damaged"], l["Some mail programs cut links in two. Copy the whole address from the mail, or ask for a new link."]),
    };

    private static string? Help(Storefront storefront) => storefront.HelpEmail ?? storefront.HelpPhone;
}
