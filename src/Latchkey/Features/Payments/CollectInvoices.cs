using Dapper;
using Latchkey.Features.Invoices;
using Latchkey.Platform.Data;

namespace Latchkey.Features.Payments;

/// <summary>
/// Asks for the money of what the billing run wrote: charges the method on file, or mails the invoice. That is noted with the invoice
/// itself, so a server that is killed in between forgets nobody; what was charged or mailed by then is not again.
/// </summary>
public sealed class CollectInvoices(Database database, ReadInvoices readInvoices, ChargeMethod chargeMethod, SendInvoice sendInvoice, TimeProvider clock)
{
    private static readonly TimeSpan Lease = TimeSpan.FromMinutes(10);

    public async Task RunAsync(CancellationToken cancel)
    {
        while (await database.ReadAsync(c => c.ExecuteScalarAsync<int?>(CollectSql.IsAnyDue, new { now = clock.GetUtcNow() }), cancel) is not null)
        {
            var now = clock.GetUtcNow();
            var claimed = await database.WriteAsync(async t => (await t.Connection!.QueryAsync<Claimed>(CollectSql.Claim, new { now, leaseEnd = now + Lease }, t)).AsList(), cancel);
            foreach (var one in claimed) await CollectAsync(one.OrganizationId, one.Id, cancel);
            if (claimed.Count == 0) return;
        }
    }

    private async Task CollectAsync(Guid organization, Guid id, CancellationToken cancel)
    {
        if (await readInvoices.OneAsync(organization, id, cancel) is { Invoice: { IsDue: true } invoice }
            && !await IsChargedAsync(organization, invoice, cancel) && await sendInvoice.RunAsync(organization, invoice, staff: null)) return;
        await database.WriteAsync(t => MoveInvoice.CollectedAsync(t, organization, id), CancellationToken.None);
    }

    private async Task<bool> IsChargedAsync(Guid organization, Invoice invoice, CancellationToken cancel)
    {
        if (await database.ReadAsync(c => c.ExecuteScalarAsync<int?>(CollectSql.IsByHand, new { organization, id = invoice.Id }), cancel) is not null) return false;
        if (await chargeMethod.RunAsync(organization, invoice, cancel) is not null) return true;
        // One that was begun before a server was killed is gone on with by the clock.
        return (await database.ReadAsync(c => c.QueryAsync<Guid>(PaymentSql.LiveOf, new { organization, invoice = invoice.Id }), cancel)).Any();
    }

    private sealed record Claimed
    {
        public required Guid OrganizationId { get; init; }
        public required Guid Id { get; init; }
    }
}
