using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Reflection.PortableExecutable;
using System.Text.RegularExpressions;
using Latchkey.Hosting;
using Latchkey.SignIn;

namespace Latchkey.Tests.House;

/// <summary>Every SQL text in the app and the engine: named constants, and the literals inside methods.</summary>
internal static partial class SqlTexts
{
    public static IReadOnlyList<(string Name, string Sql)> All()
    {
        Assembly[] assemblies = [typeof(PortalHost).Assembly, typeof(SignInKey).Assembly];
        var named = assemblies.SelectMany(Named).ToList();
        var texts = named.Select(n => n.Sql).ToHashSet(StringComparer.Ordinal);
        var literals = assemblies.SelectMany(Literals).Where(l => !texts.Contains(l)).Select(l => ($"a literal: {l.Trim()}", l));
        // A fragment that another text is made of is judged there.
        return [.. named.Concat(literals).Where(t => IsSql().IsMatch(t.Item2) && !texts.Any(other => other.Length > t.Item2.Length && other.Contains(t.Item2, StringComparison.Ordinal)))];
    }

    static IEnumerable<(string Name, string Sql)> Named(Assembly assembly) =>
        from type in assembly.GetTypes()
        where !type.ContainsGenericParameters
        from field in type.GetFields(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly)
        where field.FieldType == typeof(string)
        let text = (string?)(field.IsLiteral ? field.GetRawConstantValue() : field.GetValue(null))
        where text is not null
        select ($"{type.Name}.{field.Name}", text);

    static List<string> Literals(Assembly assembly)
    {
        using var file = new PEReader(File.OpenRead(assembly.Location));
        var metadata = file.GetMetadataReader();
        var texts = new List<string>();
        for (var handle = MetadataTokens.UserStringHandle(1); !handle.IsNil; handle = metadata.GetNextHandle(handle)) texts.Add(metadata.GetUserString(handle));
        return texts;
    }

    [GeneratedRegex(@"\b(select|insert\s+into|update|delete\s+from)\b", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture, 10_000)]
    private static partial Regex IsSql();
}
