using Latchkey.Platform.Tenancy;
using Latchkey.Platform.Web;
using Latchkey.SignIn;

namespace Latchkey.Features.Storefronts;

/// <summary>
/// What the owner of a sender's domain publishes in DNS so that mail arrives: SPF (RFC 7208) and DMARC (RFC 7489). The DKIM record is made
/// by whoever sends, and is shown there.
/// </summary>
public sealed class SenderRecords(IConfiguration configuration, DnsTxt dns)
{
    /// <summary>What a provider's customers include in their SPF record.</summary>
    private static readonly Dictionary<string, string> Includes = new(StringComparer.OrdinalIgnoreCase)
    {
        ["postmark"] = "include:spf.mtasv.net",
        ["ses"] = "include:amazonses.com",
        ["sendgrid"] = "include:sendgrid.net",
        ["mailgun"] = "include:mailgun.org",
        ["resend"] = "include:amazonses.com",
    };

    public IReadOnlyList<SenderRecord> Of(Storefront storefront)
    {
        string domain = EmailAddress.Of(storefront.SenderAddress).Domain;
        return
        [
            new(SenderRecordKind.Spf, domain, $"v=spf1 {Allowed} ~all"),
            new(SenderRecordKind.Dmarc, $"_dmarc.{domain}", $"v=DMARC1; p=none; rua=mailto:{storefront.SenderAddress}"),
        ];
    }

    /// <summary>What stands in DNS now.</summary>
    /// <returns>For each record whether one of its kind that will do is there; null where no name server answered.</returns>
    public async Task<IReadOnlyDictionary<SenderRecordKind, bool?>> CheckAsync(Storefront storefront, CancellationToken cancel)
    {
        var found = new Dictionary<SenderRecordKind, bool?>();
        foreach (var record in Of(storefront))
        {
            var texts = await dns.FindAsync(record.Name, cancel);
            found[record.Kind] = texts?.Any(t => record.Kind == SenderRecordKind.Spf
                ? t.StartsWith("v=spf1 ", StringComparison.OrdinalIgnoreCase) && t.Contains(Allowed, StringComparison.OrdinalIgnoreCase)
                : t.StartsWith("v=DMARC1", StringComparison.OrdinalIgnoreCase));
        }
        return found;
    }

    private string Allowed => configuration["Mail:Provider"] is { Length: > 0 } provider && Includes.TryGetValue(provider, out string? include) ? include
        : Uri.TryCreate(configuration["Mail:Smtp"], UriKind.Absolute, out var relay) ? $"a:{relay.Host}" : "a";
}

public sealed record SenderRecord(SenderRecordKind Kind, string Name, string Value);

public enum SenderRecordKind
{
    Spf,
    Dmarc,
}
