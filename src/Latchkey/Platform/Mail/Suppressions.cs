using System.Data.Common;
using Dapper;
using Latchkey.Platform.Data;
using Latchkey.SignIn;

namespace Latchkey.Platform.Mail;

/// <summary>Addresses that nothing is sent to any more, and why: somebody asked for no more, or nothing arrives there.</summary>
public sealed class Suppressions(Database database, TimeProvider clock)
{
    private const string Add = """
        insert into suppression (organization_id, channel, address, reason, created_at) values (@organization, @channel, @address, @reason, @now)
        on conflict (organization_id, channel, address) do nothing
        """;

    private const string Remove = "delete from suppression where organization_id = @organization and channel = @channel and address = @address";

    private const string Reason = "select reason from suppression where organization_id = @organization and channel = @channel and address = @address";

    public Task AddAsync(DbTransaction transaction, Guid organization, string channel, string address, string reason) =>
        transaction.Connection!.ExecuteAsync(Add, new { organization, channel, address = Canonical(channel, address), reason, now = clock.GetUtcNow() }, transaction);

    /// <returns>Why nothing is sent there; null when it may be.</returns>
    public Task<string?> ReasonAsync(Guid organization, string channel, string address) =>
        database.ReadAsync(c => c.ExecuteScalarAsync<string?>(Reason, new { organization, channel, address = Canonical(channel, address) }));

    /// <returns>False when it was not suppressed.</returns>
    public async Task<bool> RemoveAsync(DbTransaction transaction, Guid organization, string channel, string address) =>
        await transaction.Connection!.ExecuteAsync(Remove, new { organization, channel, address = Canonical(channel, address) }, transaction) > 0;

    /// <summary>One mailbox is written in several ways on records of different origin.</summary>
    private static string Canonical(string channel, string address) =>
        channel == MailChannel.Email && EmailAddress.TryRead(address, out var email) ? email.Value : address;
}
