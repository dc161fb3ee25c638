using System.Text.Json;
using Latchkey.Platform.Data;
using Latchkey.Platform.Mail;
using Latchkey.Platform.Tenancy;
using Latchkey.Platform.Web;
using Microsoft.Extensions.Localization;

namespace Latchkey.Features.SignUps.Mails;

/// <summary>What somebody has rented or subscribed to, and the way to the portal.</summary>
public sealed class WelcomeMail(Letters letters, PublicAddress addresses, IStringLocalizer<Texts> l) : MailKind
{
    public const string Kind = "welcome";

    public override string Name => Kind;

    public static string About(What what) => JsonSerializer.Serialize(what);

    public override Task<RenderedMail?> RenderAsync(MailRow mail, Storefront storefront, CancellationToken cancel)
    {
        var what = JsonSerializer.Deserialize<What>(mail.About!)!;
        string portal = addresses.PortalOf(storefront), day = Dates.Day(IsoDay.Read(what.StartsOn));
        return Render(new Letter
        {
            Storefront = storefront,
            Subject = l["Welcome to {0}", storefront.Name],
            Heading = l["Welcome to {0}", storefront.Name],
            Paragraphs =
            [
                what.Unit is { } unit
                    ? l["Unit {0} ({1}) at {2} is yours from {3}. Your payment has arrived.", unit, what.Type, Place(what), day]
                    : l["{0} begins on {1}. Your payment has arrived.", what.Type, day],
                what.IsOthers
                    ? l["This address has had an account before. Sign in and confirm that this is yours: then it shows in your portal."]
                    : l["In the customer portal you see what you have, your invoices and your details. You sign in with this address."],
            ],
            Button = new LetterButton(l["Go to the customer portal"], what.IsOthers ? $"{portal}/rent" : portal),
            Notes = [l["If that was not you, write to us: somebody has typed your address."]],
            SentBy = l["Sent by {0} because of a sign-up with this address", storefront.Name],
        });
    }

    private async Task<RenderedMail?> Render(Letter letter) => await letters.RenderAsync(letter);

    private static string Place(What what) => what.Address is null ? what.Facility : $"{what.Facility}, {what.Address}";

    /// <summary>What the words of the mail need.</summary>
    public sealed record What
    {
        public required string Type { get; init; }
        public required string Facility { get; init; }
        public string? Address { get; init; }
        public string? Unit { get; init; }
        public required string StartsOn { get; init; }
        /// <summary>The address has an account that was proven before.</summary>
        public bool IsOthers { get; init; }
    }
}
