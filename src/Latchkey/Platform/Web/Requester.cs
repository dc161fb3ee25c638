using System.Net;
using System.Net.Sockets;

namespace Latchkey.Platform.Web;

/// <summary>What limits and evidence keep of who is asking.</summary>
public static class Requester
{
    private const int MostUserAgent = 512;

    /// <summary>The IPv4 address, or the /64 an IPv6 address is in: whoever has one of those has all of it.</summary>
    public static string? Ip(this HttpContext context)
    {
        if (context.Connection.RemoteIpAddress is not { } address) return null;
        if (address.IsIPv4MappedToIPv6) address = address.MapToIPv4();
        if (address.AddressFamily != AddressFamily.InterNetworkV6) return address.ToString();
        byte[] bytes = address.GetAddressBytes();
        bytes.AsSpan(8).Clear();
        return $"{new IPAddress(bytes)}/64";
    }

    /// <summary>The kind of device in a few words, such as <c>Firefox on Windows</c>; null when it does not say.</summary>
    public static string? Device(this HttpContext context)
    {
        string agent = context.Request.Headers.UserAgent.ToString();
        if (agent.Length is 0 or > MostUserAgent) return null;
        string? browser = First(agent, Browsers), system = First(agent, Systems);
        return (browser, system) switch
        {
            (null, null) => null,
            (null, _) => system,
            (_, null) => browser,
            _ => $"{browser} on {system}",
        };
    }

    /// <summary>Whether it says that it is a browser. Scanners and previews of links often do not.</summary>
    public static bool IsBrowser(this HttpContext context)
    {
        string agent = context.Request.Headers.UserAgent.ToString();
        return agent.Length <= MostUserAgent && First(agent, Browsers) is not null && First(agent, Systems) is not null
            && !Array.Exists(Programs, p => agent.Contains(p, StringComparison.OrdinalIgnoreCase));
    }

    private static readonly string[] Programs = ["bot", "spider", "crawl", "preview", "scan", "headless"];

    // The order matters: Edge also says Chrome, Chrome also says Safari; an iPad also says Mac OS.
    private static readonly (string Mark, string Name)[] Browsers =
        [("Edg", "Edge"), ("OPR/", "Opera"), ("SamsungBrowser", "Samsung Internet"), ("Firefox", "Firefox"), ("FxiOS", "Firefox"), ("CriOS", "Chrome"), ("Chrome", "Chrome"), ("Safari", "Safari")];

    private static readonly (string Mark, string Name)[] Systems =
        [("iPhone", "iPhone"), ("iPad", "iPad"), ("Android", "Android"), ("Windows", "Windows"), ("Mac OS", "Mac"), ("CrOS", "Chromebook"), ("Linux", "Linux")];

    private static string? First(string agent, (string Mark, string Name)[] known) =>
        Array.Find(known, k => agent.Contains(k.Mark, StringComparison.Ordinal)).Name;
}
