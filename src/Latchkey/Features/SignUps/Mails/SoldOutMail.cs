using System.Text.Json;
using Latchkey.Platform.Mail;
using Latchkey.Platform.Tenancy;
using Latchkey.Platform.Web;
using Microsoft.Extensions.Localization;

namespace Latchkey.Features.SignUps.Mails;

/// <summary>The payment came when nothing was free any more: it goes back.</summary>
public sealed class SoldOutMail(Letters letters, PublicAddress addresses, IStringLocalizer<Texts> l) : MailKind
{
    public const string Kind = "sold_out";

    public override string Name => Kind;

    public override async Task<RenderedMail?> RenderAsync(MailRow mail, Storefront storefront, CancellationToken cancel)
    {
        var what = JsonSerializer.Deserialize<WelcomeMail.What>(mail.About!)!;
        return await letters.RenderAsync(new Letter
        {
            Storefront = storefront,
            Subject = l["Sorry, your unit is gone. Your money comes back"],
            Heading = l["Sorry, your unit is gone"],
            Paragraphs =
            [
                l["Your payment for {0} at {1} arrived after the time that the unit was held for you, and no other one is free. The whole amount goes back the way it came; that can take some days.", what.Type, what.Facility],
                l["Perhaps another size fits: have a look at what is free."],
            ],
            Button = new LetterButton(l["See what is free"], $"{addresses.Of(storefront)}/rent"),
            SentBy = l["Sent by {0} because of a sign-up with this address", storefront.Name],
        });
    }
}
