using System.Text.RegularExpressions;

namespace Latchkey.Tests.House;

/// <summary>A setting that is not documented does not exist, and the other way round.</summary>
[Trait("Engine", "none")]
public sealed partial class SettingTests
{
    static readonly string Documented = File.ReadAllText(Repository.Path("docs", "configuration.md"));

    static readonly HashSet<string> Read =
    [
        .. from file in Repository.Sources(".cs")
           from read in Reading().Matches(file.Text)
           select read.Groups["connection"].Success ? $"ConnectionStrings__{read.Groups["connection"].Value}" : read.Groups["key"].Value.Replace(":", "__", StringComparison.Ordinal),
    ];

    [Fact]
    public void Every_setting_that_is_read_is_documented()
    {
        Read.ShouldContain("Latchkey__Key");
        Read.Where(key => !Documented.Contains($"`{key}`", StringComparison.Ordinal)).ShouldBeEmpty();
    }

    [Fact]
    public void Every_documented_setting_is_read() =>
        Named().Matches(Documented).Select(m => m.Groups["key"].Value).Distinct(StringComparer.Ordinal).Where(key => !Read.Contains(key)).ShouldBeEmpty();

    [Fact]
    public void Every_option_of_the_mail_servers_address_is_documented()
    {
        var reader = Repository.Sources("/SmtpUrl.cs").Single().Text;
        var options = Quoted().Matches(Options().Match(reader).Value).Select(m => m.Groups["word"].Value).ToList();

        options.ShouldContain("starttls");
        options.Where(option => !Documented.Contains($"`{option}", StringComparison.Ordinal)).ShouldBeEmpty();
    }

    [GeneratedRegex("""onfiguration\["(?<key>[^"]+)"\]|GetConnectionString\("(?<connection>\w+)"\)""", RegexOptions.ExplicitCapture, 10_000)]
    private static partial Regex Reading();
    [GeneratedRegex("`(?<key>[A-Z][A-Za-z]+__[A-Za-z]+)", RegexOptions.ExplicitCapture, 10_000)]
    private static partial Regex Named();
    [GeneratedRegex(@"name is not \([^)]*\)", RegexOptions.ExplicitCapture, 10_000)]
    private static partial Regex Options();
    [GeneratedRegex("\"(?<word>\\w+)\"", RegexOptions.ExplicitCapture, 10_000)]
    private static partial Regex Quoted();
}
