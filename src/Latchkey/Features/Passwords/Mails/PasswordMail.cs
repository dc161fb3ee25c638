using Latchkey.Platform.Mail;
using Latchkey.Platform.Tenancy;
using Latchkey.Platform.Web;
using Latchkey.SignIn;
using Microsoft.Extensions.Localization;

namespace Latchkey.Features.Passwords.Mails;

/// <summary>A mail about the password of an account.</summary>
public abstract class PasswordMail(Letters letters, PublicAddress addresses, SignInKey key, IStringLocalizer<Texts> localizer) : MailKind
{
#pragma warning disable IDE1006 // the localizer has one short name wherever texts are
    protected IStringLocalizer<Texts> l => localizer;
#pragma warning restore IDE1006

    public override async Task<RenderedMail?> RenderAsync(MailRow mail, Storefront storefront, CancellationToken cancel)
    {
        var token = Token(mail);
        var letter = Write(mail, storefront, addresses.PortalOf(storefront), token?.Value);
        // The page behind the link shows the same code.
        var help = HelpCode.OfLink(key, token is null ? mail.Id : mail.RequestId!.Value);
        return await letters.RenderAsync(letter.WithHelp(l, help), token is null ? [] : [token.Value]);
    }

    protected abstract Letter Write(MailRow mail, Storefront storefront, string portal, string? token);

    /// <summary>The secret of the link in it, derived again at each rendering; null when it has none.</summary>
    protected virtual LinkToken? Token(MailRow mail) => null;

    /// <summary>Why it comes, for notices of what was done with an account.</summary>
    protected string SentToHolder(Storefront storefront, string portal) => l["Sent by {0} to the holder of the account at {1}", storefront.Name, portal];
}
