using System.Text.Json.Nodes;

namespace Latchkey.Platform.Payments.Test;

/// <summary>Customers, their methods, and the list of events.</summary>
public static class TestRequests
{
    public static async Task<TestAnswer> CreateCustomerAsync(TestRequest r) => new(200, await r.Ledger.AddAsync(new JsonObject
    {
        ["id"] = TestLedger.NewId("cus"),
        ["object"] = "customer",
        ["created"] = r.Ledger.Seconds,
        ["livemode"] = false,
        ["email"] = r.Form["email"],
        ["name"] = r.Form["name"],
        ["metadata"] = r.Form.Below("metadata"),
        ["_request"] = r.Hash,
    }, r.Operation));

    public static async Task<TestAnswer> ChangeCustomerAsync(TestRequest r)
    {
        if (await r.Ledger.FindAsync(r.Id) is not { } customer || customer.Text("object") != "customer") return TestAnswer.Missing("customer");
        foreach (string name in new[] { "email", "name" }) if (r.Form[name] is { } value) customer[name] = value;
        await r.Ledger.SaveAsync(customer);
        return new TestAnswer(200, customer);
    }

    public static async Task<TestAnswer> ListMethodsAsync(TestRequest r) => await r.Ledger.FindAsync(r.Id) is not { } customer || customer.Text("object") != "customer"
        ? TestAnswer.Missing("customer")
        : new TestAnswer(200, TestRoutes.List($"/v1/customers/{r.Id}/payment_methods", (await r.Ledger.AllAsync("payment_method")).Where(m => m.Text("customer") == r.Id)));

    public static async Task<TestAnswer> DetachAsync(TestRequest r)
    {
        if (await r.Ledger.FindAsync(r.Id) is not { } method || method.Text("object") != "payment_method") return TestAnswer.Missing("payment_method");
        if (method.Text("customer") is null) return TestAnswer.Problem(400, "invalid_request_error", null, "The payment method you provided is not attached to a customer so detachment is impossible.");
        method["customer"] = null;
        await r.Ledger.SaveAsync(method);
        await r.Ledger.EmitAsync("payment_method.detached", method);
        return new TestAnswer(200, method);
    }

    /// <summary>Newest first, as Stripe has it.</summary>
    public static async Task<TestAnswer> ListEventsAsync(TestRequest r)
    {
        var (after, types, limit) = (r.Form.Number("created[gt]") ?? 0, r.Form.List("types").ToList(), (int)(r.Form.Number("limit") ?? 10));
        var events = (await r.Ledger.AllAsync("event")).Where(e => e.Number("created") > after && (types.Count == 0 || types.Contains(e.Text("type")!, StringComparer.Ordinal)));
        var from = events.Reverse().SkipWhile(e => r.Form["starting_after"] is { } last && e.Text("id") != last).Skip(r.Form["starting_after"] is null ? 0 : 1).ToList();
        return new TestAnswer(200, TestRoutes.List("/v1/events", from.Take(limit), from.Count > limit));
    }

    /// <summary>A card or a bank account, attached to a customer.</summary>
    public static async Task<JsonObject> AddMethodAsync(TestLedger ledger, string type, string? customer, bool failsLater = false) => await ledger.AddAsync(new JsonObject
    {
        ["id"] = TestLedger.NewId("pm"),
        ["object"] = "payment_method",
        ["created"] = ledger.Seconds,
        ["livemode"] = false,
        ["customer"] = customer,
        ["type"] = type,
        [type] = Facts(type, ledger.Now.AddYears(3), failsLater),
        ["_fails"] = failsLater,
    });

    public static JsonObject Facts(string type, DateTimeOffset until, bool failsLater = false) => type switch
    {
        "card" => new JsonObject { ["brand"] = "visa", ["last4"] = failsLater ? "0341" : "4242", ["exp_month"] = until.Month, ["exp_year"] = until.Year, ["funding"] = "credit" },
        "sepa_debit" => new JsonObject { ["bank_code"] = "37040044", ["country"] = "DE", ["last4"] = "3000" },
        "bacs_debit" => new JsonObject { ["sort_code"] = "108800", ["last4"] = "2345" },
        _ => new JsonObject { ["bank_name"] = "STRIPE TEST BANK", ["last4"] = "6789" },
    };
}
