using Dapper;
using Latchkey.Platform.Activity;
using Latchkey.Platform.Data;
using Latchkey.Platform.Mail;
using Latchkey.Platform.Mail.Providers;

namespace Latchkey.Features.Payments;

/// <summary>
/// Works off an event of the payment provider. The event only says where to look: what is written is what the provider has now, so events
/// may come in any order, and twice. What they name is looked for among the organization's own.
/// </summary>
public sealed class SettleEvent(Database database, SettlePayment settlePayment, SettleSetup settleSetup, ChangeMethods changeMethods, MoneyMails mails, Outbox outbox, ActivityLog activity)
{
    /// <param name="organization">Whose account it came by; all zeros for the installation's.</param>
    /// <param name="happened">The event.</param>
    /// <param name="cancel">Stops the waiting.</param>
    public async Task<EventOutcome> RunAsync(Guid organization, ProviderJson happened, CancellationToken cancel)
    {
        string type = happened["type"].Text ?? "";
        var about = happened["data"]["object"];
        return type.Split('.')[0] switch
        {
            "checkout" when about["mode"].Text == "setup" => await SetupAsync(organization, about, cancel),
            "checkout" => await PaymentAsync(organization, about["id"].Text, null, about["metadata"]["payment_id"].Text, cancel),
            "payment_intent" => await PaymentAsync(organization, null, about["id"].Text, about["metadata"]["payment_id"].Text, cancel),
            "charge" or "refund" => await PaymentAsync(organization, null, Name(about["payment_intent"]), about["metadata"]["payment_id"].Text, cancel),
            "setup_intent" => await SetupAsync(organization, about, cancel),
            "mandate" => await MandateAsync(organization, about, cancel),
            "payment_method" => await MethodsAsync(organization, Name(about["customer"]), about["id"].Text, cancel),
            "customer" => await MethodsAsync(organization, about["object"].Text == "customer" ? about["id"].Text : Name(about["customer"]), null, cancel),
            _ => EventOutcome.Nothing,
        };
    }

    private async Task<EventOutcome> PaymentAsync(Guid organization, string? checkout, string? intent, string? hint, CancellationToken cancel)
    {
        bool anywhere = organization == Guid.Empty;
        var found = await database.ReadAsync(async c =>
            (checkout is null ? null : await c.QueryFirstOrDefaultAsync<PaymentName?>(anywhere ? PaymentSql.FindByCheckoutAnywhere : PaymentSql.FindByCheckout, new { organization, name = checkout }))
            ?? (intent is null ? null : await c.QueryFirstOrDefaultAsync<PaymentName?>(anywhere ? PaymentSql.FindByIntentAnywhere : PaymentSql.FindByIntent, new { organization, name = intent }))
            ?? (Guid.TryParse(hint, out var id) ? await c.QueryFirstOrDefaultAsync<PaymentName?>(anywhere ? PaymentSql.FindByIdAnywhere : PaymentSql.Find, new { organization, id }) : null), cancel);
        if (found is null) return EventOutcome.Unknown;
        var state = await settlePayment.RunAsync(found.OrganizationId, found.Id, cancel, intent: intent);
        return state is null or PaymentState.Starting ? EventOutcome.TryLater : await IsSuspectAsync(found) ? EventOutcome.Doubted : EventOutcome.Done;
    }

    private async Task<EventOutcome> SetupAsync(Guid organization, ProviderJson about, CancellationToken cancel)
    {
        string? name = about["id"].Text;
        var found = await database.ReadAsync(c => c.QueryFirstOrDefaultAsync<PaymentName?>(organization == Guid.Empty ? MethodSql.SetupAnywhere : MethodSql.SetupOf, new { organization, name }), cancel);
        // A setup intent of a payment that keeps its method has no row of its own; the payment says the same.
        if (found is null) return EventOutcome.Unknown;
        return await settleSetup.RunAsync(found.OrganizationId, found.Id, cancel) is null ? EventOutcome.TryLater : EventOutcome.Done;
    }

    private async Task<EventOutcome> MandateAsync(Guid organization, ProviderJson about, CancellationToken cancel)
    {
        // An inactive mandate never becomes active again: here the event alone says the truth.
        if (about["status"].Text != "inactive") return EventOutcome.Nothing;
        string? mandate = about["id"].Text;
        var owner = await database.ReadAsync(c => c.QueryFirstOrDefaultAsync<Owner?>(organization == Guid.Empty ? MethodSql.MandateAnywhere : MethodSql.MandateOf, new { organization, mandate }), cancel);
        if (owner is null) return EventOutcome.Unknown;
        var written = await database.WriteAsync(async t =>
        {
            if (await t.Connection!.ExecuteScalarAsync<Guid?>(MethodSql.Revoke, new { organization = owner.OrganizationId, mandate, no = false }, t) is not { } method) return null;
            await activity.AppendAsync(t, new Happened(owner.OrganizationId, ActivityType.BILLING, "mandate revoked") { SubjectId = owner.Id });
            return await mails.MethodLostAsync(t, owner.OrganizationId, owner.Id, method);
        }, cancel);
        if (written is not null) outbox.Announce(written);
        return EventOutcome.Done;
    }

    private async Task<EventOutcome> MethodsAsync(Guid organization, string? customer, string? method, CancellationToken cancel)
    {
        bool anywhere = organization == Guid.Empty;
        if (customer is null && method is null) return EventOutcome.Nothing;
        // One that was detached belongs to nobody any more: whose it was is known here.
        var owner = await database.ReadAsync(c => customer is not null
            ? c.QueryFirstOrDefaultAsync<Owner?>(anywhere ? PayerSql.ByNameAnywhere : PayerSql.ByName, new { organization, name = customer })
            : c.QueryFirstOrDefaultAsync<Owner?>(anywhere ? MethodSql.OwnerAnywhere : MethodSql.OwnerOf, new { organization, method }), cancel);
        if (owner is null) return customer is null ? EventOutcome.Nothing : EventOutcome.Unknown;
        return await changeMethods.RefreshAsync(owner.OrganizationId, owner.CustomerId, cancel) ? EventOutcome.Done : EventOutcome.TryLater;
    }

    private async Task<bool> IsSuspectAsync(PaymentName payment) =>
        (await database.ReadAsync(c => c.QuerySingleAsync<PaymentRow>(PaymentSql.Find, new { organization = payment.OrganizationId, id = payment.Id }))).Suspect;

    private static string? Name(ProviderJson json) => json.Text ?? json["id"].Text;

    private sealed record Owner
    {
        public required Guid OrganizationId { get; init; }
        public required Guid Id { get; init; }
        public required string CustomerId { get; init; }
    }
}

public enum EventOutcome
{
    Done,
    /// <summary>It is about nothing that is kept here.</summary>
    Nothing,
    /// <summary>It names nothing that is known here, yet.</summary>
    Unknown,
    /// <summary>The provider can't be asked now.</summary>
    TryLater,
    /// <summary>What the provider has is not what was asked for.</summary>
    Doubted,
}
