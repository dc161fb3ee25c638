using System.Data.Common;
using Latchkey.Platform.Tenancy;

namespace Latchkey.Platform.Mail;

/// <summary>What a kind of mail looks like, and what follows from its leaving. Features bring these; the worker finds them by name.</summary>
public abstract class MailKind
{
    public abstract string Name { get; }

    /// <summary>Renders the mail anew, in the current culture, which is the mail's: each attempt gives the same link and code.</summary>
    /// <returns>Null when the mail has become pointless.</returns>
    public abstract Task<RenderedMail?> RenderAsync(MailRow mail, Storefront storefront, CancellationToken cancel);

    /// <summary>In the transaction that marks them sent: mails of one storefront that the relay has just taken.</summary>
    public virtual Task HandedOverAsync(DbTransaction transaction, Storefront storefront, IReadOnlyList<MailRow> mails) => Task.CompletedTask;
}

/// <summary>A mail with its secrets for the wire, and without them for the record.</summary>
public sealed record RenderedMail
{
    public required string Subject { get; init; }
    public required string Text { get; init; }
    public required string Html { get; init; }
    /// <summary>What must not be stored: the link and the code.</summary>
    public required IReadOnlyList<string> Secrets { get; init; }

    /// <summary>An SMS is text and nothing else.</summary>
    public static RenderedMail Sms(string text, params IReadOnlyList<string> secrets) => new() { Subject = "", Text = text, Html = "", Secrets = secrets };

    public string StoredText => CutOut(Text);
    public string StoredHtml => CutOut(Html);

    private string CutOut(string body) => Secrets.Aggregate(body, (text, secret) => text.Replace(secret, "•••", StringComparison.Ordinal));
}
