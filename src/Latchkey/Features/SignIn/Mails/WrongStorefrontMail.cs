using System.Text.Json;
using Latchkey.Platform.Mail;
using Latchkey.Platform.Tenancy;
using Latchkey.Platform.Web;
using Latchkey.SignIn;
using Microsoft.Extensions.Localization;

namespace Latchkey.Features.SignIn.Mails;

/// <summary>Says on which of the organization's other storefronts the address has its account.</summary>
public sealed class WrongStorefrontMail(StorefrontDirectory storefronts, SignInKey key, PublicAddress addresses, Letters letters, IStringLocalizer<Texts> l) : MailKind
{
    public const string Kind = "wrong_storefront";

    public override string Name => Kind;

    public override async Task<RenderedMail?> RenderAsync(MailRow mail, Storefront storefront, CancellationToken cancel)
    {
        var others = new List<Storefront>();
        foreach (var id in JsonSerializer.Deserialize<Guid[]>(mail.About!)!)
            if (await storefronts.ByKeyAsync(new StorefrontKey(mail.OrganizationId, id), cancel) is { } other) others.Add(other);
        if (others.Count == 0) return null;
        var first = others[0];
        return await letters.RenderAsync(new Letter
        {
            Storefront = storefront,
            Subject = l["Where to sign in: {0}", first.Name],
            Heading = l["Your account is at {0}", first.Name],
            Paragraphs =
            [
                l["You asked for a sign-in link at {0}. This address has no account there; it has one at {1}.", storefront.Name, string.Join(", ", others.Select(o => o.Name))],
                .. others.Skip(1).Select(o => $"{o.Name}: {addresses.PortalOf(o)}"),
            ],
            Button = new LetterButton(l["Go to {0}", first.Name], addresses.PortalOf(first)),
            Notes = [l["If that was not you, ignore this mail."]],
            SentBy = l["Sent by {0} because this address was typed at {1}", storefront.Name, addresses.PortalOf(storefront)],
        }.WithHelp(l, HelpCode.OfLink(key, mail.RequestId!.Value)));
    }

    public static string About(IReadOnlyList<Guid> storefrontIds) => JsonSerializer.Serialize(storefrontIds);
}
