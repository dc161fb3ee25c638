using Latchkey.Tests.Rig;

namespace Latchkey.Tests.Platform.Mail.Rig;

/// <summary>What the outbox and the relay know about the mails to one address.</summary>
internal static class Postbag
{
    /// <summary>The newest mail's row, as soon as it is as the test wants it.</summary>
    public static async Task<OutboxRow> RowAsync(this Portal portal, string address, Func<OutboxRow, bool> when)
    {
        OutboxRow? last = null;
        for (var waited = System.Diagnostics.Stopwatch.StartNew(); waited.Elapsed < TimeSpan.FromSeconds(20); await Task.Delay(10))
        {
            last = await portal.Database.ReadAsync(c => Dapper.SqlMapper.QueryFirstOrDefaultAsync<OutboxRow>(c, """
                select state, attempts, due_at, reply_code, reply_status, reply, subject, text_body, html_body from mail
                where to_address = @address order by created_at desc, id desc
                """, new { address }));
            if (last is not null && when(last)) return last;
        }
        throw new TimeoutException($"The mail to {address} is {last}. The log ends: {string.Join('\n', portal.Log.TakeLast(5))}");
    }

    /// <summary>A relay's refusal is on record, and the mail waits for its next attempt.</summary>
    public static Task<OutboxRow> DelayedAsync(this Portal portal, string address, int attempts = 1) =>
        portal.RowAsync(address, row => row.State == "queued" && row.Attempts == attempts && row.Reply is not null);

    /// <summary>Each copy the relay was handed, whether it took it or not.</summary>
    public static async Task<IReadOnlyList<MailReader>> CopiesAsync(this ScriptedSmtpServer relay, string address, int count)
    {
        for (var waited = System.Diagnostics.Stopwatch.StartNew(); waited.Elapsed < TimeSpan.FromSeconds(20); await Task.Delay(10))
        {
            var copies = relay.Mails.Where(m => m.To.Contains($"<{address}>", StringComparison.Ordinal)).ToList();
            if (copies.Count >= count) return [.. copies.Select(m => new MailReader(m.Bytes))];
        }
        throw new TimeoutException($"The relay was handed fewer than {count} copies for {address}.");
    }

    public static void TurnClock(this Portal portal, TimeSpan by)
    {
        portal.Clock.Advance(by);
        portal.Wake();
    }
}

internal sealed record OutboxRow
{
    public required string State { get; init; }
    public required int Attempts { get; init; }
    public DateTimeOffset? DueAt { get; init; }
    public int? ReplyCode { get; init; }
    public string? ReplyStatus { get; init; }
    public string? Reply { get; init; }
    public string? Subject { get; init; }
    public string? TextBody { get; init; }
    public string? HtmlBody { get; init; }
}
