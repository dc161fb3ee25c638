using System.Globalization;
using System.Text.Json;
using Dapper;
using Latchkey.Platform.Data;
using Latchkey.Platform.Mail;
using Latchkey.Platform.Tenancy;
using Latchkey.Platform.Web;
using Latchkey.SignIn;
using Microsoft.Extensions.Localization;

namespace Latchkey.Features.Account.Mails;

/// <summary>
/// To a new address: the link that confirms it. Whether the address is somebody's already is found out only here, where nobody waits;
/// then its owner is told, and there is no link.
/// </summary>
public sealed class EmailChangeMail(Database database, OneTimeLinks links, PublicAddress addresses, Letters letters, SignInKey key, IStringLocalizer<Texts> l) : MailKind
{
    public const string Kind = "email_change";

    public override string Name => Kind;

    public static NewMail To(Storefront storefront, OneTimeLink link, string? device, string locale, DateTimeOffset now) => new()
    {
        OrganizationId = storefront.OrganizationId,
        Id = Guid.CreateVersion7(now),
        StorefrontId = storefront.Id,
        Kind = Kind,
        AccountId = link.AccountId,
        About = JsonSerializer.Serialize(new AboutChange(link.Id, now, device)),
        ToAddress = link.Address.Value,
        Locale = locale,
        CreatedAt = now,
        GiveUpAt = link.CreatedAt + EmailChanges.WaitsFor,
    };

    public override async Task<RenderedMail?> RenderAsync(MailRow mail, Storefront storefront, CancellationToken cancel)
    {
        var about = JsonSerializer.Deserialize<AboutChange>(mail.About!)!;
        var token = links.Token(OneTimePurpose.ChangeEmail, about.LinkId);
        var (holder, link) = await database.ReadAsync(async c => (
            await c.QuerySingleOrDefaultAsync<AddressHolder>(new CommandDefinition(ProfileSql.Holder,
                new { storefront.OrganizationId, storefront.Id, email = mail.ToAddress, accountId = mail.AccountId }, cancellationToken: cancel)),
            await links.LookAsync(c, storefront.Key, OneTimePurpose.ChangeEmail, token, cancel)), cancel);
        if (holder?.Locale is { } locale) CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = Language.Culture(locale);
        if (holder is not null) return holder.Id == mail.AccountId ? null : await letters.RenderAsync(Tried(storefront, about).WithHelp(l, HelpCode.OfLink(key, mail.Id)));
        return link?.Status == LinkStatus.Ready ? await letters.RenderAsync(Confirm(storefront, about, token.Value).WithHelp(l, HelpCode.OfLink(key, about.LinkId)), token.Value) : null;
    }

    private Letter Confirm(Storefront storefront, AboutChange about, string token) => new()
    {
        Storefront = storefront,
        Subject = l["Confirm your new address"],
        Heading = l["Confirm your new address"],
        Paragraphs = [l["This address is to become the one of your account at {0}. Open the link in a browser where you are signed in. It works once, for 24 hours.", storefront.Name]],
        Button = new LetterButton(l["Confirm this address"], $"{Portal(storefront)}/account/confirm-email/{token}"),
        Notes = [about.Asked(l), l["If that was not you, ignore this mail: nothing changes without it."]],
        SentBy = SentBy(storefront),
    };

    private Letter Tried(Storefront storefront, AboutChange about) => new()
    {
        Storefront = storefront,
        Subject = l["Somebody tried to use this address"],
        Heading = l["Somebody tried to use this address"],
        Paragraphs =
        [
            l["Somebody with another account at {0} wanted to use this address for it. It is yours already, so nothing has changed.", storefront.Name],
            l["If it was you, sign in with this address. To make one account of two, get in touch with {0}.", storefront.Name],
        ],
        Button = new LetterButton(l["Sign in"], $"{Portal(storefront)}/sign-in"),
        Notes = [about.Asked(l), l["If that was not you, there is nothing you need to do."]],
        SentBy = SentBy(storefront),
    };

    private string SentBy(Storefront storefront) => l["Sent by {0} because this address was typed at {1}", storefront.Name, Portal(storefront)];

    private string Portal(Storefront storefront) => addresses.PortalOf(storefront);

    private sealed record AddressHolder
    {
        public required Guid Id { get; init; }
        public string? Locale { get; init; }
    }
}
