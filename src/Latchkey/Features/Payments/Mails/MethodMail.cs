using System.Text.Json;
using Dapper;
using Latchkey.Platform.Data;
using Latchkey.Platform.Mail;
using Latchkey.Platform.Tenancy;
using Latchkey.Platform.Web;
using Microsoft.Extensions.Localization;

namespace Latchkey.Features.Payments.Mails;

/// <summary>A mail about a payment method that its customer should replace.</summary>
public abstract class MethodMail(Database database, PublicAddress addresses, Letters letters, IStringLocalizer<Texts> localizer) : MailKind
{
#pragma warning disable IDE1006 // the localizer has one short name wherever texts are
    protected IStringLocalizer<Texts> l => localizer;
#pragma warning restore IDE1006

    public override async Task<RenderedMail?> RenderAsync(MailRow mail, Storefront storefront, CancellationToken cancel)
    {
        var id = JsonSerializer.Deserialize<AboutMoney>(mail.About!)!.Id;
        var method = await database.ReadAsync(c => c.QuerySingleOrDefaultAsync<AboutMethod?>(MoneyMailSql.Method, new { organization = mail.OrganizationId, id }), cancel);
        string portal = addresses.PortalOf(storefront);
        return method is not null && Write(method, MethodNames.Of(method.Type, method.Brand, method.Bank, method.Last4), storefront, portal) is { } letter
            ? await letters.RenderAsync(letter with { Button = new LetterButton(l["Add a payment method"], $"{portal}/billing#methods") })
            : null;
    }

    /// <returns>Null when it is not worth telling any more.</returns>
    private protected abstract Letter? Write(AboutMethod method, string name, Storefront storefront, string portal);
}

internal sealed record AboutMethod
{
    public required string Type { get; init; }
    public string? Brand { get; init; }
    public string? Bank { get; init; }
    public string? Last4 { get; init; }
    public int? ExpMonth { get; init; }
    public int? ExpYear { get; init; }
    public required MethodState State { get; init; }
}
