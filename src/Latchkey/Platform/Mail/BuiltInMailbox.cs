using Latchkey.Platform.Tenancy;

namespace Latchkey.Platform.Mail;

/// <summary>
/// With no mail server configured, mail stays here: the newest few hundred, in memory only, because they hold live links. For one's own
/// machine; see <c>Features/Mailbox</c> for who may read it.
/// </summary>
public sealed class BuiltInMailbox(PublicAddress addresses) : IMailTransport
{
    private const int Most = 500;
    private readonly LinkedList<OutgoingMail> newestFirst = [];
    private readonly Lock gate = new();

    public Task<Handover> SendAsync(OutgoingMail mail, CancellationToken cancel)
    {
        // An installation that others reach and that has no mail server yet: the mail waits for one rather than vanish.
        if (!addresses.IsLocal) return Task.FromResult(new Handover(HandoverOutcome.TryLater, null, null, "No mail server is configured: Mail__Smtp is not set."));
        lock (gate)
        {
            newestFirst.AddFirst(mail);
            if (newestFirst.Count > Most) newestFirst.RemoveLast();
        }
        return Task.FromResult(new Handover(HandoverOutcome.Accepted, 250, "2.0.0", "Kept in the built-in mailbox."));
    }

    public IReadOnlyList<OutgoingMail> NewestFirst()
    {
        lock (gate) return [.. newestFirst];
    }
}
