using System.Data.Common;
using System.Security.Cryptography;
using System.Text;
using Dapper;
using Latchkey.Platform.Data;
using Latchkey.Platform.Mail;
using Latchkey.Platform.Staff;
using Latchkey.Platform.Tenancy;

namespace Latchkey.Features.Staff;

/// <summary>
/// The first organization, its storefront and its Owner: by an address that the server prints as long as nobody works here, or by
/// <c>latchkey init</c>. There are no default accounts (ASVS 5, 6.3.2).
/// </summary>
public sealed class SetUp(Database database, AddStaff addStaff, Outbox outbox, TimeProvider clock)
{
    private const int TokenBytes = 20;
    private static readonly TimeSpan Lifetime = TimeSpan.FromDays(1);

    /// <summary>A new token; it replaces the one before.</summary>
    /// <returns>Null when somebody works here already.</returns>
    public Task<string?> OfferAsync(CancellationToken cancel) => database.WriteAsync(async t =>
    {
        if (await t.Connection!.ExecuteScalarAsync<int?>(TeamSql.IsAnybodyThere, transaction: t) is not null) return null;
        string token = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(TokenBytes));
        await t.Connection!.ExecuteAsync(TeamSql.KeepSetup, new { hash = Hash(token), now = clock.GetUtcNow() }, t);
        return token;
    }, cancel);

    public Task<bool> IsOfferedAsync(string token, CancellationToken cancel) => database.ReadAsync(async c =>
        await c.ExecuteScalarAsync<int?>(new CommandDefinition(TeamSql.IsSetup, Offered(token), cancellationToken: cancel)) is not null, cancel);

    /// <param name="business">What to make.</param>
    /// <param name="token">The token that was printed; null: whoever sits at the command line needs none, and the Owner is told by mail.</param>
    /// <param name="by">Who does it: goes into the record.</param>
    /// <param name="cancel">Cancels the work.</param>
    public async Task<SetUpOutcome> RunAsync(NewBusiness business, string? token, string by, CancellationToken cancel)
    {
        try
        {
            outbox.Announce(await database.WriteAsync(t => MakeAsync(t, business, token, by), cancel));
            return SetUpOutcome.Done;
        }
        catch (SetUpRefusedException refused)
        {
            return refused.Outcome;
        }
    }

    private async Task<EnqueuedMails> MakeAsync(DbTransaction transaction, NewBusiness business, string? token, string by)
    {
        var (connection, now) = (transaction.Connection!, clock.GetUtcNow());
        if (token is not null && await connection.ExecuteScalarAsync<int?>(TeamSql.UseSetup, Offered(token), transaction) is null)
            throw new SetUpRefusedException(SetUpOutcome.NotOffered);
        var organization = Guid.CreateVersion7(now);
        await connection.ExecuteAsync(TeamSql.Organization, new { id = organization, name = business.Organization, now }, transaction);
        int made = await connection.ExecuteAsync(TeamSql.Storefront, new
        {
            OrganizationId = organization,
            StorefrontId = Guid.CreateVersion7(now),
            slug = business.Slug,
            name = business.Storefront,
            locale = business.Locale,
            vocabulary = business.Vocabulary.ToString(),
            sender = business.Owner.Value,
            policy = PolicyJson.Write(business.Policy),
            now,
        }, transaction);
        if (made == 0) throw new SetUpRefusedException(SetUpOutcome.SlugTaken);
        return (await addStaff.AddAsync(transaction, organization, business.Owner, business.OwnerName, StaffRole.Owner, by, isMailed: token is null)).Mails;
    }

    private object Offered(string token) => new { hash = Hash(token), after = clock.GetUtcNow() - Lifetime };

    /// <summary>160 random bits need no salt (ASVS 5, 6.5.2).</summary>
    private static byte[] Hash(string token) => SHA256.HashData(Encoding.UTF8.GetBytes(token));

#pragma warning disable CA1032, CA1064, RCS1194 // never leaves this class: it undoes the transaction
    private sealed class SetUpRefusedException(SetUpOutcome outcome) : Exception
    {
        public SetUpOutcome Outcome => outcome;
    }
#pragma warning restore CA1032, CA1064, RCS1194
}

public enum SetUpOutcome
{
    Done,
    /// <summary>The token was used, replaced or printed more than a day ago: restart the server for a new one.</summary>
    NotOffered,
    /// <summary>Another storefront has this slug.</summary>
    SlugTaken,
}
