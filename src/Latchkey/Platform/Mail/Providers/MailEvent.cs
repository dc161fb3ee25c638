namespace Latchkey.Platform.Mail.Providers;

/// <summary>What a provider's event says about one mail, in our words.</summary>
internal sealed record MailEvent
{
    public required Delivery Status { get; init; }
    /// <summary>Ours, which came back with the event.</summary>
    public MessageKey? Key { get; init; }
    /// <summary>The provider's name for the mail.</summary>
    public string? ProviderId { get; init; }
    public MailReason? Reason { get; init; }
    public int? Code { get; init; }
    /// <summary>What the addressee's mail server said.</summary>
    public string? Detail { get; init; }
    public DateTimeOffset? At { get; init; }
    /// <summary>Nothing is to be sent to the address again.</summary>
    public bool Suppresses { get; init; }
}

/// <summary>What a mail is called at every provider: it names nobody, and is made of what all of them take.</summary>
internal sealed record MessageKey(Guid OrganizationId, Guid MailId)
{
    /// <summary>The name it travels under.</summary>
    public const string Name = "message_key";

    public static MessageKey Of(OutgoingMail mail) => new(mail.OrganizationId, mail.Id);

    public static MessageKey? Read(string? text) =>
        text is { Length: 64 } && Guid.TryParseExact(text[..32], "N", out var organization) && Guid.TryParseExact(text[32..], "N", out var mail)
            ? new MessageKey(organization, mail)
            : null;

    public override string ToString() => $"{OrganizationId:n}{MailId:n}";
}
