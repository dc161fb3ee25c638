using Latchkey.Platform.Mail.Providers;

namespace Latchkey.Platform.Payments;

/// <summary>A checkout as Stripe shows it, its payment intent expanded.</summary>
public sealed record StripeCheckout(
    string? Id, string? Status, string? PaymentStatus, string? Reference, string? Customer, long? Amount, string? Currency, string? Url, DateTimeOffset? ExpiresAt, bool IsLive,
    StripeIntent? Intent, string? SetupIntent)
{
    public static StripeCheckout Read(ProviderJson json) => new(
        json["id"].Text, json["status"].Text, json["payment_status"].Text, json["client_reference_id"].Text, StripeName.Of(json["customer"]), StripeName.Amount(json["amount_total"]),
        json["currency"].Text, json["url"].Text, json["expires_at"].UnixTime, json["livemode"].IsTrue, StripeIntent.Read(json["payment_intent"]), StripeName.Of(json["setup_intent"]));
}

/// <summary>A payment intent.</summary>
public sealed record StripeIntent(
    string Id, string? Status, long? Amount, long? Received, string? Currency, string? Customer, string? MetadataPayment, string? Method, StripeFailure? Failure, StripeCharge? Charge, bool IsLive)
{
    /// <returns>Null when it is only named.</returns>
    public static StripeIntent? Read(ProviderJson json) => json["id"].Text is not { } id ? null : new(
        id, json["status"].Text, StripeName.Amount(json["amount"]), StripeName.Amount(json["amount_received"]), json["currency"].Text, StripeName.Of(json["customer"]),
        json["metadata"]["payment_id"].Text, StripeName.Of(json["payment_method"]),
        json["last_payment_error"] is { IsObject: true } error ? new StripeFailure(error["code"].Text, error["decline_code"].Text, error["message"].Text) : null,
        StripeCharge.Read(json["latest_charge"]), json["livemode"].IsTrue);
}

public sealed record StripeFailure(string? Code, string? DeclineCode, string? Message);

/// <summary>What was taken, and how much of it was given back.</summary>
public sealed record StripeCharge(string Id, long Refunded, string? MethodType, string? Brand, string? Last4)
{
    public static StripeCharge? Read(ProviderJson json)
    {
        if (json["id"].Text is not { } id) return null;
        var details = json["payment_method_details"];
        string? type = details["type"].Text;
        var facts = type is null ? default : details[type];
        return new StripeCharge(id, StripeName.Amount(json["amount_refunded"]) ?? 0, type, facts["brand"].Text, facts["last4"].Text);
    }
}

/// <summary>Money on its way back. A bank may take days, and say no in the end.</summary>
/// <param name="Ours">What we named it when we asked for it; null when somebody gave it back at the provider itself.</param>
public sealed record StripeRefund(string Id, string? Status, long Amount, string? Failure, string? Ours)
{
    public bool IsDone => Status == "succeeded";
    public bool IsGone => Status is "failed" or "canceled";

    public static StripeRefund? Read(ProviderJson json) => json["id"].Text is { } id && StripeName.Amount(json["amount"]) is { } amount
        ? new StripeRefund(id, json["status"].Text, amount, json["failure_reason"].Text, json["metadata"]["refund_id"].Text) : null;
}

/// <summary>A customer asks their bank for the money of a charge.</summary>
public sealed record StripeDispute(string Id, string Status, long Amount, string Currency, string? Reason, string? Intent, DateTimeOffset? AnswerBy)
{
    public static StripeDispute? Read(ProviderJson json) =>
        json["id"].Text is { } id && json["status"].Text is { } status && StripeName.Amount(json["amount"]) is { } amount && json["currency"].Text is { Length: 3 } currency
            ? new StripeDispute(id, status, amount, currency.ToUpperInvariant(), json["reason"].Text, StripeName.Of(json["payment_intent"]), json["evidence_details"]["due_by"].UnixTime) : null;
}

/// <summary>A card or a bank account, as far as a customer recognises it.</summary>
public sealed record StripeMethod(string Id, string Type, string? Customer, string? Brand, string? Bank, string? Last4, int? ExpMonth, int? ExpYear)
{
    public static StripeMethod? Read(ProviderJson json)
    {
        if (json["id"].Text is not { } id || json["type"].Text is not { } type) return null;
        var facts = json[type];
        return new StripeMethod(id, type, StripeName.Of(json["customer"]), facts["display_brand"].Text ?? facts["brand"].Text, facts["bank_name"].Text ?? facts["bank_code"].Text ?? facts["sort_code"].Text,
            facts["last4"].Text, facts["exp_month"].Number, facts["exp_year"].Number);
    }
}

/// <summary>A setup intent, its method expanded.</summary>
public sealed record StripeSetup(string Id, string? Status, string? Customer, StripeMethod? Method, string? Mandate, string? VerifyUrl, DateTimeOffset? ArrivesAt, string? Problem)
{
    public static StripeSetup? Read(ProviderJson json)
    {
        if (json["id"].Text is not { } id) return null;
        var verify = json["next_action"]["verify_with_microdeposits"];
        // One that failed stands no longer where it was tried.
        var method = StripeMethod.Read(json["payment_method"]) ?? StripeMethod.Read(json["last_setup_error"]["payment_method"]);
        return new StripeSetup(id, json["status"].Text, StripeName.Of(json["customer"]), method, StripeName.Of(json["mandate"]),
            verify["hosted_verification_url"].Text, verify["arrival_date"].UnixTime, json["last_setup_error"]["message"].Text);
    }
}

public static class StripeName
{
    /// <summary>The id of something that is named, or expanded.</summary>
    public static string? Of(ProviderJson json) => json.Text ?? json["id"].Text;

    public static long? Amount(ProviderJson json) => long.TryParse(json.Text, System.Globalization.CultureInfo.InvariantCulture, out long amount) ? amount : null;
}
