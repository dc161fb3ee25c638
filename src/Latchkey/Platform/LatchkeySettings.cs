using System.Net;
using Latchkey.SignIn;

namespace Latchkey.Platform;

/// <summary>Settings under <c>Latchkey__…</c> and the database's connection string. With nothing set, everything works on this machine alone.</summary>
public sealed record LatchkeySettings
{
    public required string ConnectionString { get; init; }
    public required string DataDirectory { get; init; }
    /// <summary>Base 64; null: the file in the data directory.</summary>
    public string? Key { get; init; }
    /// <summary>Where storefronts without a host name of their own are reached; null: the first address listened on.</summary>
    public Uri? PublicUrl { get; init; }
    /// <summary>The sender of mails to staff.</summary>
    public string ConsoleSender { get; init; } = "console@latchkey.example";
    /// <summary>The name server that host names and mail records are looked up at; null: the machine's own.</summary>
    public IPEndPoint? DnsServer { get; init; }
    /// <summary>Proxies whose X-Forwarded-For is believed.</summary>
    public IReadOnlyList<IPNetwork> TrustedProxies { get; init; } = [];

    public static LatchkeySettings Read(IConfiguration configuration)
    {
        string data = Path.GetFullPath(configuration["Latchkey:DataDirectory"] ?? "./data");
        return new LatchkeySettings
        {
            DataDirectory = data,
            ConnectionString = configuration.GetConnectionString("Latchkey") ?? $"Data Source={Path.Combine(data, "latchkey.db")}",
            Key = configuration["Latchkey:Key"],
            PublicUrl = configuration["Latchkey:PublicUrl"] is { Length: > 0 } url ? ReadUrl(url) : null,
            ConsoleSender = ReadSender(configuration["Latchkey:ConsoleSender"]),
            DnsServer = configuration["Latchkey:DnsServer"] is { Length: > 0 } server ? ReadServer(server) : null,
            TrustedProxies = [.. (configuration["Latchkey:TrustedProxies"] ?? "")
                .Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(ReadNetwork)],
        };
    }

    private static Uri ReadUrl(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var url) && (url.Scheme is "http" or "https") && url.Query.Length == 0 && url.UserInfo.Length == 0
            ? url
            : throw new FormatException("Latchkey__PublicUrl must be an address such as https://portal.example.com.");

    private static IPEndPoint ReadServer(string text) =>
        IPEndPoint.TryParse(text, out var server) ? (server.Port == 0 ? new IPEndPoint(server.Address, 53) : server)
        : throw new FormatException("Latchkey__DnsServer must be an IP address, such as 192.0.2.53 or 127.0.0.1:5353.");

    private static string ReadSender(string? text) =>
        string.IsNullOrEmpty(text) ? "console@latchkey.example"
        : EmailAddress.TryRead(text, out var address) ? address.Value
        : throw new FormatException("Latchkey__ConsoleSender must be an e-mail address such as console@example.com.");

    private static IPNetwork ReadNetwork(string text) =>
        IPNetwork.TryParse(text, out var network) ? network
        : IPAddress.TryParse(text, out var address) ? new IPNetwork(address, address.GetAddressBytes().Length * 8)
        : throw new FormatException($"Latchkey__TrustedProxies: “{text}” is neither an IP address nor a network such as 10.0.0.0/8.");
}
