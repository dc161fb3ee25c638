using Latchkey.Platform.Tenancy;

namespace Latchkey.Features.Passkeys;

/// <summary>
/// What a storefront's passkeys are bound to: its own host as it is configured, never what a request says. A passkey of one host works
/// at no other; see docs/decisions/0010-passkeys.md.
/// </summary>
/// <param name="RpId">The relying party: the host without scheme and port.</param>
/// <param name="Origin">The only origin whose answers are taken, as browsers write it.</param>
/// <param name="IsPossible">False at a bare IP address, where browsers know no passkeys.</param>
public sealed record PasskeySite(string RpId, string Origin, bool IsPossible)
{
    public static PasskeySite Of(PublicAddress addresses, Storefront storefront)
    {
        var address = new Uri(addresses.Of(storefront));
        string port = address.IsDefaultPort ? "" : $":{address.Port}";
        return new PasskeySite(address.IdnHost, $"{address.Scheme}://{address.IdnHost}{port}", address.HostNameType == UriHostNameType.Dns);
    }
}
