using System.Text.Json.Nodes;

namespace Latchkey.Platform.Payments.Test;

/// <summary>Checkouts as Stripe's API makes and ends them.</summary>
public static class TestCheckouts
{
    public static async Task<TestAnswer> CreateAsync(TestRequest r)
    {
        var form = r.Form;
        string? mode = form["mode"];
        if (await r.Ledger.FindAsync(form["customer"]) is not { } customer || customer.Text("object") != "customer") return TestAnswer.Missing("customer");
        var now = r.Ledger.Seconds;
        var until = form.Number("expires_at") ?? now + 86_400;
        if (until < now + 1_800 - 60 || until > now + 86_400 + 60) return TestAnswer.Problem(400, "invalid_request_error", null, "expires_at is 30 minutes to 24 hours ahead.", "expires_at");
        long total = Lines(form).Sum(l => l.Amount * l.Quantity);
        if (mode == "payment" ? total < 1 : mode != "setup") return TestAnswer.Problem(400, "invalid_request_error", "parameter_missing", "You must provide one of: line_items.", "line_items");
        string id = TestLedger.NewId("cs");
        string? setup = mode == "setup" ? await SetupAsync(r) : null;
        return new TestAnswer(200, await r.Ledger.AddAsync(new JsonObject
        {
            ["id"] = id, ["object"] = "checkout.session", ["created"] = now, ["livemode"] = false, ["mode"] = mode, ["status"] = "open",
            ["payment_status"] = mode == "payment" ? "unpaid" : "no_payment_required", ["customer"] = form["customer"], ["client_reference_id"] = form["client_reference_id"],
            ["amount_total"] = mode == "payment" ? total : null, ["currency"] = form["line_items[0][price_data][currency]"] ?? form["currency"], ["expires_at"] = until,
            ["payment_intent"] = null, ["setup_intent"] = setup, ["success_url"] = form["success_url"], ["cancel_url"] = form["cancel_url"], ["metadata"] = form.Below("metadata"),
            ["url"] = $"{TestPage.Of(form["success_url"]!)}/test-checkout/{id}",
            ["payment_method_types"] = new JsonArray([.. form.List("payment_method_types").Select(t => (JsonNode)t)]),
            ["_request"] = r.Hash, ["_intent_metadata"] = form.Below("payment_intent_data[metadata]"), ["_keeps"] = form["payment_intent_data[setup_future_usage]"] is not null,
            ["_lines"] = new JsonArray([.. Lines(form).Select(l => (JsonNode)l.Name)]),
        }, r.Operation, DateTimeOffset.FromUnixTimeSeconds(until)));
    }

    public static async Task<TestAnswer> ExpireAsync(TestRequest r)
    {
        if (await r.Ledger.FindAsync(r.Id) is not { } checkout || checkout.Text("object") != "checkout.session") return TestAnswer.Missing("checkout.session");
        if (checkout.Text("status") != "open") return TestAnswer.Problem(400, "invalid_request_error", null, "Only Checkout Sessions with a status in [\"open\"] can be expired.");
        await ExpireAsync(r.Ledger, checkout);
        return new TestAnswer(200, checkout);
    }

    public static async Task ExpireAsync(TestLedger ledger, JsonObject checkout)
    {
        checkout["status"] = "expired";
        checkout["url"] = null;
        await ledger.SaveAsync(checkout);
        await ledger.EmitAsync("checkout.session.expired", checkout);
    }

    private static async Task<string> SetupAsync(TestRequest r)
    {
        var setup = await r.Ledger.AddAsync(new JsonObject
        {
            ["id"] = TestLedger.NewId("seti"), ["object"] = "setup_intent", ["created"] = r.Ledger.Seconds, ["livemode"] = false, ["customer"] = r.Form["customer"],
            ["status"] = "requires_payment_method", ["payment_method"] = null, ["mandate"] = null, ["next_action"] = null, ["last_setup_error"] = null,
            ["metadata"] = r.Form.Below("setup_intent_data[metadata]"),
        });
        return setup.Text("id")!;
    }

    private static List<(string Name, long Amount, long Quantity)> Lines(TestFields form)
    {
        var lines = new List<(string, long, long)>();
        for (int i = 0; form[$"line_items[{i}][quantity]"] is not null; i++)
            lines.Add((form[$"line_items[{i}][price_data][product_data][name]"] ?? "", form.Number($"line_items[{i}][price_data][unit_amount]") ?? 0, form.Number($"line_items[{i}][quantity]") ?? 0));
        return lines;
    }
}

/// <summary>The page of a test checkout stands at the storefront that the customer comes from.</summary>
public static class TestPage
{
    /// <summary>https://host/s/slug of an address below it; https://host where the storefront has a host of its own.</summary>
    public static string Of(string returnUrl)
    {
        var url = new Uri(returnUrl);
        string root = url.GetLeftPart(UriPartial.Authority);
        return url.Segments is [_, "s/", var slug, ..] ? $"{root}/s/{slug.TrimEnd('/')}" : root;
    }
}
