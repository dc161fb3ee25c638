using Latchkey.Platform.Data;
using Latchkey.Platform.Mail;
using Latchkey.Platform.Mail.Inbox;
using Latchkey.Platform.Mail.Providers;
using Latchkey.Platform.Mail.Providers.Ses;
using Latchkey.Platform.Mail.Smtp;
using Latchkey.Platform.Tenancy;

namespace Latchkey.Hosting;

/// <summary>Chooses how mail and texts leave, and starts a worker for each lane with connections of its own.</summary>
internal static class MailServices
{
    /// <summary>Mails under way at a provider by HTTP, or on the way into the mailbox.</summary>
    private const int AtOnce = 8;

    public static void Add(IServiceCollection services, IConfiguration configuration)
    {
        string? relay = configuration["Mail:Smtp"];
        bool hasRelay = !string.IsNullOrEmpty(relay), hasProvider = MailAccounts.Chosen(configuration) is not null;
        if (hasRelay && hasProvider) throw new FormatException("Mail__Smtp and Mail__Provider are both set: mail leaves by one of them.");
        AddProviders(services, configuration);
        if (hasRelay) AddRelay(services, SmtpSettings.Parse(relay!));
        else if (hasProvider) AddLanes(services, _ => null);
        else AddLanes(services.AddSingleton<BuiltInMailbox>(), s => s.GetRequiredService<BuiltInMailbox>());
        SmsServices.Add(services, configuration, hasMailbox: !hasRelay && !hasProvider);
    }

    private static void AddRelay(IServiceCollection services, SmtpSettings settings)
    {
        AddLane(services, MailLane.SignIn, settings);
        AddLane(services, MailLane.Bulk, settings with { Connections = Math.Max(1, settings.Connections / 2) });
    }

    private static void AddLanes(IServiceCollection services, Func<IServiceProvider, IMailTransport?> transport)
    {
        AddWorker(services, MailLane.SignIn, AtOnce, s => Chosen(s, transport(s)));
        AddWorker(services, MailLane.Bulk, AtOnce / 2, s => Chosen(s, transport(s)));
    }

    private static void AddLane(IServiceCollection services, MailLane lane, SmtpSettings settings)
    {
        services.AddKeyedSingleton<SmtpTransport>(lane, (_, _) => new SmtpTransport(settings));
        AddWorker(services, lane, settings.Connections, s => Chosen(s, s.GetRequiredKeyedService<SmtpTransport>(lane)));
    }

    private static ChosenTransport Chosen(IServiceProvider services, IMailTransport? relay) => new(
        relay, services.GetRequiredService<MailProviders>(), services.GetRequiredService<ProviderClient>(), services.GetRequiredService<Suppressions>(),
        services.GetRequiredService<Deliveries>(), services.GetRequiredService<Database>());

    private static void AddProviders(IServiceCollection services, IConfiguration configuration)
    {
        services.AddSingleton<SnsFiles>().AddSingleton<ProviderClient>().AddSingleton<MailProviders>().AddSingleton(s => new MailAccounts(configuration, s.GetRequiredService<SnsFiles>()));
        services.AddSingleton<WebhookInbox>().AddSingleton<MailHookDoor>().AddHostedService<WebhookWorker>();
        foreach (string client in new[] { ProviderClient.Client, SnsFiles.Client })
            services.AddHttpClient(client, http =>
            {
                http.Timeout = TimeSpan.FromSeconds(15);
                http.MaxResponseContentBufferSize = 1024 * 1024;
            })
                .ConfigurePrimaryHttpMessageHandler(() => new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, ConnectTimeout = TimeSpan.FromSeconds(5) })
                .RemoveAllLoggers(); // they would write addresses
    }

    public static void AddWorker(IServiceCollection services, MailLane lane, int atOnce, Func<IServiceProvider, IMailTransport> transport) =>
        services.AddSingleton<IHostedService>(s => new MailWorker(
            lane, atOnce, s.GetRequiredService<Outbox>(), s.GetRequiredService<Database>(), transport(s),
            s.GetRequiredService<StorefrontDirectory>(), s.GetServices<MailKind>(), s.GetRequiredService<PublicAddress>(),
            s.GetRequiredService<TimeProvider>(), s.GetRequiredService<ILogger<MailWorker>>()));
}
