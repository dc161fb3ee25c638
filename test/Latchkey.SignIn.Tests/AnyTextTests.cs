using FsCheck;
using FsCheck.Fluent;

namespace Latchkey.SignIn.Tests;

[Trait("Engine", "none")]
public sealed class AnyTextTests
{
    /// <summary>Parts that get far into the parser, so that luck is not needed.</summary>
    static readonly string[] Parts =
    [
        "@", "@", "@", ".", ".", "..", "a", "Ann", "example", "com", "xn--", "XN--mnchen-3ya", "ü", "u\u0308", "ß", "\u017F", "\u212A", "\u0130", "\u0131", "-", "+", "<", ">", " ", "mailto:",
        "\uFF20", "\uFF0E", "\u3002", "\u00AD", "\u200B", "\u200F", "\u0301", "\u05D0", "\u0661", "例", "\uFB01", "ª", "ŀ", "ǆ", "\uD800", "\uDC00", "\0", "\r\n", "\"", "!", "%", ",", "1", "_", "kiss",
    ];

    static readonly Config Often = Config.QuickThrowOnFailure.WithMaxTest(20_000).WithQuietOnSuccess(true);

    static Gen<string> Addresses => Gen.Elements(Parts).ListOf().Select(string.Concat);

    static Gen<string> Labels => Gen.OneOf(Gen.Elements("example", "Com", "x-y", "münchen", "u\u0308", "XN--mnchen-3ya", "ß", "例え", "1"), Gen.Elements(Parts));

    static Gen<string> Plausible =>
        from local in Gen.Elements("ann", "A.b", "a+b", ".a")
        from length in Gen.Choose(1, 3)
        from labels in Labels.ListOf(length)
        from end in Gen.Elements("", "", ".", "..")
        select $"{local}@{string.Join('.', labels)}{end}";

    [Fact]
    public void Is_read_or_refused_and_never_throws() => Prop.ForAll(Texts(), text =>
    {
        EmailAddress.TryRead(text, out _);
        LinkToken.Read(text);
        BrowserSecret.Read(text);
    }).Check(Often);

    [Fact]
    public void Is_ASCII_with_one_at_sign_and_no_longer_than_254_when_it_is_an_address() => Prop.ForAll(Texts(), text =>
        !EmailAddress.TryRead(text, out var address)
        || (address.Value.All(char.IsAscii) && !address.Value.Any(char.IsControl) && !address.Value.Any(char.IsAsciiLetterUpper)
            && address.Value.Count(c => c == '@') == 1 && address.Value.Length <= EmailAddress.MostCharacters)).Check(Often);

    [Fact]
    public void Has_a_canonical_form_that_reads_as_itself() => Prop.ForAll(Texts(), text =>
        !EmailAddress.TryRead(text, out var address)
        || (EmailAddress.TryRead(address.Value, out var again) && again.Equals(address) && again.IsDeliverable == address.IsDeliverable
            && EmailAddress.Of(address.Value).Equals(address))).Check(Often);

    [Fact]
    public void Shows_no_more_than_first_characters_when_masked() => Prop.ForAll(Texts(), text =>
    {
        if (!EmailAddress.TryRead(text, out var address)) return true;
        string[] halves = address.Masked.Split('@');
        return halves[0] == $"{address.Value[0]}•••" && halves[1].StartsWith($"{address.Domain[0]}•••", StringComparison.Ordinal)
            && halves[1][4..].LastIndexOf('.') <= 0;
    }).Check(Often);

    [Fact]
    public void Reaches_the_inside_of_the_parser()
    {
        int read = Plausible.Sample(2_000).Count(text => EmailAddress.TryRead(text, out _));
        read.ShouldBeGreaterThan(200); // else the properties above say nothing
    }

    static Arbitrary<string> Texts() => Gen.OneOf(Addresses, Plausible, Plausible, ArbMap.Default.GeneratorFor<UnicodeString>().Select(s => s.Get ?? "")).ToArbitrary();
}
