using Latchkey.Platform.Data;
using Latchkey.Platform.Mail;
using Latchkey.Platform.Tenancy;
using Latchkey.Platform.Web;
using Microsoft.Extensions.Localization;

namespace Latchkey.Features.Payments.Mails;

/// <summary>A card on file ends soon.</summary>
public sealed class MethodExpiringMail(Database database, PublicAddress addresses, Letters letters, IStringLocalizer<Texts> localizer) : MethodMail(database, addresses, letters, localizer)
{
    public const string Kind = "method_expiring";

    public override string Name => Kind;

    private protected override Letter? Write(AboutMethod method, string name, Storefront storefront, string portal) => method is not { State: MethodState.Active, ExpMonth: { } month, ExpYear: { } year } ? null : new Letter
    {
        Storefront = storefront,
        Subject = l["Your card {0} expires soon", name],
        Heading = l["Your card expires soon"],
        Paragraphs =
        [
            l["The card {0} that you keep at {1} is good until {2}.", name, storefront.Name, Dates.Day(new DateOnly(year, month, DateTime.DaysInMonth(year, month)))],
            l["Add the new one in the customer portal, so that your payments go on."],
        ],
        SentBy = l["Sent by {0} because this card is kept for an account at {1}", storefront.Name, portal],
    };
}
