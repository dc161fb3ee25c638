using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Latchkey.Platform.Payments.Test;

/// <summary>
/// The fields of a request, checked against Stripe's own description of its API (OpenAPI 2023-08-16, made into parameters.txt): what it does
/// not know, or not in that form, is refused as Stripe would.
/// </summary>
public sealed partial class TestFields(IReadOnlyList<KeyValuePair<string, string>> fields)
{
    private static readonly Dictionary<string, Dictionary<string, (bool Needed, string[] Kinds)>> Known = Load();

    public string? this[string name] => fields.FirstOrDefault(f => f.Key == name).Value;

    public long? Number(string name) => long.TryParse(this[name], System.Globalization.CultureInfo.InvariantCulture, out long number) ? number : null;

    public bool IsTrue(string name) => this[name] == "true";

    public IEnumerable<string> List(string name) => fields.Where(f => Index().Replace(f.Key, "[]") == $"{name}[]").Select(f => f.Value);

    /// <summary>The values below a name: those of metadata, for one.</summary>
    public JsonObject Below(string name)
    {
        var found = new JsonObject();
        foreach (var field in fields.Where(f => f.Key.StartsWith($"{name}[", StringComparison.Ordinal))) found[field.Key[(name.Length + 1)..^1]] = field.Value;
        return found;
    }

    /// <summary>What is wrong with the fields: parameter and code; null when nothing is.</summary>
    public (string Name, string Code)? Problem(string endpoint)
    {
        if (!Known.TryGetValue(endpoint, out var known)) return ("path", "url_invalid");
        foreach (var (name, value) in fields)
        {
            string form = Index().Replace(name, "[]");
            if (!known.TryGetValue(form, out var found) && !known.TryGetValue(LastKey().Replace(form, "[*]"), out found)) return (name, "parameter_unknown");
            if (!Array.Exists(found.Kinds, kind => Fits(kind, value))) return (name, "parameter_invalid");
        }
        foreach (var (name, rule) in known)
            if (rule.Needed && this[name] is not { Length: > 0 }) return (name, "parameter_missing");
        return null;
    }

    private static bool Fits(string kind, string value) => kind switch
    {
        "string" or "any" => value.Length > 0 && value.Length <= 5000,
        "integer" => long.TryParse(value, System.Globalization.CultureInfo.InvariantCulture, out _),
        "number" => decimal.TryParse(value, System.Globalization.CultureInfo.InvariantCulture, out _),
        "boolean" => value is "true" or "false",
        "empty" => value.Length == 0,
        _ => kind.Split('|').Contains(value, StringComparer.Ordinal),
    };

    private static Dictionary<string, Dictionary<string, (bool, string[])>> Load()
    {
        using var stream = typeof(TestFields).Assembly.GetManifestResourceStream("Stripe/parameters.txt")!;
        using var reader = new StreamReader(stream);
        var all = new Dictionary<string, Dictionary<string, (bool, string[])>>(StringComparer.Ordinal);
        Dictionary<string, (bool, string[])> current = [];
        while (reader.ReadLine() is { } line)
        {
            if (line.Length == 0) continue;
            if (line[0] != ' ')
            {
                all[line] = current = new(StringComparer.Ordinal);
                continue;
            }
            var words = line[2..].Split(' ', StringSplitOptions.RemoveEmptyEntries);
            current[words[0]] = (line[1] == '!', words[1..]);
        }
        return all;
    }

    [GeneratedRegex(@"\[\d+\]", RegexOptions.None, 1000)]
    private static partial Regex Index();

    [GeneratedRegex(@"\[[^\]]+\]$", RegexOptions.None, 1000)]
    private static partial Regex LastKey();
}
