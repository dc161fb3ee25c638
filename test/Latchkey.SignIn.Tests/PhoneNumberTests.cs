using System.Diagnostics;
using FsCheck;
using FsCheck.Fluent;

namespace Latchkey.SignIn.Tests;

[Trait("Engine", "none")]
public sealed class ANumberThatPeopleTypeTests
{
    [Theory]
    [InlineData("+15551234567", "+15551234567")]
    [InlineData("+1 555 0140", "+15550140")]
    [InlineData("  +1 (555) 123-4567\r\n", "+15551234567")]
    [InlineData("(+1) 555.123.4567", "+15551234567")]
    [InlineData("[+1] 555/123/4567", "+15551234567")]
    [InlineData("001 555 123 4567", "+15551234567")]
    [InlineData("0044 20 7946 0000", "+442079460000")]
    [InlineData("+44 (0)20 7946 0000", "+442079460000")]
    [InlineData("+33\u00A06\u202F12\u00A034\u00A056\u00A078", "+33612345678")]
    [InlineData("+1 555\u2011123\u20134567", "+15551234567")]
    [InlineData("+123456789012345", "+123456789012345")]
    public void Is_read_in_E164(string typed, string value)
    {
        PhoneNumber.TryRead(typed, null, out var number).ShouldBeTrue();
        number!.Value.ShouldBe(value);
        PhoneNumber.Of(value).ShouldBe(number);
        PhoneNumber.Of(value).GetHashCode().ShouldBe(number.GetHashCode());
    }

    [Theory]
    [InlineData("555 123 4567", "1", "+15551234567")]
    [InlineData("1 555 123 4567", "1", "+15551234567")]
    [InlineData("555 0140", "1", "+15550140")]
    [InlineData("020 7946 0000", "44", "+442079460000")]
    [InlineData("(0)20 7946 0000", "44", "+442079460000")]
    [InlineData("06 12 34 56 78", "33", "+33612345678")]
    [InlineData("06 1234 5678", "39", "+390612345678")]
    [InlineData("06 20 123 4567", "36", "+36201234567")]
    [InlineData("8 912 345 67 89", "7", "+79123456789")]
    [InlineData("912 345 67 89", "7", "+79123456789")]
    [InlineData("+44 20 7946 0000", "1", "+442079460000")]
    [InlineData("0044 20 7946 0000", "1", "+442079460000")]
    public void Is_read_with_the_calling_code_of_its_country(string typed, string callingCode, string value)
    {
        PhoneNumber.TryRead(typed, callingCode, out var number).ShouldBeTrue();
        number!.Value.ShouldBe(value);
    }

    [Theory]
    [InlineData("+15550140", "+1 ••• ••• 0140")]
    [InlineData("+15551234567", "+1 ••• ••• 4567")]
    [InlineData("+442079460000", "+44 ••• ••• 0000")]
    [InlineData("+79123456789", "+7 ••• ••• 6789")]
    [InlineData("+353861234567", "+353 ••• ••• 4567")]
    [InlineData("+29012345", "+290 ••• ••• 45")]
    public void Shows_only_last_digits_when_masked(string value, string masked)
    {
        PhoneNumber.Of(value).Masked.ShouldBe(masked);
        PhoneNumber.Of(value).ToString().ShouldBe(masked);
    }

    [Fact]
    public void Is_not_read_back_from_the_database_in_another_form_than_E164()
    {
        Should.Throw<FormatException>(() => PhoneNumber.Of("+1 555 123 4567"));
        Should.Throw<FormatException>(() => PhoneNumber.Of("0015551234567"));
        Should.Throw<FormatException>(() => PhoneNumber.Of("5551234567"));
    }
}

