using System.Data.Common;
using System.Globalization;
using System.Security.Cryptography;
using Latchkey.Platform.Data;
using Latchkey.SignIn;

namespace Latchkey.Bench;

/// <summary>
/// Links that were mailed a minute ago and not followed yet. They belong to customers of their own (<c>waiting{n}@example.test</c>): those of
/// a customer who signs in are ended by it, and would be gone before the measuring begins.
/// </summary>
internal sealed class Pending(Database database, SignInKey key, TimeProvider clock)
{
    public async Task RunAsync(int count)
    {
        await database.WriteAsync(t => WriteAsync(t, count));
        await database.TidyAsync("account", "sign_in_request", "sign_in_link", "mail");
    }

    private async Task WriteAsync(DbTransaction transaction, int count)
    {
        var where = await FindStorefrontAsync(transaction);
        var sent = clock.GetUtcNow().AddMinutes(-1);
        var policy = SignInPolicy.Storage;
        DateTimeOffset expires = sent + policy.LinkLifetime, end = sent + policy.RequestLifetime;
        // A millisecond apart, the newest a minute old.
        var waiting = Enumerable.Range(0, count).Select(n => (n, at: sent.AddMilliseconds(n - count)))
            .Select(w => (w.at, email: Email(w.n), account: New(w.at), request: New(w.at), mail: New(w.at))).ToList();

        await transaction.InsertAsync("account", "organization_id, id, storefront_id, email, state, created_at, proven_at",
            waiting.Select(w => new object?[] { where.OrganizationId, w.account, where.StorefrontId, w.email, "proven", w.at, w.at }));
        await transaction.InsertAsync("sign_in_request", """
            organization_id, id, storefront_id, name_hash, name_sealed, browser_hash, ip, locale, made_by, asks, asked_at, last_asked_at, mails, resolved_at,
            account_id, sent_at, expires_at, hard_end_at, opens, code_tries, number_tries
            """,
            waiting.Select(w => new object?[]
            {
                where.OrganizationId, w.request, where.StorefrontId, key.Fingerprint(w.email), key.Seal($"{w.email}\n{w.email}"), RandomNumberGenerator.GetBytes(32), "127.0.0.1", "en", "customer", 1, w.at, w.at, 1, w.at,
                w.account, sent, expires, end, 0, 0, 0,
            }));
        await transaction.InsertAsync("sign_in_link", "organization_id, token_hash, request_id, number, created_at",
            waiting.Select(w => new object?[] { where.OrganizationId, RandomNumberGenerator.GetBytes(32), w.request, 1, w.at }));
        await transaction.InsertAsync("mail", """
            organization_id, id, storefront_id, lane, kind, account_id, request_id, link_number, to_address, locale, state, attempts,
            give_up_at, created_at, sent_at, reply_code, reply, subject
            """,
            waiting.Select(w => new object?[]
            {
                where.OrganizationId, w.mail, where.StorefrontId, 0, "sign_in_link", w.account, w.request, 1, w.email, "en", "sent", 1,
                end, w.at, sent, 250, "ok", "Sign in to Bench Storage",
            }));
    }

    private static async Task<StorefrontKey> FindStorefrontAsync(DbTransaction transaction)
    {
        await using var command = transaction.Connection!.CreateCommand();
        command.Transaction = transaction;
        command.CommandText = $"select organization_id, id from storefront where slug = '{Seed.Slug}'";
        await using var reader = await command.ExecuteReaderAsync();
        return await reader.ReadAsync() ? new StorefrontKey(reader.GetGuid(0), reader.GetGuid(1)) : throw new InvalidOperationException("Run seed first.");
    }

    private static Guid New(DateTimeOffset at) => Guid.CreateVersion7(at);

    private static string Email(int n) => string.Create(CultureInfo.InvariantCulture, $"waiting{n}@example.test");
}
