using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace Latchkey.Tests.House;

/// <summary>Texts are English sentences in the source; their French is in Texts.fr.resx.</summary>
[Trait("Engine", "none")]
public sealed partial class EveryTextHasItsFrenchTests
{
    private static readonly string Source = Path.Combine(Root(), "src", "Latchkey");
    private static readonly Dictionary<string, string> French = XDocument.Load(Path.Combine(Source, "Platform", "Web", "Texts.fr.resx"))
        .Root!.Elements("data").ToDictionary(d => d.Attribute("name")!.Value, d => d.Element("value")!.Value, StringComparer.Ordinal);

    [Fact]
    public void No_text_lacks_its_French() => Texts().Except(French.Keys, StringComparer.Ordinal).ShouldBeEmpty();

    [Fact]
    public void No_French_is_left_over() => French.Keys.Except(Texts(), StringComparer.Ordinal).ShouldBeEmpty();

    [Fact]
    public void No_text_is_put_together_where_this_test_cannot_see_it() =>
        Files().Where(f => HiddenText().IsMatch(File.ReadAllText(f))).Select(Path.GetFileName).ShouldBeEmpty();

    [Fact]
    public void Both_languages_name_the_same_values() =>
        French.Where(t => !Values(t.Key).SetEquals(Values(t.Value))).Select(t => t.Key).ShouldBeEmpty();

    [Fact]
    public void Nothing_is_shouted() => French.SelectMany(t => new[] { t.Key, t.Value }).Where(t => t.Contains('!')).ShouldBeEmpty();

    [Fact]
    public void French_marks_do_not_fall_to_the_next_line() => French.Values.Where(t => BreakableMark().IsMatch(t)).ShouldBeEmpty();

    private static HashSet<string> Texts() =>
        [.. Files().SelectMany(f => Text().Matches(File.ReadAllText(f))).Select(m => Regex.Unescape(m.Groups["text"].Value))];

    private static HashSet<string> Values(string text) => [.. Value().Matches(text).Select(m => m.Value)];

    private static IEnumerable<string> Files() => Directory.EnumerateFiles(Source, "*", SearchOption.AllDirectories)
        .Where(f => Path.GetExtension(f) is ".cs" or ".cshtml" or ".razor")
        .Where(f => !f.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal));

    private static string Root()
    {
        var at = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(at.FullName, "Latchkey.slnx"))) at = at.Parent!;
        return at.FullName;
    }

    [GeneratedRegex("""\b[lL]\["(?<text>(\\.|[^"\\])*)"[],]""", RegexOptions.ExplicitCapture, 10_000)]
    private static partial Regex Text();

    /// <summary>The localizer with anything but one literal in it.</summary>
    [GeneratedRegex("""\b([lL]|localizer)\[(?!"(\\.|[^"\\])*"[],])""", RegexOptions.ExplicitCapture, 10_000)]
    private static partial Regex HiddenText();

    [GeneratedRegex("""\{\d\}""", RegexOptions.None, 10_000)]
    private static partial Regex Value();

    [GeneratedRegex("""( [:;?»])|(« )""", RegexOptions.ExplicitCapture, 10_000)]
    private static partial Regex BreakableMark();
}
