using System.Text.Json.Nodes;

namespace Latchkey.Platform.Payments.Test;

/// <summary>Money that is taken, and given back.</summary>
public static class TestCharges
{
    public static readonly TimeSpan DebitTakes = TimeSpan.FromMinutes(3);

    /// <summary>A charge while the customer is away.</summary>
    public static async Task<TestAnswer> CreateAsync(TestRequest r)
    {
        var form = r.Form;
        if (await r.Ledger.FindAsync(form["payment_method"]) is not { } method || method.Text("customer") != form["customer"]) return TestAnswer.Missing("payment_method");
        if (!form.IsTrue("confirm") || !form.IsTrue("off_session")) return TestAnswer.Problem(400, "invalid_request_error", "parameter_missing", "Only confirmed, off-session payments.", "confirm");
        var intent = Intent(r.Ledger, form.Number("amount") ?? 0, form["currency"]!, form["customer"], method.Text("id"), form.Below("metadata"));
        intent["_request"] = r.Hash;
        string type = method.Text("type")!;
        if (method["_fails"]?.GetValue<bool>() == true)
        {
            Refuse(intent, "insufficient_funds");
            intent["_declined"] = "insufficient_funds";
            await r.Ledger.AddAsync(intent, r.Operation);
            await r.Ledger.EmitAsync("payment_intent.payment_failed", intent);
            return TestAnswer.Declined(intent, "insufficient_funds");
        }
        if (type == "card")
        {
            await r.Ledger.AddAsync(intent, r.Operation);
            await SucceedAsync(r.Ledger, intent, type);
        }
        else
        {
            intent["status"] = "processing";
            intent["_settles"] = "ok";
            await r.Ledger.AddAsync(intent, r.Operation, r.Ledger.Now + DebitTakes);
            await r.Ledger.EmitAsync("payment_intent.processing", intent);
        }
        return new TestAnswer(200, intent);
    }

    public static async Task<TestAnswer> RefundAsync(TestRequest r)
    {
        if (await r.Ledger.FindAsync(r.Form["payment_intent"]) is not { } intent || await r.Ledger.FindAsync(intent.Text("latest_charge")) is not { } charge) return TestAnswer.Missing("payment_intent");
        long amount = r.Form.Number("amount") ?? charge.Number("amount") - charge.Number("amount_refunded");
        if (amount < 1 || charge.Number("amount_refunded") + amount > charge.Number("amount"))
            return TestAnswer.Problem(400, "invalid_request_error", "charge_already_refunded", "Refund amount is greater than unrefunded amount on charge.", "amount");
        charge["amount_refunded"] = charge.Number("amount_refunded") + amount;
        charge["refunded"] = charge.Number("amount_refunded") == charge.Number("amount");
        await r.Ledger.SaveAsync(charge);
        // A bank takes days to take money back.
        bool waits = charge["payment_method_details"]?["type"]?.GetValue<string>() != "card";
        var refund = await r.Ledger.AddAsync(new JsonObject
        {
            ["id"] = TestLedger.NewId("re"), ["object"] = "refund", ["created"] = r.Ledger.Seconds, ["amount"] = amount, ["currency"] = intent.Text("currency"),
            ["charge"] = charge.Text("id"), ["payment_intent"] = intent.Text("id"), ["status"] = waits ? "pending" : "succeeded", ["metadata"] = r.Form.Below("metadata"), ["_request"] = r.Hash,
        }, r.Operation, waits ? r.Ledger.Now + DebitTakes : null);
        await r.Ledger.EmitAsync("refund.created", refund);
        await r.Ledger.EmitAsync("charge.refunded", charge);
        return new TestAnswer(200, refund);
    }

    public static async Task<TestAnswer> ListRefundsAsync(TestRequest r) => new(200, TestRoutes.List("/v1/refunds",
        (await r.Ledger.AllAsync("refund")).Where(f => r.Form["payment_intent"] is not { } intent || f.Text("payment_intent") == intent)));

    public static JsonObject Intent(TestLedger ledger, long amount, string currency, string? customer, string? method, JsonObject metadata) => new()
    {
        ["id"] = TestLedger.NewId("pi"), ["object"] = "payment_intent", ["created"] = ledger.Seconds, ["livemode"] = false, ["amount"] = amount, ["amount_received"] = 0,
        ["currency"] = currency, ["customer"] = customer, ["payment_method"] = method, ["metadata"] = metadata, ["status"] = "requires_payment_method", ["latest_charge"] = null,
        ["last_payment_error"] = null,
    };

    public static async Task SucceedAsync(TestLedger ledger, JsonObject intent, string type)
    {
        var charge = await ledger.AddAsync(new JsonObject
        {
            ["id"] = TestLedger.NewId("ch"), ["object"] = "charge", ["created"] = ledger.Seconds, ["amount"] = intent.Number("amount"), ["amount_refunded"] = 0, ["refunded"] = false,
            ["currency"] = intent.Text("currency"), ["customer"] = intent.Text("customer"), ["payment_intent"] = intent.Text("id"), ["status"] = "succeeded",
            ["metadata"] = intent["metadata"]!.DeepClone(), ["payment_method_details"] = new JsonObject { ["type"] = type, [type] = TestRequests.Facts(type, ledger.Now.AddYears(3)) },
        });
        intent["status"] = "succeeded";
        intent["amount_received"] = intent.Number("amount");
        intent["latest_charge"] = charge.Text("id");
        intent["last_payment_error"] = null;
        intent.Remove("_settles");
        await ledger.SaveAsync(intent);
        await ledger.EmitAsync("payment_intent.succeeded", intent);
        await ledger.EmitAsync("charge.succeeded", charge);
    }

    public static void Refuse(JsonObject intent, string why)
    {
        intent["status"] = "requires_payment_method";
        intent["last_payment_error"] = new JsonObject { ["type"] = "card_error", ["code"] = "card_declined", ["decline_code"] = why, ["message"] = "Your payment was declined." };
    }
}
