using Latchkey.Features.Invoices;
using Latchkey.Features.Payments;
using Latchkey.Features.SignUps;
using Latchkey.Features.SignUps.Mails;
using Latchkey.Platform.Mail;

namespace Latchkey.Hosting;

/// <summary>Renting and subscribing on the storefront.</summary>
internal static class RentServices
{
    public static void Add(IServiceCollection services)
    {
        services.AddSingleton<FindSignUp>().AddSingleton<HoldUnit>().AddSingleton<BeginSignUp>().AddSingleton<SaveSignUp>();
        services.AddSingleton<PaySignUp>().AddSingleton<NotePeriod>().AddSingleton<CompleteSignUp>().AddSingleton<LeavePayment>().AddSingleton<CloseCheckout>().AddSingleton<ResumeSignUp>().AddSingleton<ForgetSignUps>();
        services.AddSingleton<InvoicePaid>(s => s.GetRequiredService<CompleteSignUp>().InvoicePaidAsync);
        services.AddSingleton<CheckoutEnded>(s => s.GetRequiredService<CloseCheckout>().CheckoutEndedAsync);
        services.AddSingleton<WelcomeSignal>().AddHostedService<WelcomeCustomers>();
        services.AddSingleton<MailKind, WelcomeMail>().AddSingleton<MailKind, SoldOutMail>();
    }
}
