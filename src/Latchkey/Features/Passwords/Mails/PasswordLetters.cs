using Latchkey.Platform.Mail;
using Latchkey.SignIn;

namespace Latchkey.Features.Passwords.Mails;

/// <summary>The outbox rows of mails about passwords.</summary>
public sealed class PasswordLetters(TimeProvider clock)
{
    public NewMail For(AnsweredPasswordAsk answer) => answer.Mail switch
    {
        PasswordAnswer.ConfirmEmail => Mail(answer, ConfirmEmailMail.Kind, PasswordAsks.ConfirmLifetime),
        PasswordAnswer.HasAccount => Mail(answer, HasAccountMail.Kind, AccountNotices.Lifetime),
        PasswordAnswer.ResetPassword => Mail(answer, ResetPasswordMail.Kind, PasswordAsks.ResetLifetime),
        PasswordAnswer.SetPassword => Mail(answer, SetPasswordMail.Kind, PasswordAsks.ResetLifetime),
    };

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
