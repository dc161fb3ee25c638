using Latchkey.Platform.Mail;
using Latchkey.Platform.Sms;
using Latchkey.Platform.Tenancy;

namespace Latchkey.Hosting;

/// <summary>Chooses how texts leave, after mail has.</summary>
internal static class SmsServices
{
    private const int AtOnce = 8;

    public static void Add(IServiceCollection services, IConfiguration configuration, bool hasMailbox)
    {
        var twilio = TwilioSettings.Read(configuration);
        services.AddSingleton(s => new SmsChannel(twilio is not null, s.GetService<BuiltInMailbox>(), s.GetRequiredService<PublicAddress>()));
        if (twilio is not null) AddTwilio(services, twilio);
        else if (hasMailbox) MailServices.AddWorker(services, MailLane.Sms, AtOnce, s => s.GetRequiredService<BuiltInMailbox>());
    }

    private static void AddTwilio(IServiceCollection services, TwilioSettings settings)
    {
        services.AddSingleton(settings).AddSingleton<TwilioMessages>().AddSingleton<TwilioTransport>().AddSingleton<TwilioReports>();
        services.AddHttpClient(TwilioMessages.Client, client =>
        {
            client.Timeout = TimeSpan.FromSeconds(10);
            client.MaxResponseContentBufferSize = 1024 * 1024;
        })
            .ConfigurePrimaryHttpMessageHandler(() => new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, ConnectTimeout = TimeSpan.FromSeconds(5) })
            .RemoveAllLoggers(); // they would write numbers
        MailServices.AddWorker(services, MailLane.Sms, AtOnce, s => s.GetRequiredService<TwilioTransport>());
    }
}
