using Dapper;
using Latchkey.Features.Invoices;
using Latchkey.Features.Payments;
using Latchkey.Platform.Data;

namespace Latchkey.Features.BillingPlans;

/// <summary>
/// Asks for the money of invoices that a billing run wrote and then did not come to charge or mail, because the process was killed in
/// between: without it nobody would ever hear of them.
/// </summary>
public sealed class FinishBilling(Database database, ReadInvoices readInvoices, ChargeMethod chargeMethod, SendInvoice sendInvoice, TimeProvider clock)
{
    /// <summary>A run that is under way asks for what it wrote within minutes; what is older than a month somebody has seen.</summary>
    private static readonly TimeSpan StillUnderWay = TimeSpan.FromMinutes(10), TooOld = TimeSpan.FromDays(30);

    /// <param name="organization">The organization whose turn it is on this node.</param>
    /// <param name="cancel">Stops the waiting for the provider.</param>
    public async Task RunAsync(Guid organization, CancellationToken cancel)
    {
        var now = clock.GetUtcNow();
        var left = await database.ReadAsync(async c => (await c.QueryAsync<Guid>(LeftInvoiceSql.Left, new { organization, since = now - TooOld, before = now - StillUnderWay })).AsList(), cancel);
        foreach (var id in left) await AskAsync(organization, id, cancel);
    }

    /// <summary>By the method on file, else by mail.</summary>
    public async Task AskAsync(Guid organization, Guid id, CancellationToken cancel)
    {
        if (await readInvoices.OneAsync(organization, id, cancel) is { Invoice: var invoice } && await chargeMethod.RunAsync(organization, invoice, cancel) is null)
            await sendInvoice.RunAsync(organization, invoice, staff: null);
    }
}
