using System.Data;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Latchkey.Platform.Data;

namespace Latchkey.Platform.Payments.Test;

/// <summary>
/// The built-in test checkout's side of Stripe's API: the same requests, as strict, over the installation's own database, so that it
/// forgets nothing at a restart and every node knows the same. No money moves.
/// </summary>
public sealed class TestStripe(Database database, TimeProvider clock, Func<Guid, JsonObject, Task> deliver)
{
    /// <param name="key">The API key.</param>
    /// <param name="method">GET or POST.</param>
    /// <param name="path">Such as /v1/customers.</param>
    /// <param name="fields">Of the body, or of the query.</param>
    /// <param name="operation">The idempotency key.</param>
    public async Task<TestAnswer> AnswerAsync(string? key, string method, string path, IReadOnlyList<KeyValuePair<string, string>> fields, string? operation)
    {
        if (TestAccount.Read(key) is not { } organization) return TestAnswer.Problem(401, "invalid_request_error", "invalid_key", "Invalid API Key provided.");
        var parts = path.Split('/', StringSplitOptions.RemoveEmptyEntries);
        if (TestRoutes.Find(method, parts) is not { } route) return TestAnswer.Problem(404, "invalid_request_error", "url_invalid", $"Unrecognized request URL ({method}: {path}).");
        var form = new TestFields(fields);
        if (form.Problem(route.Endpoint) is { } wrong) return TestAnswer.Problem(400, "invalid_request_error", wrong.Code, $"Received unknown, invalid or missing parameter: {wrong.Name}", wrong.Name);
        try
        {
            return await InLedgerAsync(organization, ledger => AnswerAsync(ledger, route, form, operation, fields));
        }
        catch (DBConcurrencyException)
        {
            return TestAnswer.Problem(409, "invalid_request_error", "lock_timeout", "This object cannot be accessed right now.");
        }
    }

    /// <summary>Works in the ledger, and delivers what happened after it is on disk.</summary>
    public async Task<T> InLedgerAsync<T>(Guid organization, Func<TestLedger, Task<T>> work)
    {
        IReadOnlyList<JsonObject> events = [];
        var done = await database.WriteAsync(async t =>
        {
            var ledger = new TestLedger(t, organization, clock.GetUtcNow());
            var answer = await work(ledger);
            events = ledger.Events;
            return answer;
        });
        foreach (var happened in events) await deliver(organization, happened);
        return done;
    }

    private static async Task<TestAnswer> AnswerAsync(TestLedger ledger, TestRoute route, TestFields form, string? operation, IReadOnlyList<KeyValuePair<string, string>> fields)
    {
        string request = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(route.Endpoint + string.Join('&', fields.Select(f => $"{f.Key}={f.Value}")))));
        if (route.Creates && operation is not null && await ledger.FindByRequestAsync(operation) is { } made)
        {
            if (made.Text("_request") != request)
                return TestAnswer.Problem(400, "idempotency_error", null, "Keys for idempotent requests can only be used with the same parameters they were first used with.");
            return made.Text("_declined") is { } why ? TestAnswer.Declined(made, why) : new TestAnswer(200, await ExpandAsync(ledger, made, form));
        }
        var answer = await route.Handle(new TestRequest(ledger, form, route.Id, operation, request));
        return answer.Status == 200 ? answer with { Json = await ExpandAsync(ledger, answer.Json, form) } : answer;
    }

    private static async Task<JsonObject> ExpandAsync(TestLedger ledger, JsonObject json, TestFields form)
    {
        var shown = json.Shown();
        foreach (string path in form.List("expand")) await ExpandAsync(ledger, shown, path.Split('.'), 0);
        return shown;
    }

    private static async Task ExpandAsync(TestLedger ledger, JsonObject json, string[] path, int at)
    {
        if (at == path.Length) return;
        if (json.Text(path[at]) is { } id && await ledger.FindAsync(id) is { } found) json[path[at]] = found.Shown();
        if (json[path[at]] is JsonObject inner) await ExpandAsync(ledger, inner, path, at + 1);
    }
}

/// <summary>One request, taken apart.</summary>
/// <param name="Ledger">What is known.</param>
/// <param name="Form">Its fields.</param>
/// <param name="Id">The object in its path.</param>
/// <param name="Operation">Its idempotency key.</param>
/// <param name="Hash">Of all of it.</param>
public sealed record TestRequest(TestLedger Ledger, TestFields Form, string Id, string? Operation, string Hash);

public sealed record TestAnswer(int Status, JsonObject Json)
{
    public static TestAnswer Problem(int status, string type, string? code, string message, string? param = null) => new(status, new JsonObject
    {
        ["error"] = new JsonObject { ["type"] = type, ["code"] = code, ["message"] = message, ["param"] = param },
    });

    public static TestAnswer Missing(string what) => Problem(404, "invalid_request_error", "resource_missing", $"No such {what}.", what);

    public static TestAnswer Declined(JsonObject intent, string why) => new(402, new JsonObject
    {
        ["error"] = new JsonObject { ["type"] = "card_error", ["code"] = "card_declined", ["decline_code"] = why, ["message"] = "Your card was declined.", ["payment_intent"] = intent.Shown() },
    });
}
