using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;

namespace Latchkey.Platform.Tenancy;

/// <summary>Where a storefront is reached from outside. From configuration only: nothing is learned from a request (GHSA-jrmq-rv9w-63rv).</summary>
public sealed class PublicAddress(LatchkeySettings settings, IServer server, IHostApplicationLifetime lifetime)
{
    /// <summary>The installation's own address, without a slash at the end. Known as soon as the server listens.</summary>
    public Uri Installation => settings.PublicUrl ?? (listened ??= FirstListened());

    private Uri? listened;

    /// <summary>The storefront's home, without a slash at the end.</summary>
    public string Of(Storefront storefront) => storefront.Host is { } host
        ? $"https://{host}"
        : $"{Installation.AbsoluteUri.TrimEnd('/')}{(storefront.IsConsole() ? ConsoleRealm.Root : $"/s/{storefront.Slug}")}";

    /// <summary>Where staff work.</summary>
    public string Console => $"{Installation.AbsoluteUri.TrimEnd('/')}{ConsoleRealm.Root}";

    /// <summary>The Portal link: it never expires, and leads to the portal's own sign-in.</summary>
    public string PortalOf(Storefront storefront) => $"{Of(storefront)}/portal";

    /// <summary>Whether a browser reaches this storefront by HTTPS, when it was found the given way.</summary>
    public bool IsHttps(bool byHost) => byHost || Installation.Scheme == Uri.UriSchemeHttps;

    /// <summary>Whether this installation is somebody's own machine: then, with no mail server configured, it has a mailbox of its own.</summary>
    public bool IsLocal => Installation.IsLoopback;

    /// <summary>What runs from the start and writes addresses waits for this: services start before the server listens.</summary>
    public async Task KnownAsync(CancellationToken cancel)
    {
        if (settings.PublicUrl is not null) return;
        var started = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var _ = lifetime.ApplicationStarted.Register(started.SetResult);
        await started.Task.WaitAsync(cancel);
    }

    private Uri FirstListened()
    {
        string first = server.Features.Get<IServerAddressesFeature>()?.Addresses.FirstOrDefault()
            ?? throw new InvalidOperationException("The server does not listen yet, and Latchkey__PublicUrl is not set: its address is unknown.");
        var address = BindingAddress.Parse(first);
        string host = address.Host is "*" or "+" or "0.0.0.0" or "[::]" ? "localhost" : address.Host;
        return new UriBuilder(address.Scheme, host, address.Port).Uri;
    }
}
