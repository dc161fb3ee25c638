using System.Text.Json;
using Latchkey.Platform.Mail;
using Latchkey.Platform.Tenancy;
using Latchkey.Platform.Web;
using Latchkey.SignIn;
using Microsoft.Extensions.Localization;

namespace Latchkey.Features.Passkeys.Mails;

/// <summary>Tells the account's address that a passkey was added or removed. It holds no secret.</summary>
public sealed class PasskeyNoticeMail(PublicAddress addresses, Letters letters, IStringLocalizer<Texts> l) : MailKind
{
    public const string Kind = "passkey_notice";
    private static readonly TimeSpan WorthSending = TimeSpan.FromDays(3);

    public override string Name => Kind;

    public static NewMail New(Storefront storefront, LiveSession customer, Visitor visitor, PasskeyChange change, DateTimeOffset now) => new()
    {
        OrganizationId = storefront.OrganizationId,
        Id = Guid.CreateVersion7(now),
        StorefrontId = storefront.Id,
        Kind = Kind,
        AccountId = customer.AccountId,
        About = JsonSerializer.Serialize(new Changed(change, now, visitor.Device)),
        ToAddress = customer.Email,
        Locale = customer.Locale ?? storefront.Locale,
        CreatedAt = now,
        GiveUpAt = now + WorthSending,
    };

    public override async Task<RenderedMail?> RenderAsync(MailRow mail, Storefront storefront, CancellationToken cancel)
    {
        return await letters.RenderAsync(Write(storefront, JsonSerializer.Deserialize<Changed>(mail.About!)!));
    }

    private Letter Write(Storefront storefront, Changed changed)
    {
        string when = Dates.Moment(changed.At);
        string subject = changed.Change switch
        {
            PasskeyChange.Added => l["A passkey was added to your account at {0}", storefront.Name],
            PasskeyChange.Removed => l["A passkey was removed from your account at {0}", storefront.Name],
        };
        string effect = changed.Change switch
        {
            PasskeyChange.Added => l["From now on it signs in to your account at {0} without a mail.", storefront.Name],
            PasskeyChange.Removed => l["It no longer signs in to your account at {0}. A link by mail still does.", storefront.Name],
        };
        return new Letter
        {
            Storefront = storefront,
            Subject = subject,
            Heading = subject,
            Paragraphs = [effect, l["If that was not you, open your account, remove the passkeys you do not know and sign out all devices."]],
            Button = new LetterButton(l["Your passkeys"], $"{addresses.PortalOf(storefront)}/account/passkeys"),
            Notes = [changed.Device is null ? l["Done on {0}.", when] : l["Done on {0} from {1}.", when, Devices.InWords(l, changed.Device)]],
            SentBy = l["Sent by {0} because it is about the safety of your account.", storefront.Name],
        };
    }

    private sealed record Changed(PasskeyChange Change, DateTimeOffset At, string? Device);
}

public enum PasskeyChange
{
    Added,
    Removed,
}
