using System.Globalization;
using Latchkey.Platform.Web;

namespace Latchkey.Tests.Platform.Web;

[Trait("Engine", "none")]
public sealed class DatesInWordsTests : IDisposable
{
    private readonly CultureInfo before = CultureInfo.CurrentCulture;

    [Theory]
    [InlineData("en", "Saturday 21 November 2026, 09:56 UTC")]
    [InlineData("en-US", "Saturday 21 November 2026, 09:56 UTC")]
    [InlineData("fr", "samedi 21 novembre 2026 à 9\u00a0h\u00a056 UTC")]
    [InlineData("fr-CA", "samedi 21 novembre 2026 à 9\u00a0h\u00a056 UTC")]
    public void A_moment_is_written_in_full(string culture, string expected)
    {
        CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo(culture);
        Dates.Moment(new DateTimeOffset(2026, 11, 21, 4, 56, 0, TimeSpan.FromHours(-5))).ShouldBe(expected);
    }

    [Theory]
    [InlineData("en", "1 March 2026")]
    [InlineData("fr", "1er mars 2026")]
    public void A_day_is_written_in_words(string culture, string expected)
    {
        CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo(culture);
        Dates.Day(new DateOnly(2026, 3, 1)).ShouldBe(expected);
    }

    [Fact]
    public void A_wait_is_written_as_the_countdown_does()
    {
        Dates.Wait(27).ShouldBe("27\u00a0s");
        Dates.Wait(245).ShouldBe("4:05");
    }

    public void Dispose() => CultureInfo.CurrentCulture = before;
}
