using System.Data.Common;
using System.Diagnostics.CodeAnalysis;
using System.Threading.Channels;
using Dapper;
using Latchkey.Platform.Data;
using Latchkey.SignIn;

namespace Latchkey.Platform.Mail;

/// <summary>
/// The durable outbox. A mail is written in the transaction of its cause and handed over later; it holds what the mail is about, never
/// its link or code.
/// </summary>
public sealed class Outbox(Database database, TimeProvider clock)
{
    /// <summary>Longer than the time-outs of one attempt that are usually met; a node that is killed keeps its mails back for so long.</summary>
    internal static readonly TimeSpan Lease = TimeSpan.FromMinutes(5);
    private const int MostInHand = 256;

    private readonly Lane[] lanes = [new(), new(), new()];

    /// <summary>
    /// Writes mails in the transaction of their cause. After the commit, pass what comes back to <see cref="Announce"/>: while this node's
    /// worker is not behind, the mails are its own from the start, and nobody needs to look for them.
    /// </summary>
    public async Task<EnqueuedMails> EnqueueAsync(DbTransaction transaction, MailLane lane, IReadOnlyList<NewMail> mails)
    {
        bool inHand = lanes[(int)lane].InHand.Reader.Count < MostInHand;
        var leaseEndsAt = clock.GetUtcNow() + Lease;
        await transaction.ExecuteManyAsync(OutboxSql.Enqueue, [.. mails.Select(m => new Dictionary<string, object?>(StringComparer.Ordinal)
        {
            ["OrganizationId"] = m.OrganizationId,
            ["Id"] = m.Id,
            ["StorefrontId"] = m.StorefrontId,
            ["Lane"] = (int)lane,
            ["Channel"] = lane.Channel(),
            ["Kind"] = m.Kind,
            ["AccountId"] = m.AccountId,
            ["RequestId"] = m.RequestId,
            ["LinkNumber"] = m.LinkNumber,
            ["About"] = m.About,
            ["ToAddress"] = m.ToAddress,
            ["ToName"] = m.ToName,
            ["Locale"] = m.Locale,
            ["Attempts"] = inHand ? 1 : 0,
            ["DueAt"] = inHand ? leaseEndsAt : m.CreatedAt,
            ["CreatedAt"] = m.CreatedAt,
            ["GiveUpAt"] = m.GiveUpAt,
        })]);
        return new EnqueuedMails(lane, inHand ? [.. mails.Select(m => m.Taken(leaseEndsAt))] : []);
    }

    /// <summary>Wakes this node's worker. Without it a mail leaves at the next look into the table, or when its lease ends.</summary>
    public void Announce(EnqueuedMails mails)
    {
        foreach (var mail in mails.InHand) lanes[(int)mails.Lane].InHand.Writer.TryWrite(mail);
        if (mails.InHand.Count > 0) lanes[(int)mails.Lane].Signal.Set();
        else LookAgain(mails.Lane);
    }

    /// <summary>Lets the worker look into the table now.</summary>
    public void LookAgain(MailLane lane)
    {
        lanes[(int)lane].LookNow = true;
        lanes[(int)lane].Signal.Set();
    }

    /// <summary>At the start of the only process on a database: what one that was killed had in hand is due now.</summary>
    public Task<int> TakeBackAsync(CancellationToken cancel) => database.WriteAsync(t =>
        t.Connection!.ExecuteAsync(new CommandDefinition(OutboxSql.TakeBack, new { now = clock.GetUtcNow() }, t, cancellationToken: cancel)), cancel);

    internal Task WaitAsync(MailLane lane, TimeSpan most, CancellationToken cancel) => lanes[(int)lane].Signal.WaitAsync(most, cancel);

    /// <summary>A mail that is this worker's from the start.</summary>
    internal bool TryTake(MailLane lane, [NotNullWhen(true)] out MailRow? mail) => lanes[(int)lane].InHand.Reader.TryRead(out mail);

    internal bool ShouldLook(MailLane lane) => Interlocked.Exchange(ref lanes[(int)lane].LookNow, false);

    /// <summary>Takes mails that are due. Each stays this worker's until the lease ends, and <c>Attempts</c> fences off one that came back from the dead.</summary>
    internal async Task<IReadOnlyList<MailRow>> ClaimAsync(MailLane lane, int most)
    {
        var now = clock.GetUtcNow();
        return await database.WriteAsync(async t => (await t.Connection!.QueryAsync<MailRow>(
            OutboxSql.Claim, new { lane = (int)lane, now, most, leaseEnd = now + Lease }, t)).AsList());
    }

    internal Task<bool> IsAnyDueAsync(MailLane lane, CancellationToken cancel) => database.ReadAsync(async c =>
        await c.ExecuteScalarAsync<int?>(new CommandDefinition(OutboxSql.IsAnyDue, new { lane = (int)lane, now = clock.GetUtcNow() }, cancellationToken: cancel)) is not null, cancel);

    /// <summary>Marks mails as handed over. One that another worker took meanwhile stays as that worker leaves it.</summary>
    internal Task SentAsync(DbTransaction transaction, IReadOnlyList<AttemptedMail> mails) => MarkAsync(transaction, OutboxSql.Sent, mails, _ => null);

    internal Task FailedAsync(DbTransaction transaction, IReadOnlyList<AttemptedMail> mails) => MarkAsync(transaction, OutboxSql.Failed, mails, _ => null);

    internal Task DelayedAsync(DbTransaction transaction, IReadOnlyList<AttemptedMail> mails) => MarkAsync(transaction, OutboxSql.Delayed, mails, Backoff);

    private Task<int> MarkAsync(DbTransaction transaction, string sql, IReadOnlyList<AttemptedMail> mails, Func<MailRow, TimeSpan?> wait)
    {
        var now = clock.GetUtcNow();
        return transaction.ExecuteManyAsync(sql, [.. mails.Select(m => new Dictionary<string, object?>(StringComparer.Ordinal)
        {
            ["OrganizationId"] = m.Mail.OrganizationId,
            ["Id"] = m.Mail.Id,
            ["Attempts"] = m.Mail.Attempts,
            ["now"] = now,
            ["dueAt"] = now + wait(m.Mail),
            ["Code"] = m.Handover.Code,
            ["EnhancedStatus"] = m.Handover.EnhancedStatus,
            ["Reply"] = m.Handover.Reply,
            ["ProviderId"] = m.Handover.ProviderId,
            ["subject"] = m.Rendered?.Subject,
            ["text"] = m.Rendered?.StoredText,
            ["html"] = m.Rendered?.StoredHtml,
        })]);
    }

    /// <summary>5 s, 10 s, 20 s … 5 min, with a little chance so that mails delayed together do not come back together.</summary>
    private static TimeSpan? Backoff(MailRow mail) =>
        TimeSpan.FromSeconds(Math.Min(300, 5 * Math.Pow(2, Math.Min(mail.Attempts - 1, 10))) * (0.9 + Random.Shared.NextDouble() / 5));

    private sealed class Lane
    {
        public readonly Signal Signal = new();
        public readonly Channel<MailRow> InHand = Channel.CreateUnbounded<MailRow>();
        public bool LookNow = true;
    }
}

/// <summary>Mails that were written, and those of them that this node's worker need not look for.</summary>
public sealed record EnqueuedMails(MailLane Lane, IReadOnlyList<MailRow> InHand)
{
    public static readonly EnqueuedMails None = new(MailLane.SignIn, []);
}

/// <summary>Sign-in mail never waits behind bulk: each lane has its own worker and connections.</summary>
public enum MailLane
{
    SignIn = 0,
    Bulk = 1,
    Sms = 2,
}
