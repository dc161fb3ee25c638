using Latchkey.Platform.Mail;
using Latchkey.Tests.Rig;
using Microsoft.Extensions.DependencyInjection;

namespace Latchkey.Tests.Platform.Sms.Rig;

/// <summary>The whole server with Twilio behind it, as it stands behind a proxy: its public address is not the one it listens on.</summary>
public class PortalWithTwilio : Portal
{
    internal const string PublicUrl = "https://portal.example.test";

    internal FakeTwilio Twilio { get; private set; } = null!;

    protected override IEnumerable<string> Settings =>
    [
        $"--Twilio:AccountSid={FakeTwilio.AccountSid}", $"--Twilio:AuthToken={FakeTwilio.AuthToken}", $"--Twilio:From={Sender}",
        $"--Twilio:ApiBase={Twilio.Url}", $"--Latchkey:PublicUrl={PublicUrl}",
    ];

    protected virtual string Sender => FakeTwilio.From;

    public override async ValueTask InitializeAsync()
    {
        Twilio = new FakeTwilio(Clock);
        await Twilio.StartAsync();
        await base.InitializeAsync();
    }

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        await Twilio.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    protected override void Adjust(IServiceCollection services) => services.AddSingleton<MailKind, HelloText>();
}
