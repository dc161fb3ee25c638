using Dapper;
using Latchkey.Platform.Data;
using Latchkey.Platform.Payments;

namespace Latchkey.Features.Payments;

/// <summary>Sends refunds that were asked for to the provider, each under its own idempotency key, and looks after those that a bank works on, or nobody approved.</summary>
public sealed class SendRefunds(Database database, PaymentAccounts accounts, StripeApi stripe, SettlePayment settlePayment, WriteRefunds write, DecideRefund decideRefund, TimeProvider clock)
{
    private const int MostAttempts = 40;
    private static readonly TimeSpan BankTakes = TimeSpan.FromHours(6);

    public async Task RunAsync(CancellationToken cancel)
    {
        var now = clock.GetUtcNow();
        if (await database.ReadAsync(c => c.ExecuteScalarAsync<int?>(RefundSql.IsAnyDue, new { now }), cancel) is null) return;
        var claimed = await database.WriteAsync(async t => (await t.Connection!.QueryAsync<Row>(RefundSql.Claim, new { now, leaseEnd = now.AddMinutes(2) }, t)).AsList(), cancel);
        foreach (var refund in claimed)
        {
            if (refund.State == "asked") await decideRefund.ExpireAsync(refund.OrganizationId, refund.Id);
            else if (refund.State != "pending") await SendAsync(refund, cancel);
            else
            {
                await settlePayment.RunAsync(refund.OrganizationId, refund.PaymentId, cancel);
                await LaterAsync(refund, BankTakes);
            }
        }
    }

    private async Task SendAsync(Row refund, CancellationToken cancel)
    {
        var payment = await database.ReadAsync(c => c.QuerySingleAsync<PaymentRow>(PaymentSql.Find, new { organization = refund.OrganizationId, id = refund.PaymentId }), cancel);
        if (payment.Provider == "offline")
        {
            await NoteAsync(refund, "done", null, null);
            await write.RunAsync(payment, [], await write.LookAsync(payment));
            return;
        }
        if (await accounts.ForAsync(refund.OrganizationId, payment.Provider) is not { } account || payment.IntentId is not { } intent) return;
        var answer = await stripe.PostAsync(account, "/v1/refunds", new StripeForm().With("payment_intent", intent).With("amount", refund.Amount)
            .With("reason", "requested_by_customer").With("metadata[refund_id]", refund.Id.ToString()), refund.Id.ToString(), cancel);
        if (answer.Error is { Problem: StripeProblem.Unavailable or StripeProblem.KeyRefused } && refund.Attempts < MostAttempts)
        {
            await LaterAsync(refund, TimeSpan.FromMinutes(Math.Min(60, refund.Attempts)));
            return;
        }
        string? status = answer.Json["status"].Text;
        await NoteAsync(refund, !answer.IsYes || status is "failed" or "canceled" ? "failed" : status == "succeeded" ? "done" : "pending", answer.Json["id"].Text, answer.Error?.Message ?? answer.Json["failure_reason"].Text);
        await settlePayment.RunAsync(refund.OrganizationId, refund.PaymentId, cancel);
    }

    private Task NoteAsync(Row refund, string state, string? refundId, string? problem) => database.WriteAsync(async t =>
    {
        if (await t.Connection!.ExecuteAsync(RefundSql.Sent, new { refund.OrganizationId, refund.Id, refund.Attempts, state, refundId, problem, now = clock.GetUtcNow(), dueAt = state == "pending" ? clock.GetUtcNow() + BankTakes : (DateTimeOffset?)null }, t) > 0 && state == "failed")
            await t.Connection!.ExecuteAsync(RefundSql.TakeBack, new { refund.OrganizationId, refund.PaymentId, refund.InvoiceId, refund.Amount }, t);
    });

    private Task<int> LaterAsync(Row refund, TimeSpan wait) => database.WriteAsync(
        t => t.Connection!.ExecuteAsync(RefundSql.Later, new { refund.OrganizationId, refund.Id, refund.Attempts, dueAt = clock.GetUtcNow() + wait }, t), CancellationToken.None);

    private sealed record Row
    {
        public required Guid OrganizationId { get; init; }
        public required Guid Id { get; init; }
        public required Guid PaymentId { get; init; }
        public required Guid InvoiceId { get; init; }
        public required long Amount { get; init; }
        public required int Attempts { get; init; }
        public required string State { get; init; }
    }
}
