using System.Text.Json;
using Dapper;
using Latchkey.Platform.Data;
using Latchkey.Platform.Mail;
using Latchkey.Platform.Tenancy;
using Latchkey.Platform.Web;
using Microsoft.Extensions.Localization;

namespace Latchkey.Features.Payments.Mails;

/// <summary>A card on file ends soon.</summary>
public sealed class MethodExpiringMail(Database database, PublicAddress addresses, Letters letters, IStringLocalizer<Texts> l) : MailKind
{
    public const string Kind = "method_expiring";

    public override string Name => Kind;

    public override async Task<RenderedMail?> RenderAsync(MailRow mail, Storefront storefront, CancellationToken cancel)
    {
        var id = JsonSerializer.Deserialize<AboutMoney>(mail.About!)!.Id;
        if (await database.ReadAsync(c => c.QuerySingleOrDefaultAsync<Card?>(MoneyMailSql.Method, new { organization = mail.OrganizationId, id }), cancel) is not { ExpMonth: { } month, ExpYear: { } year } card) return null;
        string name = MethodNames.Of(card.Type, card.Brand, null, card.Last4), until = Dates.Day(new DateOnly(year, month, DateTime.DaysInMonth(year, month)));
        return await letters.RenderAsync(new Letter
        {
            Storefront = storefront,
            Subject = l["Your card {0} expires soon", name],
            Heading = l["Your card expires soon"],
            Paragraphs = [l["The card {0} that you keep at {1} is good until {2}.", name, storefront.Name, until], l["Add the new one in the customer portal, so that your payments go on."]],
            Button = new LetterButton(l["Add a payment method"], $"{addresses.PortalOf(storefront)}/billing#methods"),
            SentBy = l["Sent by {0} because this card is kept for an account at {1}", storefront.Name, addresses.PortalOf(storefront)],
        });
    }

    private sealed record Card
    {
        public required string Type { get; init; }
        public string? Brand { get; init; }
        public string? Last4 { get; init; }
        public int? ExpMonth { get; init; }
        public int? ExpYear { get; init; }
    }
}
