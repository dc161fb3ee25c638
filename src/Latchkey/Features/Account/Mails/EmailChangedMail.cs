using System.Text.Json;
using Latchkey.Platform.Data;
using Latchkey.Platform.Mail;
using Latchkey.Platform.Tenancy;
using Latchkey.Platform.Web;
using Latchkey.SignIn;
using Microsoft.Extensions.Localization;

namespace Latchkey.Features.Account.Mails;

/// <summary>To the old address: it is no longer the account's, and here is how to take that back.</summary>
public sealed class EmailChangedMail(Database database, OneTimeLinks links, PublicAddress addresses, Letters letters, SignInKey key, IStringLocalizer<Texts> l) : MailKind
{
    public const string Kind = "email_changed";

    public override string Name => Kind;

    public static NewMail To(Storefront storefront, EmailChange change, string? device, string locale, DateTimeOffset now) => new()
    {
        OrganizationId = storefront.OrganizationId,
        Id = Guid.CreateVersion7(now),
        StorefrontId = storefront.Id,
        Kind = Kind,
        AccountId = change.AccountId,
        About = JsonSerializer.Serialize(new AboutChange(change.Undo!.Id, now, device)),
        ToAddress = change.Before.Value,
        Locale = locale,
        CreatedAt = now,
        GiveUpAt = now + EmailChanges.UndoneWithin,
    };

    public override async Task<RenderedMail?> RenderAsync(MailRow mail, Storefront storefront, CancellationToken cancel)
    {
        var about = JsonSerializer.Deserialize<AboutChange>(mail.About!)!;
        var token = links.Token(OneTimePurpose.UndoEmail, about.LinkId);
        var link = await database.ReadAsync(c => links.LookAsync(c, storefront.Key, OneTimePurpose.UndoEmail, token, cancel), cancel);
        if (link?.Status != LinkStatus.Ready) return null;
        return await letters.RenderAsync(Write(storefront, about, token.Value).WithHelp(l, HelpCode.OfLink(key, about.LinkId)), token.Value);
    }

    private Letter Write(Storefront storefront, AboutChange about, string token) => new()
    {
        Storefront = storefront,
        Subject = l["Your address was changed"],
        Heading = l["Your address was changed"],
        Paragraphs =
        [
            l["Your account at {0} has another address now. Mail to this one no longer signs in.", storefront.Name],
            l["If that was not you, take it back with this link: your address returns, and everybody is signed out. It works for 72 hours."],
        ],
        Button = new LetterButton(l["Undo the change"], $"{addresses.PortalOf(storefront)}/account/undo-email/{token}"),
        Notes = [about.Asked(l), l["If it was you, there is nothing you need to do."]],
        SentBy = l["Sent by {0} because this was the address of an account at {1}", storefront.Name, addresses.PortalOf(storefront)],
    };
}
