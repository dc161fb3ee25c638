using Latchkey.Platform.Data;
using Latchkey.Platform.Mail;
using Latchkey.Platform.Tenancy;
using Latchkey.Platform.Web;
using Microsoft.Extensions.Localization;

namespace Latchkey.Features.Payments.Mails;

/// <summary>A payment method pays nothing any more: the bank ended the permission, it is gone at the provider, or it was never confirmed.</summary>
public sealed class MethodLostMail(Database database, PublicAddress addresses, Letters letters, IStringLocalizer<Texts> localizer) : MethodMail(database, addresses, letters, localizer)
{
    public const string Kind = "method_lost";

    public override string Name => Kind;

    private protected override Letter? Write(AboutMethod method, string name, Storefront storefront, string portal) => method.State is not (MethodState.Revoked or MethodState.Removed or MethodState.Failed) ? null : new Letter
    {
        Storefront = storefront,
        Subject = l["{0} cannot be used for payments", name],
        Heading = l["Please add another payment method"],
        Paragraphs =
        [
            method.State switch
            {
                MethodState.Revoked => l["The permission to debit {0} has ended. You or your bank withdrew it.", name],
                MethodState.Failed => l["{0} could not be confirmed.", name],
                _ => l["{0} is no longer on file at {1}.", name, storefront.Name],
            },
            l["Nothing is paid with it any more. Add another one in the customer portal, so that your payments go on."],
        ],
        SentBy = l["Sent by {0} because this payment method was kept for an account at {1}", storefront.Name, portal],
    };
}
