using Latchkey.Platform.Web;

namespace Latchkey.Tests.Platform.Web;

[Trait("Engine", "none")]
public sealed class CsvLineTests
{
    [Theory]
    [InlineData("plain", "plain")]
    [InlineData(null, "")]
    [InlineData("a,b", "\"a,b\"")]
    [InlineData("say \"hi\"", "\"say \"\"hi\"\"\"")]
    [InlineData("two\r\nlines", "\"two\r\nlines\"")]
    [InlineData("=1+1", "\"'=1+1\"")]
    [InlineData("+1 555", "\"'+1 555\"")]
    [InlineData("-2+3", "\"'-2+3\"")]
    [InlineData("@SUM(A1)", "\"'@SUM(A1)\"")]
    [InlineData("\t=1", "\"'\t=1\"")]
    [InlineData("\r=1", "\"'\r=1\"")]
    [InlineData("＝1+1", "\"'＝1+1\"")]
    [InlineData("a=1", "a=1")]
    [InlineData("a;=1", "\"a;=1\"")]
    public void A_cell_is_quoted_where_it_must_be_and_never_a_formula(string? text, string cell) => CsvLine.Of(text).ShouldBe($"{cell}\r\n");
}
