using System.Data.Common;
using System.Security.Cryptography;
using System.Text;
using Dapper;
using Latchkey.Platform.Data;
using Latchkey.Platform.Mail.Providers;
using Latchkey.SignIn;

namespace Latchkey.Platform.Mail.Inbox;

/// <summary>
/// The inbox of what mail providers and the payment provider report. An event is stored before its provider is answered and worked off later, once: a provider
/// that missed our answer sends it again, and that is no second event.
/// </summary>
internal sealed class WebhookInbox(Database database, SignInKey key, TimeProvider clock)
{
    private static readonly TimeSpan Lease = TimeSpan.FromMinutes(1);
    /// <summary>Longer than any provider tries again.</summary>
    private static readonly TimeSpan Kept = TimeSpan.FromDays(30);
    private const int LongestId = 200;

    /// <summary>What the payment provider's events are stored under: they have a worker of their own, for it asks the provider back.</summary>
    public const string Payments = "stripe";

    private readonly Signal signal = new(), paymentSignal = new();

    /// <summary>Stores events; those that are known already stay as they are.</summary>
    /// <param name="organization">Whose account at the provider; all zeros for the installation's.</param>
    /// <param name="provider">The provider.</param>
    /// <param name="events">What it reports.</param>
    /// <param name="contentIsProved">Otherwise a name that is known is good for the content that it came with first.</param>
    /// <returns>False when one is known with other content, and then nothing is stored: somebody uses a signature again.</returns>
    public async Task<bool> StoreAsync(Guid organization, string provider, IReadOnlyList<HookEvent> events, bool contentIsProved)
    {
        if (events.Count == 0) return true;
        var now = clock.GetUtcNow();
        var rows = events.Select(e => new
        {
            organization,
            id = Guid.CreateVersion7(now),
            provider,
            eventId = Name(e.Id),
            e.Kind,
            body = key.Seal(e.Json),
            hash = SHA256.HashData(Encoding.UTF8.GetBytes(e.Json)),
            now,
        }).OrderBy(row => row.eventId, StringComparer.Ordinal).ToList(); // in one order, so that two tellings at once do not lock each other out
        bool stored = await database.WriteAsync(async t =>
        {
            foreach (var row in contentIsProved ? [] : rows)
                if (await t.Connection!.ExecuteScalarAsync<byte[]?>(WebhookSql.HashOf, new { row.organization, row.provider, row.eventId }, t) is { } known && !known.AsSpan().SequenceEqual(row.hash)) return false;
            foreach (var row in rows) await t.Connection!.ExecuteAsync(WebhookSql.Store, row, t);
            return true;
        });
        LookAgain();
        return stored;
    }

    /// <summary>Takes up again what was left unmatched or failed.</summary>
    /// <returns>False when it is not waiting for that.</returns>
    public async Task<bool> ReplayAsync(DbTransaction transaction, Guid organization, Guid id) =>
        await transaction.Connection!.ExecuteAsync(WebhookSql.Replay, new { organization, id, now = clock.GetUtcNow() }, transaction) > 0;

    /// <summary>Events that are not done, newest first.</summary>
    public async Task<IReadOnlyList<UnsettledEvent>> UnsettledAsync(Guid organization, int most, Guid? before = null) => await database.ReadAsync(async c =>
        (await c.QueryAsync<UnsettledEvent>(WebhookSql.Unsettled, new { organization, most, before = before ?? Guid.AllBitsSet })).AsList());

    /// <summary>All events, newest first.</summary>
    /// <param name="organization">Whose account at the provider.</param>
    /// <param name="provider">Its word; empty: any.</param>
    /// <param name="state">Its word; empty: any.</param>
    /// <param name="before">Of what is older.</param>
    /// <param name="most">At most so many.</param>
    /// <param name="cancel">Cancels it.</param>
    public Task<IReadOnlyList<ReceivedEvent>> PageAsync(Guid organization, string provider, string state, Guid before, int most, CancellationToken cancel) => database.ReadAsync<IReadOnlyList<ReceivedEvent>>(async c =>
        (await c.QueryAsync<ReceivedEvent>(new CommandDefinition(
            state.Length == 0 ? WebhookSql.Page : WebhookSql.PageOfState, new { organization, provider, state, before, most }, cancellationToken: cancel))).AsList(), cancel);

