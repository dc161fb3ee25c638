using System.Net;

namespace Latchkey.Tests.Rig;

/// <summary>A Postfix that offers STARTTLS and delivers every recipient to one maildir.</summary>
internal sealed record PostfixServer
{
    public required IPEndPoint Address { get; init; }

    public required Maildir Maildir { get; init; }

    /// <summary>The PEM file of the authority that signed its certificate for 127.0.0.1 and localhost.</summary>
    public required string AuthorityFile { get; init; }

    /// <summary>Reads <c>127.0.0.1:PORT;maildir=/path/to/new;ca=/path/ca.pem</c>.</summary>
    public static PostfixServer Parse(string value)
    {
        var parts = value.Split(';');
        var named = parts.Skip(1).Select(part => part.Split('=', 2)).ToDictionary(pair => pair[0], pair => pair[1], StringComparer.Ordinal);
        return new()
        {
            Address = IPEndPoint.Parse(parts[0]),
            Maildir = new(named["maildir"]),
            AuthorityFile = named["ca"],
        };
    }
}
