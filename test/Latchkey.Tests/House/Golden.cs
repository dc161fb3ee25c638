using System.Runtime.CompilerServices;
using System.Text;

namespace Latchkey.Tests.House;

/// <summary>A list that is reviewed like code: it is committed beside its test, and a difference fails.</summary>
internal static class Golden
{
    const string Renew = "LATCHKEY_RENEW_GOLDEN";

    public static void ShouldMatch(IEnumerable<string> lines, string file, [CallerFilePath] string test = "")
    {
        string[] actual = [.. lines];
        var path = Path.Combine(Repository.Root, "test", "Latchkey.Tests", "House", file);
        if (Environment.GetEnvironmentVariable(Renew) is { Length: > 0 }) File.WriteAllLines(path, actual);
        string[] expected = File.Exists(path) ? File.ReadAllLines(path) : [];
        if (actual.SequenceEqual(expected)) return;

        var difference = new StringBuilder($"{file} differs ({Path.GetFileNameWithoutExtension(test)}):\n");
        foreach (var line in expected.Except(actual)) difference.Append("  - ").AppendLine(line);
        foreach (var line in actual.Except(expected)) difference.Append("  + ").AppendLine(line);
        if (actual.Order(StringComparer.Ordinal).SequenceEqual(expected.Order(StringComparer.Ordinal))) difference.AppendLine("  only the order differs");
        difference.Append($"If that is what you want, run the test once with {Renew}=1 and commit House/{file}.");
        Assert.Fail(difference.ToString());
    }
}
