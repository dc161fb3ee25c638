using System.Data.Common;
using Latchkey.Platform.Mail;
using Latchkey.Platform.Tenancy;
using Latchkey.Platform.Web;
using Latchkey.SignIn;
using Microsoft.Extensions.Localization;

namespace Latchkey.Features.SignIn.Mails;

/// <summary>The code as a text message: the same one as in the mail, with the same counter.</summary>
public sealed class SignInCodeSms(SignInKey key, SignInRequests requests, PublicAddress addresses, IStringLocalizer<Texts> l) : MailKind
{
    public const string Kind = "sign_in_code_sms";

    public override string Name => Kind;

    public override Task<RenderedMail?> RenderAsync(MailRow mail, Storefront storefront, CancellationToken cancel)
    {
        if (storefront.Policy is not { CodeBySms: true, CodeDigits: > 0 }) return Task.FromResult<RenderedMail?>(null);
        string code = key.Code(mail.RequestId!.Value, storefront.Policy.CodeDigits);
        string words = l["{0} is your sign-in code for {1}. It works for {2} minutes. Never read it out to anybody.", code, storefront.Name, (int)storefront.Policy.CodeLifetime.TotalMinutes];
        // The last line lets phones offer the code for this portal only (origin-bound one-time codes).
        return Task.FromResult<RenderedMail?>(RenderedMail.Sms($"{words}\n\n@{new Uri(addresses.PortalOf(storefront)).Host} #{code}", code));
    }

    public override Task HandedOverAsync(DbTransaction transaction, Storefront storefront, IReadOnlyList<MailRow> mails) =>
        requests.HandedOverAsync(transaction, storefront.Key, mails.Select(m => m.RequestId!.Value), storefront.Policy);
}
