using System.Text.Json;
using Latchkey.Platform.Data;
using Latchkey.Platform.Mail;
using Latchkey.Platform.Tenancy;
using Latchkey.Platform.Web;
using Latchkey.SignIn;
using Microsoft.Extensions.Localization;

namespace Latchkey.Features.Account.Mails;

/// <summary>To the old and to the new address: the business changed the one of the account. The old one, when it was proven, can take that back.</summary>
public sealed class EmailReplacedMail(Database database, OneTimeLinks links, PublicAddress addresses, Letters letters, SignInKey key, IStringLocalizer<Texts> l) : MailKind
{
    public const string Kind = "email_replaced";

    public override string Name => Kind;

    public static NewMail ToFormer(Storefront storefront, EmailChange change, string locale, DateTimeOffset now) =>
        To(storefront, change.AccountId, change.Before, new About(IsOld: true, change.Undo?.Id), locale, now);

    public static NewMail ToPresent(Storefront storefront, EmailChange change, string locale, DateTimeOffset now) =>
        To(storefront, change.AccountId, change.After, new About(IsOld: false, null), locale, now);

    public override async Task<RenderedMail?> RenderAsync(MailRow mail, Storefront storefront, CancellationToken cancel)
    {
        var about = JsonSerializer.Deserialize<About>(mail.About!)!;
        var token = about.UndoId is { } id ? links.Token(OneTimePurpose.UndoEmail, id) : null;
        if (token is not null && (await database.ReadAsync(c => links.LookAsync(c, storefront.Key, OneTimePurpose.UndoEmail, token, cancel), cancel))?.Status != LinkStatus.Ready) return null;
        var letter = about.IsOld ? Old(storefront, mail, token) : New(storefront, mail);
        return await letters.RenderAsync(letter.WithHelp(l, HelpCode.OfLink(key, about.UndoId ?? mail.Id)), token is null ? [] : [token.Value]);
    }

    private Letter Old(Storefront storefront, MailRow mail, LinkToken? undo) => new()
    {
        Storefront = storefront,
        Subject = l["Your address was changed"],
        Heading = l["Your address was changed"],
        Paragraphs =
        [
            l["On {0} the team of {1} gave your account another address. Mail to this one no longer signs in.", Dates.Moment(mail.CreatedAt), storefront.Name],
            undo is null
                ? l["If you did not ask for that, please tell us."]
                : l["If that was not you, take it back with this link: your address returns, and everybody is signed out. It works for 72 hours."],
        ],
        Button = undo is null ? null : new LetterButton(l["Undo the change"], $"{addresses.Of(storefront)}/portal/account/undo-email/{undo.Value}"),
        Notes = undo is null ? [] : [l["If it was you, there is nothing you need to do."]],
        SentBy = l["Sent by {0} because this was the address of an account at {1}", storefront.Name, addresses.PortalOf(storefront)],
    };

    private Letter New(Storefront storefront, MailRow mail) => new()
    {
        Storefront = storefront,
        Subject = l["This is the address of your account at {0} now", storefront.Name],
        Heading = l["Your account has this address now"],
        Paragraphs =
        [
            l["On {0} the team of {1} gave your account this address. Sign-in links go to it from now on.", Dates.Moment(mail.CreatedAt), storefront.Name],
            l["Wherever you were signed in, sign in again."],
        ],
        Button = new LetterButton(l["Go to the customer portal"], addresses.PortalOf(storefront)),
        Notes = [l["If you have no account with us, please tell us."]],
        SentBy = l["Sent by {0} because this is the address of an account at {1}", storefront.Name, addresses.PortalOf(storefront)],
    };

    private static NewMail To(Storefront storefront, Guid accountId, EmailAddress address, About about, string locale, DateTimeOffset now) => new()
    {
        OrganizationId = storefront.OrganizationId,
        Id = Guid.CreateVersion7(now),
        StorefrontId = storefront.Id,
        Kind = Kind,
        AccountId = accountId,
        About = JsonSerializer.Serialize(about),
        ToAddress = address.Value,
        Locale = locale,
        CreatedAt = now,
        GiveUpAt = now + EmailChanges.UndoneWithin,
    };

    private sealed record About(bool IsOld, Guid? UndoId);
}
