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

    static IEnumerable<string> InScope(string scope) =>
        from mention in Mention().Matches(scope)
        let table = mention.Groups["table"].Value.ToLowerInvariant()
        where Tables.Contains(table) && !IsNarrowed(scope, table, mention.Groups["alias"].Value, mention.Groups["verb"].Value)
        select $"{table} in: {string.Join(' ', scope.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))}";

    static bool IsNarrowed(string scope, string table, string alias, string verb)
    {
        var key = table == "organization" ? "id" : "organization_id";
        if (verb.StartsWith("insert", StringComparison.OrdinalIgnoreCase)) return Regex.IsMatch(scope, $@"\b{table}\s*\([^)]*\b{key}\b", RegexOptions.IgnoreCase);
        var column = alias.Length > 0 ? $@"\b{alias}\.{key}" : $@"(?<!\.)\b{key}";
        return Regex.IsMatch(scope, $@"{column}\s*=|=\s*{column}\b|\({column},[^)]*\)\s*in\b", RegexOptions.IgnoreCase);
    }

    [GeneratedRegex(@"create table (?<table>\w+)", RegexOptions.ExplicitCapture, 10_000)]
    private static partial Regex CreateTable();
    [GeneratedRegex(@"\((?<select>\s*select\b(?>[^()]|\((?<open>)|\)(?<-open>))*(?(open)(?!)))\)", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture, 10_000)]
    private static partial Regex SubSelect();
    [GeneratedRegex(@"\b(?<verb>insert\s+into|delete\s+from|update|from|join)\s+(?<table>\w+)(?:\s+(?:as\s+)?(?!(?:where|set|on|join|left|inner|cross|order|group|limit|values|returning|select)\b)(?<alias>\w+)\b)?", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture, 10_000)]
    private static partial Regex Mention();
}
