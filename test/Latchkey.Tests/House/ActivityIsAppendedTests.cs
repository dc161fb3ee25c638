using System.Text.RegularExpressions;

namespace Latchkey.Tests.House;

/// <summary>The log is append-only (SECURITY case 178): what is in it stays.</summary>
[Trait("Engine", "none")]
public sealed partial class ActivityIsAppendedTests
{
    /// <summary>What may touch a row that is there, and why.</summary>
    private static readonly Dictionary<string, string> Allowed = new(StringComparer.Ordinal)
    {
        ["ForgetUnknown.Refusals"] = "forgets the hash of a name that is nobody's, after two weeks",
        ["RetentionSql.Activity"] = "forgets what is older than an Owner said, and than a year",
    };

    [Fact]
    public void No_statement_changes_or_removes_what_happened() =>
        SqlTexts.All().Where(t => Changes().IsMatch(t.Sql)).Select(t => t.Name).ShouldBe(Allowed.Keys, ignoreOrder: true);

    [GeneratedRegex(@"\b(update|delete\s+from|truncate(\s+table)?|drop\s+table)\s+activity\b|\binto\s+activity\b(?s:.*)\bdo\s+update\b", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture, 10_000)]
    private static partial Regex Changes();
}
