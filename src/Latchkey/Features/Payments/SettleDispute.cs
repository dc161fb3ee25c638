using Dapper;
using Latchkey.Platform;
using Latchkey.Platform.Activity;
using Latchkey.Platform.Data;
using Latchkey.Platform.Payments;

namespace Latchkey.Features.Payments;

/// <summary>
/// Writes down what the provider has of a dispute, for staff to see: how much, why, and by when to answer. It is answered at the provider;
/// nothing happens to the customer, the invoice or what they rent by itself.
/// </summary>
public sealed class SettleDispute(Database database, PaymentAccounts accounts, StripeApi stripe, ActivityLog activity, TimeProvider clock)
{
    /// <param name="organization">The organization.</param>
    /// <param name="id">The payment that an event says it is about.</param>
    /// <param name="name">The provider's name for the dispute.</param>
    /// <param name="cancel">Stops the waiting.</param>
    public async Task<EventOutcome> RunAsync(Guid organization, Guid id, string name, CancellationToken cancel)
    {
        var payment = await database.ReadAsync(c => c.QuerySingleAsync<PaymentRow>(PaymentSql.Find, new { organization, id }), cancel);
        if (await accounts.ForAsync(organization, payment.Provider) is not { } account) return EventOutcome.TryLater;
        var answer = await stripe.GetAsync(account, $"/v1/disputes/{Uri.EscapeDataString(name)}", cancel);
        if (answer.Error is { Problem: StripeProblem.Missing }) return EventOutcome.Unknown;
        if (!answer.IsYes) return EventOutcome.TryLater;
        if (StripeDispute.Read(answer.Json) is not { } found || found.Intent is null || found.Intent != payment.IntentId) return EventOutcome.Unknown;
        await WriteAsync(payment, found);
        return EventOutcome.Done;
    }

    private Task WriteAsync(PaymentRow payment, StripeDispute found) => database.WriteAsync(async t =>
    {
        var now = clock.GetUtcNow();
        var row = new { payment.OrganizationId, id = Guid.CreateVersion7(now), payment = payment.Id, name = found.Id, found.Amount, found.Currency, found.Reason, found.Status, found.AnswerBy, now };
        bool moved = await t.Connection!.ExecuteAsync(DisputeSql.Open, row, t) > 0 || await t.Connection!.ExecuteAsync(DisputeSql.Move, row, t) > 0;
        await t.Connection!.ExecuteAsync(DisputeSql.Note, row, t);
        if (moved)
            await activity.AppendAsync(t, new Happened(payment.OrganizationId, ActivityType.BILLING, Event(found.Status))
            {
                StorefrontId = payment.StorefrontId,
                ContactId = payment.ContactId,
                SubjectId = payment.Id,
                Detail = $"{new Money(found.Amount, found.Currency)}, {found.Reason ?? found.Status}{(found is { AnswerBy: { } by, Status: "needs_response" or "warning_needs_response" } ? $", {IsoDay.Of(by)}" : "")}",
            });
    }, CancellationToken.None);

    private static string Event(string status) => status switch
    {
        "won" => "dispute won",
        "lost" => "dispute lost",
        "under_review" or "warning_under_review" => "dispute answered",
        "warning_closed" or "prevented" => "dispute closed",
        _ => "payment disputed",
    };
}
