using Latchkey.Features.BillingPlans;
using Latchkey.Features.Invoices;
using Latchkey.Features.Invoices.Import;
using Latchkey.Features.Invoices.Mails;
using Latchkey.Features.Payments;
using Latchkey.Features.Payments.Mails;
using Latchkey.Features.Rentals;
using Latchkey.Features.Revenue;
using Latchkey.Features.Subscriptions;
using Latchkey.Platform.Data;
using Latchkey.Platform.Mail;
using Latchkey.Platform.Payments;
using Latchkey.Platform.Payments.Test;

namespace Latchkey.Hosting;

/// <summary>Invoices and payments.</summary>
internal static class MoneyServices
{
    public static void Add(IServiceCollection services, IConfiguration configuration)
    {
        AddStripe(services, StripeSettings.Read(configuration));
        services.AddSingleton<CreateInvoice>().AddSingleton<MoveInvoice>().AddSingleton<ReadInvoices>().AddSingleton<ImportInvoices>();
        services.AddSingleton<StartCheckout>().AddSingleton<EndCheckout>().AddSingleton<SettlePayment>().AddSingleton<WriteSettlement>().AddSingleton<SettleRefunds>().AddSingleton<WriteRefunds>().AddSingleton<SettleDispute>().AddSingleton<PayersCustomer>().AddSingleton<RequestRefund>();
        services.AddSingleton<AddMethod>().AddSingleton<SettleSetup>().AddSingleton<KeepMethods>().AddSingleton<ChangeMethods>().AddSingleton<ChargeMethod>().AddSingleton<OwnedPayments>();
        services.AddSingleton<RecordPayment>().AddSingleton<VoidInvoice>().AddSingleton<RefundInvoice>().AddSingleton<DecideRefund>().AddSingleton<LimitRefunds>().AddSingleton<SendInvoice>().AddSingleton<WriteInvoice>().AddSingleton<ListPayments>();
        services.AddSingleton<ChoosePaymentAccount>().AddSingleton<RunBilling>().AddSingleton<CollectInvoices>().AddSingleton<EndWhatIsOver>().AddSingleton<ChooseAutopay>();
        services.AddSingleton<RevenueReport>();
        services.AddSingleton<MoneyMails>().AddSingleton<PaymentFacts>();
        services.AddSingleton<MailKind, ReceiptMail>().AddSingleton<MailKind, PaymentFailedMail>().AddSingleton<MailKind, MethodExpiringMail>().AddSingleton<MailKind, MethodLostMail>().AddSingleton<MailKind, InvoiceMail>();
        services.AddSingleton<SettleEvent>().AddHostedService<PaymentInbox>();
        services.AddSingleton<LookAgain>().AddSingleton<SendRefunds>().AddSingleton<Reconcile>().AddSingleton<WarnOfExpiry>().AddSingleton<MoneySignal>().AddHostedService<MoneyClock>();
    }

    private static void AddStripe(IServiceCollection services, StripeSettings settings)
    {
        services.AddSingleton(settings).AddSingleton<PaymentAccounts>().AddSingleton<StripeApi>().AddSingleton<StripeDoor>();
        services.AddHttpClient(StripeApi.Client, http =>
        {
            http.Timeout = settings.Timeout;
            http.MaxResponseContentBufferSize = 8 * 1024 * 1024;
        })
            .ConfigurePrimaryHttpMessageHandler(() => new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, ConnectTimeout = TimeSpan.FromSeconds(5) })
            .RemoveAllLoggers(); // they would write the names of customers
        services.AddSingleton(s => new TestStripe(s.GetRequiredService<Database>(), s.GetRequiredService<TimeProvider>(), s.GetRequiredService<StripeDoor>().ReceiveTestAsync)).AddSingleton<TestDesk>();
        services.AddHttpClient(StripeApi.TestClient).ConfigurePrimaryHttpMessageHandler(s => new TestStripeHandler(s.GetRequiredService<TestStripe>())).RemoveAllLoggers();
    }
}