[Trait("Engine", "none")]
public sealed class ANumberThatIsNoneTests
{
    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("   ")]
    [InlineData("+")]
    [InlineData("00")]
    [InlineData("(0)")]
    [InlineData("+()")]
    [InlineData("ann@example.com")]
    [InlineData("5551234567")] // of which country?
    [InlineData("+1 555 014")]
    [InlineData("+1234567890123456")]
    [InlineData("+0 555 123 4567")]
    [InlineData("000 555 123 4567")]
    [InlineData("++15551234567")]
    [InlineData("00+15551234567")]
    [InlineData("+15551234567+")]
    [InlineData("+1555+1234567")]
    [InlineData("+15551234567;ext=1")]
    [InlineData("+15551234567,,1")]
    [InlineData("+15551234567 x12")]
    [InlineData("+15551234567 +15551234568")]
    [InlineData("+1555FLOWERS")]
    [InlineData("tel:+15551234567")]
    [InlineData("whatsapp:+15551234567")]
    [InlineData("sip:+15551234567@evil.test")]
    [InlineData("+15551234567\r\nTo: +15557654321")]
    [InlineData("+15551234567\0")]
    [InlineData("+15551234567&From=+1")]
    [InlineData("+1555123456%37")]
    [InlineData("*67 5551234567")]
    [InlineData("#31#5551234567")]
    [InlineData("\uFF0B15551234567")]
    [InlineData("+1555123456\uFF17")]
    [InlineData("+\u0661\u0665\u0665\u0665\u0661\u0662\u0663\u0664\u0665")]
    [InlineData("+1555123456\u00B2")]
    [InlineData("\u202A+15551234567\u202C")]
    [InlineData("+1555\u200B1234567")]
    [InlineData("-15551234567e0")]
    [InlineData("+1 555 123 4567 \uD83D\uDCDE")]
    [InlineData("+1555\uD8001234567")]
    public void Is_refused(string? typed)
    {
        PhoneNumber.TryRead(typed, null, out var number).ShouldBeFalse(number?.Value);
        number.ShouldBeNull();
    }

    [Theory]
    [InlineData("011 44 20 7946 0000", "1")]
    [InlineData("155 123 4567", "1")]
    [InlineData("055 123 4567", "1")]
    [InlineData("014", "1")]
    [InlineData("555", "44")]
    [InlineData("12345678901234", "44")]
    [InlineData("ann", "1")]
    public void Is_refused_with_a_calling_code_too(string typed, string callingCode) => PhoneNumber.TryRead(typed, callingCode, out _).ShouldBeFalse();

    [Fact]
    public void Is_refused_at_once_however_big_it_is()
    {
        var time = Stopwatch.StartNew();
        foreach (string bomb in new[] { new string('5', 1_000_000), new string('+', 1_000_000), new string(' ', 1_000_000) + "+15551234567", string.Concat(Enumerable.Repeat("(0)", 300_000)) })
            PhoneNumber.TryRead(bomb, "1", out _).ShouldBeFalse();
        time.ElapsedMilliseconds.ShouldBeLessThan(1_000);
    }

    [Fact]
    public void Never_throws_and_a_number_that_is_read_reads_as_itself() => Prop.ForAll(Texts(), text =>
    {
        foreach (string? code in new[] { null, "1", "7", "33", "36", "39", "44", "353" })
        {
            if (!PhoneNumber.TryRead(text, code, out var number)) continue;
            number.Value.Length.ShouldBeInRange(1 + PhoneNumber.LeastDigits, 1 + PhoneNumber.MostDigits);
            number.Value[1..].ShouldAllBe(c => char.IsAsciiDigit(c));
            PhoneNumber.Of(number.Value).ShouldBe(number);
            number.Masked.Count(char.IsAsciiDigit).ShouldBeLessThanOrEqualTo(number.Value.Length - 1 - 3);
        }
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(5_000).WithQuietOnSuccess(true));

    static Arbitrary<string> Texts() => Gen.OneOf(
        Gen.Elements("+", "0", "00", "1", "5", "555", "44", "(0)", "(", ")", " ", "-", ".", "\u00A0", "\u0661", "a", "\0", "1234567").ListOf().Select(string.Concat),
        ArbMap.Default.GeneratorFor<UnicodeString>().Select(s => s.Get ?? "")).ToArbitrary();
}
