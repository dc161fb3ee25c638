using System.Text.Json;
using Dapper;
using Latchkey.Platform.Data;
using Latchkey.Platform.Mail;
using Latchkey.Platform.Tenancy;
using Latchkey.Platform.Web;
using Microsoft.Extensions.Localization;

namespace Latchkey.Features.Payments.Mails;

/// <summary>A payment method pays nothing any more: the bank ended the permission, it is gone at the provider, or it was never confirmed.</summary>
public sealed class MethodLostMail(Database database, PublicAddress addresses, Letters letters, IStringLocalizer<Texts> l) : MailKind
{
    public const string Kind = "method_lost";

    public override string Name => Kind;

    public override async Task<RenderedMail?> RenderAsync(MailRow mail, Storefront storefront, CancellationToken cancel)
    {
        var id = JsonSerializer.Deserialize<AboutMoney>(mail.About!)!.Id;
        if (await database.ReadAsync(c => c.QuerySingleOrDefaultAsync<Lost?>(MoneyMailSql.LostMethod, new { organization = mail.OrganizationId, id }), cancel) is not { } lost) return null;
        string name = MethodNames.Of(lost.Type, lost.Brand, lost.Bank, lost.Last4);
        return await letters.RenderAsync(new Letter
        {
            Storefront = storefront,
            Subject = l["{0} cannot be used for payments", name],
            Heading = l["Please add another payment method"],
            Paragraphs =
            [
                lost.State switch
                {
                    MethodState.Revoked => l["The permission to debit {0} has ended. You or your bank withdrew it.", name],
                    MethodState.Failed => l["{0} could not be confirmed.", name],
                    _ => l["{0} is no longer on file at {1}.", name, storefront.Name],
                },
                l["Nothing is paid with it any more. Add another one in the customer portal, so that your payments go on."],
            ],
            Button = new LetterButton(l["Add a payment method"], $"{addresses.PortalOf(storefront)}/billing#methods"),
            SentBy = l["Sent by {0} because this payment method was kept for an account at {1}", storefront.Name, addresses.PortalOf(storefront)],
        });
    }

    private sealed record Lost
    {
        public required string Type { get; init; }
        public string? Brand { get; init; }
        public string? Bank { get; init; }
        public string? Last4 { get; init; }
        public required MethodState State { get; init; }
    }
}
