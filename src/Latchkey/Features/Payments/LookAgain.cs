using Dapper;
using Latchkey.Platform.Data;

namespace Latchkey.Features.Payments;

/// <summary>Asks the provider about payments whose event may have been lost, and about what was cut off half-way.</summary>
public sealed class LookAgain(Database database, SettlePayment settlePayment, SettleSetup settleSetup, ChargeMethod chargeMethod, TimeProvider clock)
{
    private static readonly TimeSpan Lease = TimeSpan.FromMinutes(10);

    public async Task RunAsync(CancellationToken cancel)
    {
        foreach (var payment in await ClaimAsync(PaymentSql.IsAnyDue, PaymentSql.Due, cancel))
        {
            if (payment is { Kind: "autopay", State: PaymentState.Starting }) await chargeMethod.ResumeAsync(payment.OrganizationId, payment.Id, cancel);
            // The browser was never sent there: nobody can pay it.
            else if (payment.State is PaymentState.Starting) await settlePayment.EndAsync(payment.OrganizationId, payment.Id, CheckoutEnd.Cancelled);
            else await settlePayment.RunAsync(payment.OrganizationId, payment.Id, cancel);
        }
        foreach (var setup in await ClaimAsync(MethodSql.IsAnySetupDue, MethodSql.DueSetups, cancel)) await settleSetup.RunAsync(setup.OrganizationId, setup.Id, cancel);
    }

    private async Task<IReadOnlyList<Due>> ClaimAsync(string isAny, string claim, CancellationToken cancel)
    {
        var now = clock.GetUtcNow();
        if (await database.ReadAsync(c => c.ExecuteScalarAsync<int?>(isAny, new { now }), cancel) is null) return [];
        return await database.WriteAsync(async t => (await t.Connection!.QueryAsync<Due>(claim, new { now, leaseEnd = now + Lease }, t)).AsList(), cancel);
    }

    private sealed record Due
    {
        public required Guid OrganizationId { get; init; }
        public required Guid Id { get; init; }
        public string Kind { get; init; } = "";
        public PaymentState State { get; init; }
    }
}
