using System.Data.Common;
using Latchkey.Platform.Data;
using Latchkey.Platform.Tenancy;
using Latchkey.SignIn;

namespace Latchkey.Bench;

/// <summary>
/// What the console looks through, on top of <see cref="Seed"/>: mails to its customers, one a minute up to now, one in a hundred refused,
/// with half as many rows of activity; and an Owner, <c>owner@bench.example</c>.
/// </summary>
internal sealed class ConsoleSeed(Database database, TimeProvider clock)
{
    public const string Owner = "owner@bench.example";
    private const int RowsAtOnce = 100_000;
    /// <summary>Shorter than a real one, so that two million fit on a small disk.</summary>
    private static readonly string Html = $"<!doctype html><p>{new string('x', 1200)}</p>";

    public async Task RunAsync(int mails)
    {
        var (where, facility, accounts) = await database.WriteAsync(ReadAsync);
        var now = clock.GetUtcNow();
        await database.WriteAsync(t => OwnerAsync(t, where.OrganizationId, now));
        for (int done = 0; done < mails; done += RowsAtOnce)
        {
            int from = done, count = Math.Min(RowsAtOnce, mails - done);
            await database.WriteAsync(t => MailsAsync(t, where, facility, accounts, Enumerable.Range(from, count).Select(n => (n, now.AddMinutes(n - mails)))));
        }
        await database.TidyAsync("account", "staff_member", "mail", "activity");
    }

    private static async Task OwnerAsync(DbTransaction transaction, Guid organization, DateTimeOffset now)
    {
        var account = Guid.CreateVersion7(now);
        await transaction.InsertAsync("account", "organization_id, id, storefront_id, email, full_name, state, created_at, proven_at",
            [[ConsoleRealm.Installation, account, ConsoleRealm.Key.StorefrontId, Owner, "Olivia Owner", "proven", now, now]]);
        await transaction.InsertAsync("staff_member", "organization_id, account_id, role, added_by, added_at, joined_at", [[organization, account, "Owner", "bench", now, now]]);
    }

    private static async Task MailsAsync(
        DbTransaction transaction, StorefrontKey where, Guid facility, List<(Guid Id, string Email)> accounts, IEnumerable<(int N, DateTimeOffset At)> times)
    {
        var mails = times.Select(t => (t.N, t.At, Id: Guid.CreateVersion7(t.At), Account: accounts[(int)(t.N * 7919L % accounts.Count)], Fails: t.N % 100 == 0)).ToList();
        await transaction.InsertAsync("mail", """
            organization_id, id, storefront_id, facility_id, lane, kind, account_id, to_address, locale, state, attempts, give_up_at, created_at, sent_at, failed_at,
            reply_code, reply_status, reply, subject, text_body, html_body, channel
            """,
            mails.Select(m => new object?[]
            {
                where.OrganizationId, m.Id, where.StorefrontId, facility, 0, "sign_in_link", m.Account.Id, m.Account.Email, "en", m.Fails ? "failed" : "sent", 1, m.At.AddHours(1), m.At,
                m.Fails ? null : m.At, m.Fails ? m.At : null, m.Fails ? 550 : 250, m.Fails ? "5.1.1" : null, m.Fails ? "No such user" : "ok", "Sign in to Bench Storage",
                "Sign in to the customer portal", Html, "email",
            }));
        await transaction.InsertAsync("activity", "organization_id, id, at, type, event, storefront_id, account_id, subject_id",
            mails.Where(m => m.N % 2 == 0).Select(m => new object?[] { where.OrganizationId, Guid.CreateVersion7(m.At), m.At, "SIGN_IN", "signed in by link", where.StorefrontId, m.Account.Id, m.Id }));
    }

    private static async Task<(StorefrontKey Where, Guid Facility, List<(Guid, string)> Accounts)> ReadAsync(DbTransaction transaction)
    {
        var (where, facility) = await FindAsync(transaction);
        await using var command = transaction.Connection!.CreateCommand();
        command.Transaction = transaction;
        command.CommandText = $"select a.id, a.email from account a join storefront s on s.organization_id = a.organization_id and s.id = a.storefront_id where s.slug = '{Seed.Slug}'";
        await using var reader = await command.ExecuteReaderAsync();
        var accounts = new List<(Guid, string)>();
        while (await reader.ReadAsync()) accounts.Add((reader.GetGuid(0), reader.GetString(1)));
        return (where, facility, accounts);
    }

    private static async Task<(StorefrontKey, Guid)> FindAsync(DbTransaction transaction)
    {
        await using var command = transaction.Connection!.CreateCommand();
        command.Transaction = transaction;
        command.CommandText = $"select f.organization_id, f.storefront_id, f.id from facility f join storefront s on s.organization_id = f.organization_id and s.id = f.storefront_id where s.slug = '{Seed.Slug}'";
        await using var reader = await command.ExecuteReaderAsync();
        return await reader.ReadAsync() ? (new StorefrontKey(reader.GetGuid(0), reader.GetGuid(1)), reader.GetGuid(2)) : throw new InvalidOperationException("Run seed first.");
    }
}
