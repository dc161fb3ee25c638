using System.Text.RegularExpressions;
using Latchkey.Platform.Data;

namespace Latchkey.Tests.House;

/// <summary>A contact says whether any account shows it: whoever writes a link writes that too, in the same text.</summary>
[Trait("Engine", "none")]
public sealed partial class LinksAreMarkedTests
{
    /// <summary>What has made or changed the contact before, in the same transaction.</summary>
    static readonly HashSet<string> Holds = ["ImportSql.AddLinks", "ImportSql.RemoveLinks"];

    static readonly List<(string Name, string Sql)> Writers = [.. SqlTexts.All().Where(t => WritesLinks().IsMatch(t.Sql))];

    [Fact]
    public void Whatever_writes_links_marks_their_contacts_afterwards()
    {
        var unmarked = from text in Writers
                       let after = text.Sql[WritesLinks().Matches(text.Sql)[^1].Index..]
                       where !Marks(after, LinkedMark.OfHeld("x")) || !Holds.Contains(text.Name) && !Marks(after, LinkedMark.Of("x"))
                       select text.Name;

        unmarked.ShouldBeEmpty();
        Writers.Count.ShouldBeGreaterThan(8);
    }

    [Fact]
    public void Nothing_else_writes_the_mark() => SqlTexts.All().Where(t => WritesMark().IsMatch(t.Sql)).Select(t => t.Name).Except(Writers.Select(w => w.Name)).ShouldBeEmpty();

    static bool Marks(string sql, string mark) => mark.Split(" x").All(part => sql.Contains(part.Trim(), StringComparison.Ordinal));

    [GeneratedRegex(@"(insert into|delete from) account_contact\b", RegexOptions.ExplicitCapture, 10_000)]
    private static partial Regex WritesLinks();
    [GeneratedRegex(@"\bset\s[^;]*\blinked =", RegexOptions.ExplicitCapture, 10_000)]
    private static partial Regex WritesMark();
}
