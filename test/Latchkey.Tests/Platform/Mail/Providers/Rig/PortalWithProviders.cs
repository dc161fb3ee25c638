using Latchkey.Features.MailDelivery;
using Latchkey.Platform.Mail;
using Latchkey.Platform.Mail.Providers;
using Latchkey.Platform.Mail.Providers.Ses;
using Latchkey.Platform.Tenancy;
using Latchkey.Tests.Rig;
using Microsoft.Extensions.DependencyInjection;

namespace Latchkey.Tests.Platform.Mail.Providers.Rig;

/// <summary>The whole server with the providers behind it. The installation sends by SMTP; each organization chooses what it likes.</summary>
public class PortalWithProviders : Portal
{
    internal FakeMail Fake { get; private set; } = null!;

    protected override IEnumerable<string> Settings => [.. Enum.GetNames<MailProviderName>().Select(name => $"--{name}:ApiBase={Fake.Url}")];

    public override async ValueTask InitializeAsync()
    {
        Fake = new FakeMail(Clock);
        await Fake.StartAsync();
        await base.InitializeAsync();
    }

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        await Fake.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    /// <summary>A storefront whose organization sends by the provider.</summary>
    internal async Task<Storefront> StorefrontWithAsync(MailProviderName provider)
    {
        var storefront = await StorefrontAsync(name: "Riverbend “R” Storage");
        (await Services.GetRequiredService<ChooseMailProvider>().RunAsync(storefront.OrganizationId, provider, Fake[provider].Account, "Olive Owner")).ShouldBeNull();
        return storefront;
    }

    /// <summary>How long an answer is waited for. Longer than usual: a busy machine is no silent provider.</summary>
    protected virtual TimeSpan Patience => TimeSpan.FromMinutes(1);

    protected override void Adjust(IServiceCollection services)
    {
        services.AddHttpClient(ProviderClient.Client, client => client.Timeout = Patience);
        services.AddSingleton<MailKind, HelloMail>();
        services.AddHttpClient(SnsFiles.Client).ConfigurePrimaryHttpMessageHandler(() => Fake.Sns());
    }
}

/// <summary>The installation itself sends by a provider.</summary>
public abstract class PortalOf : PortalWithProviders
{
    internal abstract MailProviderName Provider { get; }

    protected override IEnumerable<string> MailSettings => [$"--Mail:Provider={Provider.Word()}", .. Fake[Provider].Account.Select(f => $"--{Provider}:{f.Key}={f.Value}")];
}

/// <summary>A mail with a secret, and nothing behind it.</summary>
internal sealed class HelloMail : MailKind
{
    public const string Kind = "test_hello_mail";
    public const string Secret = "https://portal.example.test/portal/link/4711";

    public override string Name => Kind;

    public override Task<RenderedMail?> RenderAsync(MailRow mail, Storefront storefront, CancellationToken cancel) => Task.FromResult<RenderedMail?>(new RenderedMail
    {
        Subject = "Bonjour à vous",
        Text = $"Hello\n\n{Secret}\n",
        Html = $"<p>Hello <a href=\"{Secret}\">é</a></p>",
        Secrets = [Secret],
    });
}
