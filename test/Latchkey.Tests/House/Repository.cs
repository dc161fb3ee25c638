namespace Latchkey.Tests.House;

/// <summary>The source tree this test was built from.</summary>
internal static class Repository
{
    public static string Root { get; } = FindRoot(new DirectoryInfo(AppContext.BaseDirectory));

    public static string Path(params string[] parts) => System.IO.Path.Combine([Root, .. parts]);

    /// <summary>Source files below <c>src</c> with one of the endings, by their path below it with forward slashes.</summary>
    public static IReadOnlyList<SourceFile> Sources(params string[] endings)
    {
        var src = Path("src");
        return
        [
            .. from file in Directory.EnumerateFiles(src, "*", SearchOption.AllDirectories)
               let path = System.IO.Path.GetRelativePath(src, file).Replace('\\', '/')
               where endings.Any(e => path.EndsWith(e, StringComparison.Ordinal))
               where !path.Split('/').Any(part => part is "bin" or "obj")
               orderby path
               select new SourceFile(path, File.ReadAllText(file)),
        ];
    }

    static string FindRoot(DirectoryInfo? folder)
    {
        for (; folder is not null; folder = folder.Parent)
            if (File.Exists(System.IO.Path.Combine(folder.FullName, "Latchkey.slnx"))) return folder.FullName;
        throw new DirectoryNotFoundException("These tests run from a build output below the repository.");
    }
}

internal sealed record SourceFile(string Path, string Text)
{
    public int Lines => Text.AsSpan().Count('\n');
}
