using Latchkey.Features.Passwords;
using Latchkey.Features.Passwords.Mails;
using Latchkey.Features.Passwords.Portal;
using Latchkey.Platform.Mail;
using Latchkey.SignIn;

namespace Latchkey.Hosting;

/// <summary>Passwords, for the storefronts whose policy has them.</summary>
internal static class PasswordServices
{
    public static void Add(IServiceCollection services)
    {
        services.AddSingleton<IPasswordHasher>(_ => new KnownHasher(new FrameworkHasher())).AddSingleton<PasswordHashing>().AddHostedService(s => s.GetRequiredService<PasswordHashing>());
        services.AddSingleton<AccountPasswords>().AddSingleton<PasswordAsks>().AddSingleton<Registrations>();
        services.AddSingleton<SignInByPassword>().AddSingleton<AskAboutPassword>().AddSingleton<ConfirmAddress>().AddSingleton<SetPassword>();
        services.AddSingleton<SendPasswordMailsSignal>().AddHostedService<SendPasswordMails>();
        services.AddSingleton<PasswordLetters>();
        services.AddSingleton<MailKind, ConfirmEmailMail>().AddSingleton<MailKind, HasAccountMail>();
        services.AddSingleton<MailKind, ResetPasswordMail>().AddSingleton<MailKind, SetPasswordMail>();
        services.AddSingleton<MailKind, PasswordChangedMail>().AddSingleton<MailKind, PasswordPausedMail>();
        services.AddSingleton<AskForMail>().AddSingleton<PasswordDeadEnds>().AddSingleton<PasswordProblems>();
    }
}
