using System.Data.Common;
using System.Globalization;
using System.Text.Json;
using Latchkey.Platform.Mail;
using Latchkey.Platform.Tenancy;
using Latchkey.Platform.Web;
using Latchkey.SignIn;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.Extensions.Localization;

namespace Latchkey.Features.SignIn.Mails;

/// <summary>The mail with the link and, by policy, the code. Both are derived again each time it is rendered.</summary>
public sealed class SignInLinkMail(
    SignInKey key, SignInRequests requests, PublicAddress addresses, IStringLocalizer<Texts> localizer, IServiceProvider services, ILoggerFactory loggers)
    : MailKind
{
    public const string Kind = "sign_in_link";

    public override string Name => Kind;

    public override async Task<RenderedMail?> RenderAsync(MailRow mail, Storefront storefront, CancellationToken cancel)
    {
        var asked = JsonSerializer.Deserialize<AskedFrom>(mail.About!)!;
        CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = Language.Culture(mail.Locale);
        var token = key.LinkToken(mail.RequestId!.Value, mail.LinkNumber!.Value);
        string? code = storefront.Policy.CodeDigits > 0 ? key.Code(mail.RequestId.Value, storefront.Policy.CodeDigits) : null;
        string portal = $"{addresses.Of(storefront)}/portal";
        var content = SignInLinkContent.Write(localizer, storefront, portal, $"{portal}/link/{token.Value}", code, asked.At, asked.Device);
        return new RenderedMail
        {
            Subject = content.Subject,
            Text = content.ToText(localizer),
            Html = await HtmlAsync(content),
            Secrets = code is null ? [token.Value] : [token.Value, code],
        };
    }

    public override Task HandedOverAsync(DbTransaction transaction, Storefront storefront, IReadOnlyList<MailRow> mails) =>
        requests.HandedOverAsync(transaction, storefront.Key, mails.Select(m => m.RequestId!.Value), storefront.Policy);

    /// <summary>What the words of the mail say about the asking.</summary>
    public static string About(DateTimeOffset askedAt, string? device) => JsonSerializer.Serialize(new AskedFrom(askedAt, device));

    private async Task<string> HtmlAsync(SignInLinkContent content)
    {
        await using var renderer = new HtmlRenderer(services, loggers);
        return await renderer.Dispatcher.InvokeAsync(async () =>
        {
            var parameters = ParameterView.FromDictionary(new Dictionary<string, object?>(StringComparer.Ordinal) { [nameof(SignInLink.Content)] = content });
            return "<!doctype html>\n" + (await renderer.RenderComponentAsync<SignInLink>(parameters)).ToHtmlString();
        });
    }

    private sealed record AskedFrom(DateTimeOffset At, string? Device);
}
