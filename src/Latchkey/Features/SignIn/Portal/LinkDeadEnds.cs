using Latchkey.Features.Errors;
using Latchkey.Platform.Tenancy;
using Latchkey.Platform.Web;
using Latchkey.SignIn;
using Microsoft.Extensions.Localization;

namespace Latchkey.Features.SignIn.Portal;

/// <summary>What the page behind a link says when the link does not sign in, and the button that leads on.</summary>
public sealed class LinkDeadEnds(Failures failures, IStringLocalizer<Texts> l)
{
    /// <param name="context">The page's request.</param>
    /// <param name="status">Why it does not sign in.</param>
    /// <param name="link">The link; null when there is no such link here.</param>
    /// <param name="token">Its secret.</param>
    public async Task<DeadEnd> ForAsync(HttpContext context, LinkStatus status, SeenLink? link, LinkToken? token)
    {
        var storefront = context.Storefront();
        var (kind, title, message) = Words(storefront, status);
        return new DeadEnd
        {
            Kind = kind,
            Status = status switch
            {
                LinkStatus.Unknown => StatusCodes.Status404NotFound,
                LinkStatus.OtherBrowser or LinkStatus.OtherNetwork => StatusCodes.Status403Forbidden,
                _ => StatusCodes.Status410Gone,
            },
            Title = title,
            Message = message,
            Next = status switch
            {
                LinkStatus.AccountClosed => Help(context),
                _ when token is null => new DeadEnd.NextStep(l["Ask for a new link"], DeadEnds.SignIn(context)),
                _ => new DeadEnd.NextStep(l["Send a new link"], $"{context.Request.PathBase}/portal/link?handler=Again")
                {
                    Fields = new Dictionary<string, string>(StringComparer.Ordinal) { ["token"] = token.Value },
                },
            },
            Note = status is LinkStatus.OtherBrowser or LinkStatus.OtherNetwork ? l["The link itself still works there."].Value : null,
            HelpCode = link is null ? await failures.NoteAsync(context, kind) : failures.CodeOfLink(link.RequestId),
        };
    }

    private (FailureKind Kind, LocalizedString Title, LocalizedString Message) Words(Storefront storefront, LinkStatus status) => status switch
    {
        LinkStatus.Expired => (FailureKind.LinkExpired, l["Link expired"], l["A link works for {0} minutes. One press sends a new one to the same address.", (int)storefront.Policy.LinkLifetime.TotalMinutes]),
        LinkStatus.AlreadyUsed => (FailureKind.LinkUsed, l["Link already used"], l["Each link signs in once, and this one has done so. One press sends a new one to the same address."]),
        LinkStatus.Revoked => (FailureKind.LinkRevoked, l["Link no longer valid"], l["This link was ended, for example by signing in with a newer mail. One press sends a new one to the same address."]),
        LinkStatus.OtherBrowser => (FailureKind.OtherBrowser, l["Open it where you asked for it"], l["For your safety this link signs in only in the browser that asked for it. One press sends a new one that works here."]),
        LinkStatus.OtherNetwork => (FailureKind.OtherNetwork, l["You are on another network"], l["For your safety this link signs in only from the network it was asked for on. One press sends a new one that works here."]),
        LinkStatus.AccountClosed => (FailureKind.AccountClosed, l["This link does not open an account"], l["The account it was made for is closed. {0} can tell you more.", storefront.Name]),
        LinkStatus.Unknown or LinkStatus.Ready => (FailureKind.LinkDamaged, l["Link damaged"], l["Some mail programs cut links in two. Copy the whole address from the mail, or ask for a new link."]),
    };

    /// <summary>How the business is reached; every storefront has at least its own page.</summary>
    private DeadEnd.NextStep Help(HttpContext context) => context.Storefront() switch
    {
        { HelpEmail: { } mail } => new(l["Write to {0}", mail], $"mailto:{mail}"),
        { HelpPhone: { } phone } => new(l["Call {0}", phone], $"tel:{phone.Replace(" ", "", StringComparison.Ordinal)}"),
        var storefront => new(l["Go to {0}", storefront.Name], $"{context.Request.PathBase}/"),
    };
}