    public Task<ReceivedEvent?> FindAsync(Guid organization, Guid id, CancellationToken cancel) => database.ReadAsync(
        c => c.QuerySingleOrDefaultAsync<ReceivedEvent>(new CommandDefinition(WebhookSql.Find, new { organization, id }, cancellationToken: cancel)), cancel);

    /// <returns>Null when it is done, or was sealed under another key.</returns>
    public string? WordsOf(ReceivedEvent found) => found.Body is { } body ? key.Unseal(body) : null;

    /// <summary>The payment provider's events, done or not, newest first.</summary>
    /// <param name="organization">Whose.</param>
    /// <param name="state">In lower case; null: all.</param>
    /// <param name="most">How many.</param>
    /// <param name="before">The last one of the page before.</param>
    public async Task<IReadOnlyList<UnsettledEvent>> OfPaymentsAsync(Guid organization, string? state, int most, Guid? before = null) => await database.ReadAsync(async c =>
        (await c.QueryAsync<UnsettledEvent>(WebhookSql.OfPayments, new { organization, state = state ?? "", most, before = before ?? Guid.AllBitsSet })).AsList());

    /// <summary>Lets the workers look now.</summary>
    public void LookAgain()
    {
        signal.Set();
        paymentSignal.Set();
    }

    public Task ForgetAsync(DbTransaction transaction, CancellationToken cancel) =>
        transaction.Connection!.ExecuteAsync(new CommandDefinition(WebhookSql.Forget, new { before = clock.GetUtcNow() - Kept }, transaction, cancellationToken: cancel));

    internal Task WaitAsync(TimeSpan most, CancellationToken cancel) => signal.WaitAsync(most, cancel);

    internal Task WaitForPaymentsAsync(TimeSpan most, CancellationToken cancel) => paymentSignal.WaitAsync(most, cancel);

    /// <param name="most">How many at once.</param>
    /// <param name="payments">Those of the payment provider, or those of mail providers.</param>
    internal async Task<IReadOnlyList<ClaimedEvent>> ClaimAsync(int most, bool payments = false)
    {
        var now = clock.GetUtcNow();
        // A read costs nothing to speak of; an idle inbox must not write.
        if (await database.ReadAsync(c => c.ExecuteScalarAsync<int?>(WebhookSql.IsAnyDue, new { now, payments })) is null) return [];
        return await database.WriteAsync(async t => (await t.Connection!.QueryAsync<ClaimedEvent>(WebhookSql.Claim, new { now, most, payments, leaseEnd = now + Lease }, t)).AsList());
    }

    /// <returns>Null when it was sealed under another key.</returns>
    internal ProviderJson? Open(ClaimedEvent claimed) => claimed.Body is { } body && key.Unseal(body) is { } json ? ProviderJson.Read(Encoding.UTF8.GetBytes(json)) : null;

    /// <returns>False when another worker took it meanwhile: then its effect is that worker's to make.</returns>
    internal async Task<bool> DoneAsync(DbTransaction transaction, ClaimedEvent claimed, string? reason = null) =>
        await transaction.Connection!.ExecuteAsync(WebhookSql.Done, new { claimed.OrganizationId, claimed.Id, claimed.Attempts, reason, now = clock.GetUtcNow() }, transaction) > 0;

    /// <summary>Leaves it for somebody to look at.</summary>
    internal Task LeaveAsync(DbTransaction transaction, ClaimedEvent claimed, WebhookState state, string reason) =>
        transaction.Connection!.ExecuteAsync(WebhookSql.Left, new { claimed.OrganizationId, claimed.Id, claimed.Attempts, state = state.ToString().ToLowerInvariant(), reason, now = clock.GetUtcNow() }, transaction);

    internal Task LaterAsync(DbTransaction transaction, ClaimedEvent claimed, TimeSpan wait, string reason) =>
        transaction.Connection!.ExecuteAsync(WebhookSql.Later, new { claimed.OrganizationId, claimed.Id, claimed.Attempts, reason, dueAt = clock.GetUtcNow() + wait }, transaction);

    /// <summary>A name that is no name, by its hash.</summary>
    private static string Name(string id) =>
        id.Length is > 0 and <= LongestId && id.All(c => c is > ' ' and <= '~') ? id : Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(id)));
}
