namespace Latchkey.Tests.House;

/// <summary>Files that can be read in one go.</summary>
[Trait("Engine", "none")]
public sealed class FileSizeTests
{
    static readonly IReadOnlyList<SourceFile> Files = [.. Repository.Sources(".cs").OrderBy(f => f.Lines)];

    [Fact]
    public void No_file_has_more_than_250_lines() => Files.Where(f => f.Lines > 250).Select(f => $"{f.Path}: {f.Lines}").ShouldBeEmpty();

    [Fact]
    public void Half_of_the_files_have_at_most_60_lines() => Files[Files.Count / 2].Lines.ShouldBeLessThanOrEqualTo(60);

    [Fact]
    public void Nine_of_ten_files_have_at_most_150_lines() => Files[Files.Count * 9 / 10].Lines.ShouldBeLessThanOrEqualTo(150);
}
