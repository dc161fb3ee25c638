using System.Text.RegularExpressions;
using Latchkey.SignIn.Diagnosis;

namespace Latchkey.Tests.House;

/// <summary>docs/situations.md names every cause, and tests and rows that exist.</summary>
[Trait("Engine", "none")]
public sealed partial class SituationsAreTestedTests
{
    private static readonly string Page = File.ReadAllText(Repository.Path("docs", "situations.md"));

    [Fact]
    public void Every_cause_has_its_situation() =>
        Enum.GetNames<Cause>().Where(cause => !Regex.IsMatch(Page, $@"\b{cause}\b", RegexOptions.None, TimeSpan.FromSeconds(1))).ShouldBeEmpty();

    [Fact]
    public void Every_test_and_every_row_that_it_names_is_there()
    {
        string sources = string.Join('\n', Directory.EnumerateFiles(Repository.Path("test"), "*.cs", SearchOption.AllDirectories).Select(File.ReadAllText));
        Test().Matches(Page).Select(m => m.Groups["class"].Value).Where(name => !sources.Contains($"class {name}", StringComparison.Ordinal)).ShouldBeEmpty();
        Test().Matches(Page).Select(m => m.Groups["method"].Value).Where(name => name.Length > 0 && !sources.Contains($" {name}(", StringComparison.Ordinal)).ShouldBeEmpty();
        Row().Matches(Page).Select(m => m.Value).Where(row => !sources.Contains($"new({row},", StringComparison.Ordinal)).ShouldBeEmpty();
    }

    [GeneratedRegex("`(?<class>[A-Za-z]+Tests)(\\.(?<method>[A-Za-z0-9_]+))?`", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Test();

    [GeneratedRegex("\"00[0-4][^\"]+\"", RegexOptions.None, 1000)]
    private static partial Regex Row();
}
