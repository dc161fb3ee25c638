using System.Data;
using System.Data.Common;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Dapper;

namespace Latchkey.Platform.Payments.Test;

/// <summary>What the test checkout knows of one organization, within one transaction. Names that begin with _ are its own.</summary>
public sealed class TestLedger(DbTransaction transaction, Guid organization, DateTimeOffset now)
{
    private readonly Dictionary<string, string> before = new(StringComparer.Ordinal);

    private readonly List<JsonObject> events = [];

    public IReadOnlyList<JsonObject> Events => events;
    public DateTimeOffset Now => now;
    public long Seconds => now.ToUnixTimeSeconds();

    public static string NewId(string prefix) => $"{prefix}_test_{Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(12))}";

    public async Task<JsonObject?> FindAsync(string? id) => id is null ? null : Keep(await transaction.Connection!.ExecuteScalarAsync<string?>(TestObjectSql.Find, new { organization, id }, transaction));

    public async Task<JsonObject?> FindByRequestAsync(string key) => Keep(await transaction.Connection!.ExecuteScalarAsync<string?>(TestObjectSql.FindByRequest, new { organization, key }, transaction));

    public async Task<IReadOnlyList<JsonObject>> AllAsync(string kind) =>
        [.. (await transaction.Connection!.QueryAsync<string>(TestObjectSql.All, new { organization, kind }, transaction)).Select(text => Keep(text)!)];

    public async Task<JsonObject> AddAsync(JsonObject made, string? requestKey = null, DateTimeOffset? dueAt = null)
    {
        var (id, kind, json) = (made.Text("id")!, made.Text("object")!, made.ToJsonString());
        await transaction.Connection!.ExecuteAsync(TestObjectSql.Add, new { organization, id, kind, json, requestKey, dueAt, now }, transaction);
        before[id] = json;
        return made;
    }

    /// <exception cref="DBConcurrencyException">Somebody else changed it meanwhile.</exception>
    public async Task SaveAsync(JsonObject changed, DateTimeOffset? dueAt = null)
    {
        var (id, json) = (changed.Text("id")!, changed.ToJsonString());
        if (await transaction.Connection!.ExecuteAsync(TestObjectSql.Save, new { organization, id, json, dueAt, before = before[id] }, transaction) == 0) throw new DBConcurrencyException();
        before[id] = json;
    }

    public async Task EmitAsync(string type, JsonObject about) => events.Add(await AddAsync(new JsonObject
    {
        ["id"] = NewId("evt"),
        ["object"] = "event",
        ["api_version"] = StripeApi.Version,
        ["created"] = Seconds,
        ["livemode"] = false,
        ["pending_webhooks"] = 1,
        ["type"] = type,
        ["data"] = new JsonObject { ["object"] = about.Shown() },
    }));

    private JsonObject? Keep(string? json)
    {
        if (json is null) return null;
        var read = JsonNode.Parse(json)!.AsObject();
        before[read.Text("id")!] = json;
        return read;
    }
}

public static class TestObject
{
    public static string? Text(this JsonObject json, string name) => json[name] is JsonValue value && value.TryGetValue(out string? text) ? text : null;

    public static long Number(this JsonObject json, string name) => json[name] is JsonValue value && value.TryGetValue(out long number) ? number : 0;

    /// <summary>A copy as the outside sees it.</summary>
    public static JsonObject Shown(this JsonObject json)
    {
        var copy = json.DeepClone().AsObject();
        foreach (string own in copy.Select(p => p.Key).Where(k => k.StartsWith('_')).ToList()) copy.Remove(own);
        return copy;
    }
}
