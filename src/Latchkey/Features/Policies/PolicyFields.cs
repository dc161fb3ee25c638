using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Latchkey.Platform.Tenancy;
using Latchkey.SignIn;

namespace Latchkey.Features.Policies;

/// <summary>A policy as named fields: for the command line, the record, and a form.</summary>
public static class PolicyFields
{
    /// <summary>Each field and its value, in the order of the policy; the limits as <c>limits.address</c> and so on.</summary>
    public static IReadOnlyList<KeyValuePair<string, string>> Of(SignInPolicy policy) => [.. Flat(Json(policy), "")];

    /// <summary>The fields that differ: before and after.</summary>
    public static IReadOnlyDictionary<string, string?[]> Differences(SignInPolicy before, SignInPolicy after) => Of(before).Zip(Of(after))
        .Where(f => f.First.Value != f.Second.Value).ToDictionary(f => f.First.Key, f => new string?[] { f.First.Value, f.Second.Value }, StringComparer.Ordinal);

    /// <summary>The policy with some fields changed.</summary>
    /// <param name="policy">The policy.</param>
    /// <param name="changes">Field and value, such as <c>linkLifetime</c> and <c>00:15:00</c>.</param>
    /// <exception cref="FormatException">There is no such field, or its value cannot be read. The message says what to write.</exception>
    public static SignInPolicy With(SignInPolicy policy, IEnumerable<(string Field, string Value)> changes)
    {
        var json = Json(policy);
        foreach (var (field, value) in changes)
        {
            string[] path = field.Split('.');
            var parent = path.Length == 2 ? json[path[0]] as JsonObject : json;
            if (path.Length > 2 || parent?.ContainsKey(path[^1]) != true)
                throw new FormatException($"A policy has no field “{field}”. It has: {string.Join(", ", Of(policy).Select(f => f.Key))}.");
            parent[path[^1]] = Value(parent[path[^1]], field, value);
        }
        try
        {
            return PolicyJson.Read(json.ToJsonString());
        }
        catch (JsonException e)
        {
            throw new FormatException($"A value cannot be read ({e.Path?.TrimStart('$', '.')}). Durations are written as 00:15:00 or 30.00:00:00.", e);
        }
    }

    private static JsonObject Json(SignInPolicy policy) => JsonNode.Parse(PolicyJson.Write(policy))!.AsObject();

    private static IEnumerable<KeyValuePair<string, string>> Flat(JsonObject json, string prefix)
    {
        foreach (var (name, node) in json)
        {
            if (prefix.Length == 0 && node is JsonObject limits)
                foreach (var field in Flat(limits, $"{name}.")) yield return field;
            else
                yield return KeyValuePair.Create(prefix + name, Text(node));
        }
    }

    // A limit is written as 5/00:03:00: so many at once, and one more each time that has passed.
    private static string Text(JsonNode? node) => node is JsonObject limit ? $"{limit["burst"]}/{limit["every"]}" : $"{node}";

    private static JsonNode? Value(JsonNode? now, string field, string value) => now switch
    {
        JsonObject => value.Split('/') is [var burst, var every] && int.TryParse(burst, CultureInfo.InvariantCulture, out int uses)
            ? new JsonObject { ["burst"] = uses, ["every"] = every }
            : throw new FormatException($"{field} is a limit, written as 5/00:03:00: five at once, and one more every three minutes."),
        JsonValue v when v.GetValueKind() is JsonValueKind.True or JsonValueKind.False => bool.TryParse(value, out bool on)
            ? JsonValue.Create(on)
            : throw new FormatException($"{field} is true or false."),
        JsonValue v when v.GetValueKind() == JsonValueKind.Number => int.TryParse(value, CultureInfo.InvariantCulture, out int number)
            ? JsonValue.Create(number)
            : throw new FormatException($"{field} is a whole number."),
        _ => JsonValue.Create(value),
    };
}
