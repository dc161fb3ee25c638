namespace Latchkey.SignIn.Tests;

[Trait("Engine", "none")]
public sealed class HelpCodeTests
{
    static readonly DateTimeOffset Now = new(2026, 11, 21, 9, 0, 0, TimeSpan.Zero);
    static readonly SignInKey Key = new(new byte[32]), OtherKey = new(Enumerable.Repeat((byte)1, 32).ToArray());

    [Fact]
    public void It_leads_back_to_its_row_for_24_days()
    {
        for (int i = 0; i < 1000; i++)
        {
            var madeAt = Now.AddMilliseconds(-Random.Shared.NextInt64((long)HelpCode.FoundFor.TotalMilliseconds));
            var id = Guid.CreateVersion7(madeAt);
            HelpCode.TryRead(HelpCode.Of(Key, id).ToString(), out var code).ShouldBeTrue();

            code!.IsOf(Key, id).ShouldBeTrue();
            var (from, before) = code.Range(Now);
            string text = id.ToString();
            string.CompareOrdinal(text, from.ToString()).ShouldBeGreaterThanOrEqualTo(0);
            string.CompareOrdinal(text, before.ToString()).ShouldBeLessThan(0);
        }
    }

    [Fact]
    public void Who_holds_the_link_has_another_code_of_the_same_request()
    {
        var id = Guid.CreateVersion7(Now);
        var (asked, mailed) = (HelpCode.Of(Key, id), HelpCode.OfLink(Key, id));
        mailed.ToString().ShouldNotBe(asked.ToString());
        (asked.IsOf(Key, id), asked.IsOfLink(Key, id)).ShouldBe((true, false));
        (mailed.IsOf(Key, id), mailed.IsOfLink(Key, id)).ShouldBe((true, true));
        mailed.Range(Now).ShouldBe(asked.Range(Now));
    }

    [Fact]
    public void Rows_of_one_second_have_codes_of_their_own()
    {
        var codes = Enumerable.Range(0, 100).Select(_ => HelpCode.Of(Key, Guid.CreateVersion7(Now)).ToString()).ToList();
        codes.Distinct().Count().ShouldBeGreaterThan(97); // 5,000 pairs, each alike once in 524,288
        codes.ShouldAllBe(c => System.Text.RegularExpressions.Regex.IsMatch(c, "^[A-Z2-7]{4}-[A-Z2-7]{4}$", System.Text.RegularExpressions.RegexOptions.None, TimeSpan.FromSeconds(1)));
    }

    [Fact]
    public void Another_installations_code_is_not_this_ones()
    {
        var id = Guid.CreateVersion7(Now);
        HelpCode.TryRead(HelpCode.Of(OtherKey, id).ToString(), out var code).ShouldBeTrue();
        code!.IsOf(Key, id).ShouldBeFalse();
    }

    [Theory]
    [InlineData("k7qa4mxb")]
    [InlineData(" K7QA - 4MXB. ")]
    [InlineData("k7qa\u20134mxb")]
    [InlineData("K7QA-4MX8")]
    public void It_is_read_however_it_was_told(string told)
    {
        HelpCode.TryRead(told, out var code).ShouldBeTrue();
        code!.ToString().ShouldBe("K7QA-4MXB");
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("K7QA-4MX")]
    [InlineData("K7QA-4MXBA")]
    [InlineData("K7QA-4MX9")]
    [InlineData("K7QA\u00004MXB")]
    public void What_is_no_code_is_none(string? told) => HelpCode.TryRead(told, out _).ShouldBeFalse();
}
