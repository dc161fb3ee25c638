using Latchkey.Tests.Rig;

namespace Latchkey.Tests.Features.Storefronts;

/// <summary>The server with a name server that tests write records into.</summary>
public sealed class PortalWithNameServer : Portal
{
    internal NameServer Dns { get; } = new();

    protected override IEnumerable<string> Settings => [.. base.Settings, $"--Latchkey:DnsServer={Dns.Address}"];

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        Dns.Dispose();
    }
}
