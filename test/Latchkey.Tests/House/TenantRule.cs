using System.Text.RegularExpressions;
using Latchkey.Platform.Data;

namespace Latchkey.Tests.House;

/// <summary>Reads a statement closely enough to see whether every tenant's table in it is narrowed to one organization.</summary>
internal static partial class TenantRule
{
    static readonly HashSet<string> Tables =
        [.. Migrator.All.SelectMany(m => CreateTable().Matches(m.Sql)).Select(m => m.Groups["table"].Value).Where(t => t is not ("schema_migration" or "setup_token"))];

    /// <returns>What is not narrowed, such as <c>mail in: select …</c>.</returns>
    public static IEnumerable<string> Violations(string sql) => sql.Split(';').SelectMany(Scopes).SelectMany(InScope);

    /// <summary>The statement and each of its sub-selects on its own.</summary>
    static IEnumerable<string> Scopes(string sql)
    {
        while (SubSelect().Match(sql) is { Success: true } inner)
        {
            yield return inner.Groups["select"].Value;
            sql = sql.Remove(inner.Index, inner.Length).Insert(inner.Index, "(…)");
        }
        yield return sql;
    }

    static IEnumerable<string> InScope(string scope)
    {
        var mentions = Mention().Matches(scope).Select(m => new Mentioned(m.Groups["table"].Value.ToLowerInvariant(), m.Groups["alias"].Value, m.Groups["verb"].Value)).Where(m => Tables.Contains(m.Table)).ToList();
        var narrowed = mentions.Where(m => IsNarrowed(scope, m, mentions)).ToList();
        // What is joined to a narrowed one is narrowed too; two that are only joined to each other are not.
        while (mentions.Find(m => !narrowed.Contains(m) && narrowed.Exists(n => AreJoined(scope, m, n))) is { } next) narrowed.Add(next);
        return mentions.Except(narrowed).Select(m => $"{m.Table} in: {string.Join(' ', scope.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))}");
    }

    /// <summary>By something from outside of this scope: a parameter, or the statement around it.</summary>
    static bool IsNarrowed(string scope, Mentioned mention, List<Mentioned> beside)
    {
        if (mention.Verb.StartsWith("insert", StringComparison.OrdinalIgnoreCase)) return Regex.IsMatch(scope, $@"\b{mention.Table}\s*\([^)]*\b{mention.Key}\b", RegexOptions.IgnoreCase);
        string others = string.Join('|', beside.Where(m => m != mention && m.Name != mention.Name).Select(m => $@"{m.Name}\.{m.Key}\b").Append("(?!)"));
        return Regex.IsMatch(scope, $@"{mention.Column}\s*=(?!\s*(?:{others}))|(?<!(?:{others})\s*)=\s*{mention.Column}\b|\({mention.Column},[^)]*\)\s*in\b", RegexOptions.IgnoreCase);
    }

    static bool AreJoined(string scope, Mentioned one, Mentioned other) =>
        Regex.IsMatch(scope, $@"{one.Column}\s*=\s*{other.Column}\b|{other.Column}\s*=\s*{one.Column}\b", RegexOptions.IgnoreCase);

    sealed record Mentioned(string Table, string Alias, string Verb)
    {
        public string Key => Table == "organization" ? "id" : "organization_id";
        public string Name => Alias.Length > 0 ? Alias : Table;
        public string Column => Alias.Length > 0 ? $@"\b{Alias}\.{Key}" : $@"(?<!(?<!\b{Table})\.)\b{Key}";
    }

    [GeneratedRegex(@"create table (?<table>\w+)", RegexOptions.ExplicitCapture, 10_000)]
    private static partial Regex CreateTable();
    [GeneratedRegex(@"\((?<select>\s*select\b(?>[^()]|\((?<open>)|\)(?<-open>))*(?(open)(?!)))\)", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture, 10_000)]
    private static partial Regex SubSelect();
    [GeneratedRegex(@"\b(?<verb>insert\s+into|delete\s+from|update|from|join)\s+(?<table>\w+)(?:\s+(?:as\s+)?(?!(?:where|set|on|join|left|inner|cross|order|group|limit|values|returning|select)\b)(?<alias>\w+)\b)?", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture, 10_000)]
    private static partial Regex Mention();
}
