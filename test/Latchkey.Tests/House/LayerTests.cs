using System.Text.RegularExpressions;
using Latchkey.SignIn;

namespace Latchkey.Tests.House;

/// <summary>Dependencies point one way: Hosting → Features → Platform → Latchkey.SignIn → the base class library.</summary>
[Trait("Engine", "none")]
public sealed partial class LayerTests
{
    static readonly IReadOnlyList<SourceFile> Sources = Repository.Sources(".cs", ".cshtml", ".razor");

    [Fact]
    public void The_platform_never_calls_up() =>
        Sources.Where(f => f.Path.StartsWith("Latchkey/Platform/", StringComparison.Ordinal)).Where(f => CallsUp().IsMatch(f.Text)).Select(f => f.Path).ShouldBeEmpty();

    [Fact]
    public void A_feature_never_calls_the_host() =>
        Sources.Where(f => f.Path.StartsWith("Latchkey/Features/", StringComparison.Ordinal)).Where(f => CallsHost().IsMatch(f.Text)).Select(f => f.Path).ShouldBeEmpty();

    [Fact]
    public void The_engine_needs_the_base_class_library_only() =>
        typeof(SignInKey).Assembly.GetReferencedAssemblies().Select(a => a.Name!).Where(n => !n.StartsWith("System.", StringComparison.Ordinal)).ShouldBeEmpty();

    [Fact]
    public void A_nouns_SQL_is_used_in_its_own_folder_only()
    {
        var uses = from sql in Sources
                   let type = Path.GetFileNameWithoutExtension(sql.Path)
                   where type.EndsWith("Sql", StringComparison.Ordinal)
                   from file in Sources
                   where Fence(file.Path) != Fence(sql.Path) && Regex.IsMatch(file.Text, $@"\b{type}\b")
                   select $"{file.Path} uses {type} of {Fence(sql.Path)}";

        uses.ShouldBeEmpty();
    }

    /// <summary>Latchkey/Features/SignIn for whatever is below it.</summary>
    static string Fence(string path) => string.Join('/', path.Split('/')[..^1].Take(3));

    // The look-behind leaves out Microsoft.Extensions.Hosting and HttpContext.Features.
    [GeneratedRegex(@"(?<![\w.])(Latchkey\.)?(Features|Hosting)\.[A-Z]|namespace Latchkey\.(Features|Hosting)\b|using Latchkey\.(Features|Hosting)\b", RegexOptions.ExplicitCapture, 10_000)]
    private static partial Regex CallsUp();
    [GeneratedRegex(@"(?<![\w.])(Latchkey\.)?Hosting\.[A-Z]|using Latchkey\.Hosting\b", RegexOptions.ExplicitCapture, 10_000)]
    private static partial Regex CallsHost();
}
