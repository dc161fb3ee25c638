using System.Text;

namespace Latchkey.SignIn.Tests;

[Trait("Engine", "none")]
public sealed class TheTokenOfALinkTests
{
    const string Token = "abcdefghijklmnopqrstuvwxyz234567";

    [Theory]
    [InlineData(Token)]
    [InlineData("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567")]
    [InlineData("AbCdEfGhIjKlMnOpQrStUvWxYz234567")]
    [InlineData(Token + "=")]
    [InlineData(Token + "====")]
    [InlineData(Token + ".")]
    [InlineData(Token + ">")]
    [InlineData(Token + ")")]
    [InlineData(Token + "\"")]
    [InlineData(Token + ">.")]
    [InlineData(Token + "'),;:!?]}")]
    public void Is_put_right_when_a_mail_program_damaged_it(string text) => LinkToken.Read(text).ShouldNotBeNull().Value.ShouldBe(Token);

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("=")]
    [InlineData("abcdefghijklmnopqrstuvwxyz23456")]
    [InlineData(Token + "a")]
    [InlineData(Token + Token)]
    [InlineData("=" + Token)]
    [InlineData(" " + Token)]
    [InlineData(Token + " ")]
    [InlineData(Token + "\0")]
    [InlineData(Token + "%00")]
    [InlineData(Token + "%3D")]
    [InlineData(Token + "/")]
    [InlineData(Token + "\u200F")]
    [InlineData("\u202E" + Token)]
    [InlineData("abcdefghijklmnopqrstuvwxyz234568")]
    [InlineData("abcdefghijklmnopqrstuvwxyz23456=")]
    [InlineData("abcdefghij\u212Almnopqrstuvwxyz234567")]
    [InlineData("abcdefghijklmnopqr\u017Ftuvwxyz234567")]
    [InlineData("abcdefghijklmnop=rstuvwxyz234567")]
    [InlineData(Token + "=================")]
    public void Is_refused_when_it_is_anything_else(string? text) => LinkToken.Read(text).ShouldBeNull();

    [Fact]
    public void Is_refused_at_once_when_it_is_a_megabyte()
    {
        LinkToken.Read(new string('a', 1_000_000)).ShouldBeNull();
        LinkToken.Read(Token + new string('=', 1_000_000)).ShouldBeNull();
    }

    [Fact]
    public void Has_no_second_spelling()
    {
        // 32 characters of 5 bits are 160 bits exactly: no unused bits that another last character could fill.
        var key = SignInKeyTests.Key(1);
        var token = key.LinkToken(Guid.NewGuid(), 1);
        foreach (char last in "abcdefghijklmnopqrstuvwxyz234567".Where(c => c != token.Value[^1]))
            LinkToken.Read(token.Value[..^1] + last).ShouldNotBeNull().Hash().ShouldNotBe(token.Hash());
    }

    [Fact]
    public void Shows_nothing_in_a_log()
    {
        SignInKeyTests.Key(1).LinkToken(Guid.NewGuid(), 1).ToString().ShouldBe("(link token)");
        BrowserSecret.Create().ToString().ShouldBe("(browser secret)");
    }
}

[Trait("Engine", "none")]
public sealed class TheSecretOfABrowserTests
{
    [Fact]
    public void Is_read_back_as_it_was_made()
    {
        var made = BrowserSecret.Create();
        var read = BrowserSecret.Read(made.Value).ShouldNotBeNull();
        read.Value.ShouldBe(made.Value);
        read.Hash().ShouldBe(made.Hash());
        BrowserSecret.Create().Value.ShouldNotBe(made.Value);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567")]
    [InlineData("abcdefghijklmnopqrstuvwxyz23456")]
    [InlineData("abcdefghijklmnopqrstuvwxyz2345677")]
    [InlineData("abcdefghijklmnopqrstuvwxyz23456\u212A")]
    [InlineData("abcdefghijklmnopqrstuvwxyz23456\0")]
    [InlineData("abcdefghijklmnopqrstuvwxyz23456 ")]
    public void Is_nothing_when_the_cookie_is_not_ours(string? cookie) => BrowserSecret.Read(cookie).ShouldBeNull();
}

[Trait("Engine", "none")]
public sealed class SignInKeyTests
{
    internal static SignInKey Key(byte first) => new([.. Enumerable.Range(first, 32).Select(i => (byte)i)]);

    [Fact]
    public void Makes_20_000_tokens_that_are_distinct_and_evenly_spread()
    {
        var key = Key(1);
        // The hardest case: ids that differ in a few bits.
        var tokens = Enumerable.Range(0, 20_000).Select(i => key.LinkToken(new Guid(i / 4, 0, 0, new byte[8]), 1 + i % 4).Value).ToList();

        tokens.Distinct(StringComparer.Ordinal).Count().ShouldBe(20_000);
        tokens.ShouldAllBe(t => t.Length == 32 && Base32.IsOf(t));
        for (int position = 0; position < 32; position++)
            ChiSquare(tokens.GroupBy(t => t[position]).Select(g => g.Count()), 32, 20_000).ShouldBeLessThan(Bound(31));
    }

