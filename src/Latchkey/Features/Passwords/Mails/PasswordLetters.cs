using System.Data.Common;
using Latchkey.Platform.Mail;
using Latchkey.Platform.Tenancy;
using Latchkey.SignIn;

namespace Latchkey.Features.Passwords.Mails;

/// <summary>The outbox rows of mails about passwords.</summary>
public sealed class PasswordLetters(Outbox outbox, TimeProvider clock)
{
    /// <summary>A notice is worth sending for so long.</summary>
    private static readonly TimeSpan NoticeLifetime = TimeSpan.FromDays(2);

    public NewMail For(AnsweredPasswordAsk answer) => answer.Mail switch
    {
        PasswordAnswer.ConfirmEmail => Mail(answer, ConfirmEmailMail.Kind, PasswordAsks.ConfirmLifetime),
        PasswordAnswer.HasAccount => Mail(answer, HasAccountMail.Kind, NoticeLifetime),
        PasswordAnswer.ResetPassword => Mail(answer, ResetPasswordMail.Kind, PasswordAsks.ResetLifetime),
        PasswordAnswer.SetPassword => Mail(answer, SetPasswordMail.Kind, PasswordAsks.ResetLifetime),
    };

    /// <summary>A notice to the holder of an account. Announce what comes back after the commit.</summary>
    public Task<EnqueuedMails> EnqueueAsync(DbTransaction transaction, Storefront storefront, AccountMailbox account, string kind) =>
        outbox.EnqueueAsync(transaction, MailLane.SignIn,
            [Mail(new AnsweredPasswordAsk(storefront.Key, default, account.AccountId, account.Email, account.Locale ?? storefront.Locale, null), kind, NoticeLifetime)]);

    private NewMail Mail(AnsweredPasswordAsk answer, string kind, TimeSpan lifetime)
    {
        var now = clock.GetUtcNow();
        return new NewMail
        {
            OrganizationId = answer.Where.OrganizationId,
            Id = Guid.CreateVersion7(now),
            StorefrontId = answer.Where.StorefrontId,
            Kind = kind,
            AccountId = answer.AccountId,
            RequestId = answer.Link?.Id,
            ToAddress = answer.Email,
            Locale = answer.Locale,
            CreatedAt = now,
            GiveUpAt = now + lifetime,
        };
    }
}
