using System.Net.Http.Headers;

namespace Latchkey.Platform.Mail.Providers;

/// <summary>One account at a mail provider: what its API is asked, and what its answers mean.</summary>
internal interface IMailProvider
{
    MailProviderName Name { get; }

    /// <summary>The request that hands the mail over.</summary>
    HttpRequestMessage Write(OutgoingMail mail, DateTimeOffset now);

    /// <summary>What the provider's answer to it means.</summary>
    Handover Read(ProviderAnswer answer, OutgoingMail mail);

    /// <summary>Proves the provider's reports; null when no secret for them is set, and then none are taken.</summary>
    IMailHook? Hook { get; }

    /// <summary>What takes an address off the provider's own list of those it sends nothing to.</summary>
    IReadOnlyList<HttpRequestMessage> Lift(string address) => [];
}

public enum MailProviderName
{
    Postmark,
    Ses,
    SendGrid,
    Mailgun,
    Resend,
}

/// <summary>An answer of the provider's API, read whole.</summary>
internal sealed record ProviderAnswer(int Status, HttpResponseHeaders Headers, byte[] Body)
{
    public bool IsYes => Status is >= 200 and < 300;

    public ProviderJson Json => ProviderJson.Read(Body);

    public string? Header(string name) => Headers.TryGetValues(name, out var values) ? values.FirstOrDefault() : null;

    public Handover Taken(string? id) => new(HandoverOutcome.Accepted, Status, null, MailReasons.English(MailReason.Taken)) { ProviderId = id is { Length: > 0 and <= 200 } ? id : null };

    public Handover Refused(MailReason reason) => new(HandoverOutcome.Refused, Status, null, MailReasons.English(reason));

    public Handover Later(MailReason reason) => new(HandoverOutcome.TryLater, Status, null, MailReasons.English(reason));

    /// <summary>What says nothing about this mail, whichever provider it is; null for the rest.</summary>
    public Handover? Trouble => Status switch
    {
        429 => Later(MailReason.TooFast),
        408 or >= 500 or < 400 => Later(MailReason.ProviderInTrouble),
        _ => null,
    };
}
