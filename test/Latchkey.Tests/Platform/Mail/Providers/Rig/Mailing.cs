using System.Net;
using System.Net.Http.Headers;
using Latchkey.Platform.Mail;
using Latchkey.Platform.Mail.Providers;
using Latchkey.Platform.Tenancy;
using Latchkey.Tests.Rig;
using Microsoft.Extensions.DependencyInjection;

namespace Latchkey.Tests.Platform.Mail.Providers.Rig;

internal static class Mailing
{
    static int addresses;

    /// <summary>An address of one's own, so that tests do not meet.</summary>
    public static string NewAddress(string name = "ann") => $"{name}{Interlocked.Increment(ref addresses)}@example.com";

    /// <summary>Writes a mail to the outbox, as a feature does.</summary>
    public static async Task<Guid> MailAsync(this Portal portal, Storefront storefront, string to, bool leaves = true)
    {
        var (outbox, now) = (portal.Services.GetRequiredService<Outbox>(), portal.Clock.GetUtcNow());
        var mail = new NewMail
        {
            OrganizationId = storefront.OrganizationId, StorefrontId = storefront.Id, Id = Guid.CreateVersion7(now), Kind = HelloMail.Kind,
            ToAddress = to, Locale = "en", CreatedAt = now, GiveUpAt = now.AddHours(1),
        };
        var enqueued = await portal.Database.WriteAsync(t => outbox.EnqueueAsync(t, MailLane.SignIn, [mail]));
        if (leaves) outbox.Announce(enqueued);
        return mail.Id;
    }

    /// <summary>The mail's row, as soon as it is as the test wants it.</summary>
    public static async Task<SentRow> MailRowAsync(this Portal portal, Guid id, Func<SentRow, bool> when)
    {
        SentRow? last = null;
        for (var waited = System.Diagnostics.Stopwatch.StartNew(); waited.Elapsed < TimeSpan.FromSeconds(20); await Task.Delay(10))
        {
            last = await portal.Database.ReadAsync(c => Dapper.SqlMapper.QuerySingleAsync<SentRow>(c, $"""
                select m.state, m.attempts, m.reply, m.reply_code, m.text_body, m.provider_id, m.delivery, m.delivery_code, m.delivery_reason, m.delivery_detail, m.delivered_at,
                  {MailStatusSql.Status} as status, {MailStatusSql.Reason} as reason
                from mail m where m.id = @id
                """, new { id }));
            if (when(last)) return last;
        }
        throw new TimeoutException($"The mail is {last}. The log ends: {string.Join('\n', portal.Log.TakeLast(5))}");
    }

    public static Task<SentRow> SentMailAsync(this Portal portal, Guid id) => portal.MailRowAsync(id, row => row.State == "sent");

    /// <summary>Posts a report and waits until everything that is stored for the organization is worked off.</summary>
    public static async Task<HttpStatusCode> ReportAsync(this Portal portal, MailProviderName provider, Guid organization, HookPost post)
    {
        var status = await portal.PostAsync(provider, organization, post);
        await portal.WorkedOffAsync(organization);
        return status;
    }

    public static Task WorkedOffAsync(this Portal portal, Guid organization) => Portal.UntilAsync(async () =>
        await portal.ScalarAsync<long>("select count(*) from webhook_event where organization_id = @organization and state = 'queued'", new { organization }) == 0);

    /// <param name="portal">The server.</param>
    /// <param name="provider">In whose name.</param>
    /// <param name="organization">Whose account; all zeros for the installation's.</param>
    /// <param name="post">What to post.</param>
    public static async Task<HttpStatusCode> PostAsync(this Portal portal, MailProviderName provider, Guid organization, HookPost post)
    {
        using var http = new HttpClient { BaseAddress = portal.Url };
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/hooks/mail/{provider.Word()}{(organization == Guid.Empty ? "" : $"/{organization}")}");
        request.Content = new ByteArrayContent(post.Body) { Headers = { ContentType = MediaTypeHeaderValue.Parse(post.ContentType) } };
        foreach (var (name, value) in post.Headers) request.Headers.TryAddWithoutValidation(name, value);
        using var response = await http.SendAsync(request);
        return response.StatusCode;
    }

    public static ReportedMail Reported(this ProviderMail mail) => new(mail.Id, mail.To, mail.Key);

    public static async Task<string> EventsAsync(this Portal portal, Guid mail) => string.Join(", ", (await portal.Database.ReadAsync(c =>
        Dapper.SqlMapper.QueryAsync<string>(c, "select event from activity where subject_id = @mail and type = 'WEBHOOK'", new { mail }))).Order(StringComparer.Ordinal));
}

internal sealed record SentRow
{
    public required string State { get; init; }
    public required int Attempts { get; init; }
    public required MailStatus Status { get; init; }
    public string? Reason { get; init; }
    public string? Reply { get; init; }
    public int? ReplyCode { get; init; }
    public string? TextBody { get; init; }
    public string? ProviderId { get; init; }
    public string? Delivery { get; init; }
    public int? DeliveryCode { get; init; }
    public string? DeliveryReason { get; init; }
    public string? DeliveryDetail { get; init; }
    public DateTimeOffset? DeliveredAt { get; init; }
}
