using Latchkey.Platform;
using Latchkey.Platform.Tenancy;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting.Internal;
using Microsoft.Extensions.Logging.Abstractions;

namespace Latchkey.Tests.Platform.Tenancy;

[Trait("Engine", "none")]
public sealed class PublicAddressTests
{
    [Fact]
    public async Task Services_that_run_before_the_server_listens_wait_for_its_address_instead_of_inventing_one()
    {
        var lifetime = new ApplicationLifetime(NullLogger<ApplicationLifetime>.Instance);
        using var server = new ListeningServer();
        var address = new PublicAddress(LatchkeySettings.Read(new ConfigurationBuilder().Build()), server, lifetime);

        var known = address.KnownAsync(TestContext.Current.CancellationToken);
        known.IsCompleted.ShouldBeFalse();
        Should.Throw<InvalidOperationException>(() => address.Installation);

        server.Listen("http://127.0.0.1:4711");
        lifetime.NotifyStarted();
        await known;
        address.Installation.ShouldBe(new Uri("http://127.0.0.1:4711"));
    }

    private sealed class ListeningServer : IServer
    {
        private readonly ServerAddressesFeature addresses = new();

        public ListeningServer() => Features.Set<IServerAddressesFeature>(addresses);

        public IFeatureCollection Features { get; } = new FeatureCollection();

        public void Listen(string address) => addresses.Addresses.Add(address);

        public Task StartAsync<TContext>(IHttpApplication<TContext> application, CancellationToken cancellationToken)
            where TContext : notnull => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public void Dispose() { }
    }
}
