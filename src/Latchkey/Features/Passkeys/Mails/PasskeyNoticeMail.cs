using System.Globalization;
using System.Text.Json;
using Latchkey.Platform.Mail;
using Latchkey.Platform.Tenancy;
using Latchkey.Platform.Web;
using Latchkey.SignIn;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.Extensions.Localization;

namespace Latchkey.Features.Passkeys.Mails;

/// <summary>Tells the account's address that a passkey was added or removed. It holds no secret.</summary>
public sealed class PasskeyNoticeMail(PublicAddress addresses, IStringLocalizer<Texts> localizer, IServiceProvider services, ILoggerFactory loggers) : MailKind
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
        var (change, at, device) = JsonSerializer.Deserialize<Changed>(mail.About!)!;
        CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = Language.Culture(mail.Locale);
        var content = PasskeyNoticeContent.Write(localizer, storefront, $"{addresses.Of(storefront)}/portal", change, at, device);
        return new RenderedMail { Subject = content.Subject, Text = content.ToText(localizer), Html = await HtmlAsync(content), Secrets = [] };
    }

    private async Task<string> HtmlAsync(PasskeyNoticeContent content)
    {
        await using var renderer = new HtmlRenderer(services, loggers);
        return await renderer.Dispatcher.InvokeAsync(async () =>
        {
            var parameters = ParameterView.FromDictionary(new Dictionary<string, object?>(StringComparer.Ordinal) { [nameof(PasskeyNotice.Content)] = content });
            return "<!doctype html>\n" + (await renderer.RenderComponentAsync<PasskeyNotice>(parameters)).ToHtmlString();
        });
    }

    private sealed record Changed(PasskeyChange Change, DateTimeOffset At, string? Device);
}

public enum PasskeyChange
{
    Added,
    Removed,
}
