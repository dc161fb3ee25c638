using Latchkey.Platform.Mail;
using Latchkey.Platform.Tenancy;
using Latchkey.Tests.Rig;
using Microsoft.Extensions.DependencyInjection;

namespace Latchkey.Tests.Platform.Sms.Rig;

internal static class Texting
{
    static int numbers;

    /// <summary>A number of one's own, so that tests do not meet.</summary>
    public static string NewNumber() => $"+1555{Interlocked.Increment(ref numbers):d7}";

    /// <summary>Writes a text to the outbox, as a feature does.</summary>
    public static async Task<Guid> TextAsync(this Portal portal, Storefront storefront, string to, TimeSpan? life = null)
    {
        var (outbox, now) = (portal.Services.GetRequiredService<Outbox>(), portal.Clock.GetUtcNow());
        var sms = new NewMail
        {
            OrganizationId = storefront.OrganizationId, StorefrontId = storefront.Id, Id = Guid.CreateVersion7(now), Kind = HelloText.Kind,
            ToAddress = to, Locale = "en", CreatedAt = now, GiveUpAt = now + (life ?? TimeSpan.FromHours(1)),
        };
        outbox.Announce(await portal.Database.WriteAsync(t => outbox.EnqueueAsync(t, MailLane.Sms, [sms])));
        return sms.Id;
    }

    /// <summary>The text's row, as soon as it is as the test wants it.</summary>
    public static async Task<TextRow> TextRowAsync(this Portal portal, Guid id, Func<TextRow, bool> when)
    {
        TextRow? last = null;
        for (var waited = System.Diagnostics.Stopwatch.StartNew(); waited.Elapsed < TimeSpan.FromSeconds(20); await Task.Delay(10))
        {
            last = await portal.Database.ReadAsync(c => Dapper.SqlMapper.QuerySingleAsync<TextRow>(c, """
                select state, attempts, channel, lane, reply_code, reply, text_body, provider_id, delivery, delivery_code, delivery_reason, delivered_at
                from mail where id = @id
                """, new { id }));
            if (when(last)) return last;
        }
        throw new TimeoutException($"The text is {last}. The log ends: {string.Join('\n', portal.Log.TakeLast(5))}");
    }

    public static Task<TextRow> SentTextRowAsync(this Portal portal, Guid id) => portal.TextRowAsync(id, row => row.State == "sent");

    public static Task<TextRow> DelayedTextRowAsync(this Portal portal, Guid id) =>
        portal.TextRowAsync(id, row => row.State == "queued" && row.Reply is not null);
}

/// <summary>A text with a code, and nothing behind it.</summary>
internal sealed class HelloText : MailKind
{
    public const string Kind = "test_hello";
    public const string Code = "4711-0815";

    public override string Name => Kind;

    public override Task<RenderedMail?> RenderAsync(MailRow mail, Storefront storefront, CancellationToken cancel) =>
        Task.FromResult<RenderedMail?>(RenderedMail.Sms($"{storefront.Name}: your code is {Code}\n\n@portal.example.test #{Code}\n", Code));
}

internal sealed record TextRow
{
    public required string State { get; init; }
    public required int Attempts { get; init; }
    public required string Channel { get; init; }
    public required int Lane { get; init; }
    public int? ReplyCode { get; init; }
    public string? Reply { get; init; }
    public string? TextBody { get; init; }
    public string? ProviderId { get; init; }
    public string? Delivery { get; init; }
    public int? DeliveryCode { get; init; }
    public string? DeliveryReason { get; init; }
    public DateTimeOffset? DeliveredAt { get; init; }
}
