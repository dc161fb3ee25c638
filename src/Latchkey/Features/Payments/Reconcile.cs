using Dapper;
using Latchkey.Platform.Data;
using Latchkey.Platform.Mail.Inbox;
using Latchkey.Platform.Mail.Providers;
using Latchkey.Platform.Payments;

namespace Latchkey.Features.Payments;

/// <summary>Fetches events that did not arrive: after a gap, what Stripe gave up on is here within the hour. What is known stays as it is.</summary>
internal sealed class Reconcile(Database database, PaymentAccounts accounts, StripeApi stripe, WebhookInbox inbox, TimeProvider clock)
{
    private static readonly TimeSpan Every = TimeSpan.FromHours(1);
    /// <summary>For so long Stripe keeps events.</summary>
    private static readonly TimeSpan Kept = TimeSpan.FromDays(30);
    private const int MostPages = 20;

    private DateTimeOffset installationAt = DateTimeOffset.MinValue;

    public async Task RunAsync(CancellationToken cancel)
    {
        var now = clock.GetUtcNow();
        if (accounts.Installation is { } shared && now - installationAt >= Every)
        {
            installationAt = now;
            await FetchAsync(Guid.Empty, shared, cancel);
        }
        if (await database.ReadAsync(c => c.ExecuteScalarAsync<int?>(ReconcileSql.IsAnyDue, new { before = now - Every }), cancel) is null) return;
        foreach (var organization in await database.WriteAsync(async t => (await t.Connection!.QueryAsync<Guid>(ReconcileSql.Claim, new { now, before = now - Every }, t)).AsList(), cancel))
            if ((await accounts.OwnAsync(organization))?.Account is { } account) await FetchAsync(organization, account, cancel);
    }

    public async Task FetchAsync(Guid organization, PaymentAccount account, CancellationToken cancel)
    {
        string? last = null;
        for (int page = 0; page < MostPages; page++)
        {
            var answer = await stripe.GetAsync(account, $"/v1/events?limit=100&delivery_success=false&created[gt]={(clock.GetUtcNow() - Kept).ToUnixTimeSeconds()}{(last is null ? "" : $"&starting_after={last}")}", cancel);
            if (answer.Error is { Problem: StripeProblem.KeyRefused }) await accounts.NoteAsync(organization, isBroken: true);
            if (!answer.IsYes) return;
            if (organization != Guid.Empty && page == 0) await accounts.NoteAsync(organization, isBroken: false);
            var events = answer.Json["data"].Items.Where(e => e["id"].Text is not null && e["livemode"].IsTrue == account.IsLive).ToList();
            await inbox.StoreAsync(organization, WebhookInbox.Payments, [.. events.Select(e => new HookEvent(e["id"].Text!, e.Element.GetRawText(), e["type"].Text))], contentIsProved: true);
            if (!answer.Json["has_more"].IsTrue || events.Count == 0) return;
            last = events[^1]["id"].Text;
        }
    }
}
