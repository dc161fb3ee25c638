using System.Xml.Linq;

namespace Latchkey.SignIn.Tests;

[Trait("Engine", "none")]
public sealed class ThePackageTests
{
    [Fact]
    public void Depends_on_the_base_class_library_and_nothing_else()
    {
        var references = typeof(SignInKey).Assembly.GetReferencedAssemblies();
        references.ShouldNotBeEmpty();
        references.ShouldAllBe(r => r.Name!.StartsWith("System.", StringComparison.Ordinal) || r.Name == "netstandard");
        // Signed by the framework's own keys: no package that only calls itself System.
        references.ShouldAllBe(r => Convert.ToHexStringLower(r.GetPublicKeyToken() ?? Array.Empty<byte>()) == "b03f5f7f11d50a3a"
            || Convert.ToHexStringLower(r.GetPublicKeyToken() ?? Array.Empty<byte>()) == "cc7b13ffcd2ddd51"
            || Convert.ToHexStringLower(r.GetPublicKeyToken() ?? Array.Empty<byte>()) == "b77a5c561934e089");
    }

    [Fact]
    public void Documents_every_public_type()
    {
        var assembly = typeof(SignInKey).Assembly;
        var docs = XDocument.Load(Path.ChangeExtension(assembly.Location, ".xml"));
        var documented = docs.Descendants("member")
            .Where(m => !string.IsNullOrWhiteSpace(m.Element("summary")?.Value))
            .Select(m => m.Attribute("name")!.Value).ToHashSet(StringComparer.Ordinal);
        assembly.GetExportedTypes().Select(t => $"T:{t.FullName!.Replace('+', '.')}").Except(documented, StringComparer.Ordinal).ShouldBeEmpty();
    }
}