    [Fact]
    public void Puts_neither_time_nor_id_into_a_token()
    {
        var key = Key(1);
        for (int i = 0; i < 200; i++)
        {
            var id = Guid.CreateVersion7();
            string token = key.LinkToken(id, 1).Value;
            token.ShouldNotContain(id.ToString("n")[..8]);
            token.ShouldNotContain(Base32.Encode(id.ToByteArray(bigEndian: true))[..8]);
            Guid.TryParse(token, out _).ShouldBeFalse();
        }
        // Tokens of one millisecond share no beginning, as time-ordered ids would.
        Enumerable.Range(0, 1000).Select(_ => key.LinkToken(Guid.CreateVersion7(), 1).Value[..6]).Distinct(StringComparer.Ordinal).Count().ShouldBeGreaterThan(990);
    }

    [Theory]
    [InlineData(4)]
    [InlineData(6)]
    [InlineData(8)]
    public void Makes_100_000_codes_that_are_evenly_spread_with_their_leading_zeros(int digits)
    {
        var key = Key(1);
        var codes = Enumerable.Range(0, 100_000).Select(i => key.Code(new Guid(i, 0, 0, new byte[8]), digits)).ToList();

        codes.ShouldAllBe(c => c.Length == digits && c.All(char.IsAsciiDigit));
        for (int position = 0; position < digits; position++)
            ChiSquare(codes.GroupBy(c => c[position]).Select(g => g.Count()), 10, 100_000).ShouldBeLessThan(Bound(9));
        ChiSquare(codes.GroupBy(c => c[..2], StringComparer.Ordinal).Select(g => g.Count()), 100, 100_000).ShouldBeLessThan(Bound(99));
        codes.Count(c => c[0] == '0').ShouldBeInRange(9_500, 10_500);
    }

    [Fact]
    public void Makes_the_same_again_after_a_restart()
    {
        var id = Guid.NewGuid();
        var browser = BrowserSecret.Create();
        Key(1).LinkToken(id, 3).Value.ShouldBe(Key(1).LinkToken(id, 3).Value);
        Key(1).Code(id, 6).ShouldBe(Key(1).Code(id, 6));
        Key(1).SessionToken(id, browser).ShouldBe(Key(1).SessionToken(id, browser));
    }

    [Fact]
    public void Makes_others_with_another_secret()
    {
        var id = Guid.NewGuid();
        var browser = BrowserSecret.Create();
        Key(1).LinkToken(id, 1).Value.ShouldNotBe(Key(2).LinkToken(id, 1).Value);
        Key(1).SessionToken(id, browser).ShouldNotBe(Key(2).SessionToken(id, browser));
        Enumerable.Range(0, 20).Count(i => Key(1).Code(new Guid(i, 0, 0, new byte[8]), 8) == Key(2).Code(new Guid(i, 0, 0, new byte[8]), 8)).ShouldBe(0);
    }

    [Fact]
    public void Never_makes_a_token_of_one_purpose_from_another()
    {
        var id = Guid.NewGuid();
        var browser = BrowserSecret.Create();
        string session = Key(1).SessionToken(id, browser);
        string[] tokens = [Key(1).LinkToken(id, 1).Value, Key(1).LinkToken(id, 2).Value, session[..32], session[20..], browser.Value];
        tokens.Distinct(StringComparer.Ordinal).Count().ShouldBe(tokens.Length);
        session.Length.ShouldBe(52); // 256 bits: no link token has this length
        LinkToken.Read(session).ShouldBeNull();
        Key(1).SessionToken(id, BrowserSecret.Create()).ShouldNotBe(session);
    }

    [Fact]
    public void Refuses_a_secret_that_is_too_short()
    {
        Should.Throw<ArgumentException>(() => new SignInKey(new byte[31]));
        Should.Throw<ArgumentException>(() => new SignInKey([]));
        new SignInKey(new byte[32]).ShouldNotBeNull();
    }

    [Theory]
    [InlineData(0)]
    [InlineData(3)]
    [InlineData(9)]
    public void Refuses_codes_of_any_other_length(int digits) => Should.Throw<ArgumentOutOfRangeException>(() => Key(1).Code(Guid.NewGuid(), digits));

    [Theory]
    [InlineData("", "")]
    [InlineData("f", "my")]
    [InlineData("fo", "mzxq")]
    [InlineData("foo", "mzxw6")]
    [InlineData("foob", "mzxw6yq")]
    [InlineData("fooba", "mzxw6ytb")]
    [InlineData("foobar", "mzxw6ytboi")]
    public void Writes_base_32_as_RFC_4648_does(string text, string encoded) => Base32.Encode(Encoding.ASCII.GetBytes(text)).ShouldBe(encoded);

    static double ChiSquare(IEnumerable<int> counts, int kinds, int total)
    {
        double expected = (double)total / kinds;
        var seen = counts.ToList();
        seen.Count.ShouldBeLessThanOrEqualTo(kinds);
        return seen.Sum(c => (c - expected) * (c - expected) / expected) + (kinds - seen.Count) * expected;
    }

    /// <summary>Mean and six deviations. The key is fixed, so this passes always or never.</summary>
    static double Bound(int degrees) => degrees + 6 * Math.Sqrt(2 * degrees);
}
