using System.Net;

namespace Latchkey.Platform.Mail.Smtp;

/// <summary>
/// The relay, from <c>Mail__Smtp=smtp://[user:pass@]host:port[?starttls=required|opportunistic|off&amp;connections=16&amp;ca=FILE]</c>
/// or <c>smtps://…</c> (TLS from the first byte).
/// </summary>
public sealed record SmtpSettings
{
    public const int DefaultConnections = 16;

    public required string Host { get; init; }
    public required int Port { get; init; }
    public required SmtpSecurity Security { get; init; }
    public string? User { get; init; }
    public string? Password { get; init; }
    public int Connections { get; init; } = DefaultConnections;
    /// <summary>A PEM file of roots trusted besides the system's, for a relay with a private certificate.</summary>
    public string? CaFile { get; init; }
    public TimeSpan IdleFor { get; init; } = TimeSpan.FromSeconds(30);
    public int MailsPerConnection { get; init; } = 100;
    public SmtpTimeouts Timeouts { get; init; } = new();

    /// <exception cref="FormatException">Says what to write instead; never repeats the value, which may hold a password.</exception>
    public static SmtpSettings Parse(string value) => SmtpUrl.Parse(value);

    public static bool IsLoopback(string host) =>
        host.Equals("localhost", StringComparison.OrdinalIgnoreCase)
        || (IPAddress.TryParse(host, out var address) && IPAddress.IsLoopback(address));

    // The record's own would print the password into the first log line that names the settings.
    public override string ToString()
    {
        var scheme = Security == SmtpSecurity.Implicit ? "smtps" : "smtp";
        var user = User is null ? "" : $"{Uri.EscapeDataString(User)}:…@";
        return $"{scheme}://{user}{(Host.Contains(':') ? $"[{Host}]" : Host)}:{Port} ({Security}, {Connections} connections)";
    }
}

public enum SmtpSecurity
{
    /// <summary>TLS from the first byte (smtps://).</summary>
    Implicit,
    /// <summary>STARTTLS, or the mail waits.</summary>
    Required,
    /// <summary>STARTTLS when offered.</summary>
    Opportunistic,
    /// <summary>Never TLS.</summary>
    Off,
}

/// <summary>How long each step may take as a whole, so that a relay that answers a byte at a time gains nothing.</summary>
public sealed record SmtpTimeouts
{
    public TimeSpan Connect { get; init; } = TimeSpan.FromSeconds(15);
    public TimeSpan Greeting { get; init; } = TimeSpan.FromSeconds(30);
    public TimeSpan Command { get; init; } = TimeSpan.FromSeconds(30);
    public TimeSpan Data { get; init; } = TimeSpan.FromSeconds(60);
    public TimeSpan FinalDot { get; init; } = TimeSpan.FromSeconds(120);
    /// <summary>How long a stopping process still waits for the answer to a mail it has sent in full.</summary>
    public TimeSpan Stopping { get; init; } = TimeSpan.FromSeconds(5);
}
