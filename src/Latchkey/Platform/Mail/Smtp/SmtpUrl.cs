using System.Globalization;

namespace Latchkey.Platform.Mail.Smtp;

/// <summary>Reads the one-line form of <see cref="SmtpSettings"/>, strictly: a typo must not become an open relay connection.</summary>
internal static class SmtpUrl
{
    public static SmtpSettings Parse(string value)
    {
        if (!Uri.TryCreate(value.Trim(), UriKind.Absolute, out var url)
            || url.Scheme is not ("smtp" or "smtps") || url.Host.Length == 0
            || url.AbsolutePath is not ("" or "/") || url.Fragment.Length > 0)
            throw Bad("write smtp://host:port or smtps://host:port, with user:password@ before the host if the relay asks for it; percent-encode @ : / # ? and % in either");
        if (url.Port <= 0) throw Bad("name the port, usually 587 for smtp:// and 465 for smtps://");
        var host = url.IdnHost.Trim('[', ']');
        var options = ReadOptions(url.Query);
        var (user, password) = ReadCredentials(url.UserInfo);
        var settings = new SmtpSettings
        {
            Host = host,
            Port = url.Port,
            Security = ReadSecurity(url.Scheme, host, options),
            User = user,
            Password = password,
            Connections = ReadConnections(options),
            CaFile = options.GetValueOrDefault("ca"),
        };
        if (user is not null && settings.Security == SmtpSecurity.Off && !SmtpSettings.IsLoopback(host))
            throw Bad("starttls=off would send the password in the clear; remove it or the user and password");
        return settings;
    }

    private static Dictionary<string, string> ReadOptions(string query)
    {
        var options = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var pair in query.TrimStart('?').Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            var (name, value) = pair.Split('=', 2) is [var n, var v] ? (n, Uri.UnescapeDataString(v)) : (pair, "");
            if (name is not ("starttls" or "connections" or "ca")) throw Bad("the options are starttls, connections and ca");
            if (value.Length == 0) throw Bad($"give {name} a value, as in {name}=…");
            if (!options.TryAdd(name, value)) throw Bad($"give {name} once");
        }
        return options;
    }

    private static (string? User, string? Password) ReadCredentials(string userInfo)
    {
        if (userInfo.Length == 0) return (null, null);
        if (userInfo.Split(':') is not [{ Length: > 0 } user, { Length: > 0 } password] || userInfo.Contains('@'))
            throw Bad("write user:password@ before the host, with @ : / # ? and % percent-encoded in either");
        var pair = (Uri.UnescapeDataString(user), Uri.UnescapeDataString(password));
        if (pair.Item1.Contains('\0') || pair.Item2.Contains('\0')) throw Bad("user and password can't hold NUL");
        return pair;
    }

    private static SmtpSecurity ReadSecurity(string scheme, string host, Dictionary<string, string> options)
    {
        var given = options.GetValueOrDefault("starttls");
        if (scheme == "smtps")
            return given is null ? SmtpSecurity.Implicit : throw Bad("smtps:// is TLS from the start; remove starttls, or write smtp://");
        return given switch
        {
            "required" => SmtpSecurity.Required,
            "opportunistic" => SmtpSecurity.Opportunistic,
            "off" => SmtpSecurity.Off,
            null => SmtpSettings.IsLoopback(host) ? SmtpSecurity.Opportunistic : SmtpSecurity.Required,
            _ => throw Bad("starttls is required, opportunistic or off"),
        };
    }

    private static int ReadConnections(Dictionary<string, string> options)
    {
        if (!options.TryGetValue("connections", out var text)) return SmtpSettings.DefaultConnections;
        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number is >= 1 and <= 100
            ? number
            : throw Bad("connections is a number from 1 to 100");
    }

    private static FormatException Bad(string what) => new($"Mail__Smtp: {what}.");
}
