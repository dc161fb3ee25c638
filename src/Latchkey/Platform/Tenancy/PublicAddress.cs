using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;

namespace Latchkey.Platform.Tenancy;

/// <summary>Where a storefront is reached from outside. From configuration only: nothing is learned from a request (GHSA-jrmq-rv9w-63rv).</summary>
public sealed class PublicAddress(LatchkeySettings settings, IServer server)
{
    /// <summary>The installation's own address, without a slash at the end.</summary>
    public Uri Installation => settings.PublicUrl ?? (listened ??= FirstListened());

    private Uri? listened;

    /// <summary>The storefront's home, without a slash at the end.</summary>
    public string Of(Storefront storefront) => storefront.Host is { } host
        ? $"https://{host}"
        : $"{Installation.AbsoluteUri.TrimEnd('/')}/s/{storefront.Slug}";

    /// <summary>Whether a browser reaches this storefront by HTTPS, when it was found the given way.</summary>
    public bool IsHttps(bool byHost) => byHost || Installation.Scheme == Uri.UriSchemeHttps;

    /// <summary>Whether this installation is somebody's own machine: then, with no mail server configured, it has a mailbox of its own.</summary>
    public bool IsLocal => Installation.IsLoopback;

    private Uri FirstListened()
    {
        string? first = server.Features.Get<IServerAddressesFeature>()?.Addresses.FirstOrDefault();
        if (first is null) return new Uri("http://localhost:8080");
        var address = BindingAddress.Parse(first);
        string host = address.Host is "*" or "+" or "0.0.0.0" or "[::]" ? "localhost" : address.Host;
        return new UriBuilder(address.Scheme, host, address.Port).Uri;
    }
}
