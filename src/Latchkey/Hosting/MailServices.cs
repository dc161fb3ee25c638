using Latchkey.Platform.Data;
using Latchkey.Platform.Mail;
using Latchkey.Platform.Mail.Smtp;
using Latchkey.Platform.Tenancy;

namespace Latchkey.Hosting;

/// <summary>Chooses how mail and texts leave, and starts a worker for each lane with connections of its own.</summary>
internal static class MailServices
{
    public static void Add(IServiceCollection services, IConfiguration configuration)
    {
        string? relay = configuration["Mail:Smtp"];
        if (!string.IsNullOrEmpty(relay))
        {
            var settings = SmtpSettings.Parse(relay);
            AddLane(services, MailLane.SignIn, settings);
            AddLane(services, MailLane.Bulk, settings with { Connections = Math.Max(1, settings.Connections / 2) });
        }
        else
        {
            services.AddSingleton<BuiltInMailbox>();
            foreach (var lane in new[] { MailLane.SignIn, MailLane.Bulk }) AddWorker(services, lane, atOnce: 4, s => s.GetRequiredService<BuiltInMailbox>());
        }
        SmsServices.Add(services, configuration, hasMailbox: string.IsNullOrEmpty(relay));
    }

    private static void AddLane(IServiceCollection services, MailLane lane, SmtpSettings settings)
    {
        services.AddKeyedSingleton<SmtpTransport>(lane, (_, _) => new SmtpTransport(settings));
        AddWorker(services, lane, settings.Connections, s => s.GetRequiredKeyedService<SmtpTransport>(lane));
    }

    public static void AddWorker(IServiceCollection services, MailLane lane, int atOnce, Func<IServiceProvider, IMailTransport> transport) =>
        services.AddSingleton<IHostedService>(s => new MailWorker(
            lane, atOnce, s.GetRequiredService<Outbox>(), s.GetRequiredService<Database>(), transport(s),
            s.GetRequiredService<StorefrontDirectory>(), s.GetServices<MailKind>(), s.GetRequiredService<PublicAddress>(),
            s.GetRequiredService<TimeProvider>(), s.GetRequiredService<ILogger<MailWorker>>()));
}
