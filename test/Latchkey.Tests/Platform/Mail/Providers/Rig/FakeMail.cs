using System.Net;
using Latchkey.Platform.Mail.Providers;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Logging;

namespace Latchkey.Tests.Platform.Mail.Providers.Rig;

/// <summary>All five providers on one real port, and what SNS keeps at its own addresses.</summary>
internal sealed class FakeMail : IAsyncDisposable
{
    readonly Dictionary<MailProviderName, FakeProvider> providers;
    WebApplication? app;

    public FakeMail(TimeProvider clock)
    {
        (Ses, SendGrid, Resend) = (new FakeSes(clock), new FakeSendGrid(clock), new FakeResend(clock));
        providers = new FakeProvider[] { new FakePostmark(clock), Ses, SendGrid, new FakeMailgun(clock), Resend }.ToDictionary(p => p.Name);
    }

    public Uri Url { get; private set; } = null!;
    public FakeSes Ses { get; }
    public FakeSendGrid SendGrid { get; }
    public FakeResend Resend { get; }

    /// <summary>What was asked for at SNS's own addresses.</summary>
    public System.Collections.Concurrent.ConcurrentQueue<Uri> AskedOfSns { get; } = new();

    public FakeProvider this[MailProviderName name] => providers[name];

    public async Task StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        app = builder.Build();
        foreach (var provider in providers.Values) provider.Map(app);
        await app.StartAsync();
        Url = new Uri(app.Urls.Single());
    }

    /// <summary>Stands in for the network between us and SNS.</summary>
    public HttpMessageHandler Sns() => new SnsHandler(this);

    public async ValueTask DisposeAsync()
    {
        if (app is not null)
        {
            await app.StopAsync(new CancellationToken(canceled: true));
            await app.DisposeAsync();
        }
        Ses.Dispose();
        SendGrid.Dispose();
    }

    sealed class SnsHandler(FakeMail fake) : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            fake.AskedOfSns.Enqueue(request.RequestUri!);
            if (request.RequestUri!.AbsolutePath.Contains("missing", StringComparison.Ordinal)) throw new HttpRequestException("No such host");
            return Task.FromResult(new HttpResponseMessage(HttpStatusCode.OK) { Content = new StringContent(fake.Ses.CertificatePem) });
        }
    }
}
