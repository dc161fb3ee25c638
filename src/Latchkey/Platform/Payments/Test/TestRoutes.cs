using System.Text.Json.Nodes;

namespace Latchkey.Platform.Payments.Test;

/// <param name="Endpoint">As parameters.txt names it.</param>
/// <param name="Id">The object in the path.</param>
/// <param name="Creates">Whether the idempotency key counts.</param>
/// <param name="Handle">What answers.</param>
public sealed record TestRoute(string Endpoint, string Id, bool Creates, Func<TestRequest, Task<TestAnswer>> Handle);

/// <summary>Which request is which.</summary>
public static class TestRoutes
{
    public static TestRoute? Find(string method, string[] path) => (method, path) switch
    {
        ("POST", ["v1", "customers"]) => new("POST /v1/customers", "", true, TestRequests.CreateCustomerAsync),
        ("GET", ["v1", "customers", var id]) => Get("/v1/customers/{customer}", id, "customer"),
        ("POST", ["v1", "customers", var id]) => new("POST /v1/customers/{customer}", id, false, TestRequests.ChangeCustomerAsync),
        ("GET", ["v1", "customers", var id, "payment_methods"]) => new("GET /v1/customers/{customer}/payment_methods", id, false, TestRequests.ListMethodsAsync),
        ("POST", ["v1", "checkout", "sessions"]) => new("POST /v1/checkout/sessions", "", true, TestCheckouts.CreateAsync),
        ("GET", ["v1", "checkout", "sessions", var id]) => Get("/v1/checkout/sessions/{session}", id, "checkout.session"),
        ("POST", ["v1", "checkout", "sessions", var id, "expire"]) => new("POST /v1/checkout/sessions/{session}/expire", id, false, TestCheckouts.ExpireAsync),
        ("POST", ["v1", "payment_intents"]) => new("POST /v1/payment_intents", "", true, TestCharges.CreateAsync),
        ("GET", ["v1", "payment_intents", var id]) => Get("/v1/payment_intents/{intent}", id, "payment_intent"),
        ("GET", ["v1", "setup_intents", var id]) => Get("/v1/setup_intents/{intent}", id, "setup_intent"),
        ("GET", ["v1", "payment_methods", var id]) => Get("/v1/payment_methods/{payment_method}", id, "payment_method"),
        ("POST", ["v1", "payment_methods", var id, "detach"]) => new("POST /v1/payment_methods/{payment_method}/detach", id, false, TestRequests.DetachAsync),
        ("POST", ["v1", "refunds"]) => new("POST /v1/refunds", "", true, TestCharges.RefundAsync),
        ("GET", ["v1", "refunds"]) => new("GET /v1/refunds", "", false, TestCharges.ListRefundsAsync),
        ("GET", ["v1", "disputes", var id]) => Get("/v1/disputes/{dispute}", id, "dispute"),
        ("GET", ["v1", "events"]) => new("GET /v1/events", "", false, TestRequests.ListEventsAsync),
        _ => null,
    };

    private static TestRoute Get(string endpoint, string id, string kind) => new($"GET {endpoint}", id, false, async r =>
        await r.Ledger.FindAsync(r.Id) is { } found && found.Text("object") == kind ? new TestAnswer(200, found) : TestAnswer.Missing(kind));

    public static JsonObject List(string url, IEnumerable<JsonObject> data, bool hasMore = false) => new()
    {
        ["object"] = "list",
        ["url"] = url,
        ["has_more"] = hasMore,
        ["data"] = new JsonArray([.. data.Select(d => (JsonNode)d.Shown())]),
    };
}
