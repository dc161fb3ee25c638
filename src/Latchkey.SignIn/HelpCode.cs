using System.Diagnostics.CodeAnalysis;

namespace Latchkey.SignIn;

/// <summary>
/// What a failure page and a mail show so that the business finds what happened: 21 bits of the second in which the row was made, and
/// 19 bits of a keyed hash of its id. It is computed from the id, so it needs no column, and it opens nothing.
/// See docs/decisions/0013-help-codes.md.
/// </summary>
public sealed class HelpCode
{
    /// <summary>For how long a code leads back to its row: the seconds begin anew after 24 days and 6 hours.</summary>
    public static readonly TimeSpan FoundFor = TimeSpan.FromDays(24);

    private const int Characters = 8;
    private const int MarkBits = 19;
    private const long Seconds = 1 << 21;

    private readonly ulong bits;

    private HelpCode(ulong bits) => this.bits = bits;

    /// <summary>The code of a row.</summary>
    /// <param name="key">The installation's secret.</param>
    /// <param name="id">The row's id, a UUID of version 7 (RFC 9562).</param>
    public static HelpCode Of(SignInKey key, Guid id) => Of(key, id, isForLink: false);

    /// <summary>
    /// Another code of a request, for its mails and for the page behind its link: whoever tells it holds the link. The page that asked
    /// shows the other one, since anybody may ask with anybody's address.
    /// </summary>
    /// <param name="key">The installation's secret.</param>
    /// <param name="id">The request's id.</param>
    public static HelpCode OfLink(SignInKey key, Guid id) => Of(key, id, isForLink: true);

    /// <summary>Reads a code as it was told: in any case, with spaces or dashes anywhere, and digits for the letters they look like.</summary>
    /// <param name="text">The text. It may be anything.</param>
    /// <param name="code">The code.</param>
    public static bool TryRead(string? text, [NotNullWhen(true)] out HelpCode? code)
    {
        code = null;
        if (text is null or { Length: > 64 }) return false;
        string plain = new([.. text.Where(c => !char.IsWhiteSpace(c) && !char.IsPunctuation(c)).Select(c => char.ToLowerInvariant(c) switch
        {
            '0' => 'o',
            '1' => 'i',
            '8' => 'b',
            var other => other,
        })]);
        if (plain.Length != Characters || !Base32.IsOf(plain)) return false;
        code = new HelpCode(Base32.Decode(plain));
        return true;
    }

    /// <summary>Whether it is a code of this row.</summary>
    /// <param name="key">The installation's secret.</param>
    /// <param name="id">The row's id.</param>
    public bool IsOf(SignInKey key, Guid id) => Of(key, id).bits == bits || IsOfLink(key, id);

    /// <summary>Whether it is the code that only who holds a link of this request is shown.</summary>
    /// <param name="key">The installation's secret.</param>
    /// <param name="id">The request's id.</param>
    public bool IsOfLink(SignInKey key, Guid id) => OfLink(key, id).bits == bits;

    /// <summary>Where to look: ids from the first on and before the second.</summary>
    /// <param name="now">The one clock's time.</param>
    public (Guid From, Guid Before) Range(DateTimeOffset now)
    {
        long second = now.ToUnixTimeSeconds();
        second -= (second - (long)(bits >> MarkBits)) % Seconds;
        return (FirstOf(second), FirstOf(second + 1));
    }

    /// <summary>As it is shown: <c>K7QA-4MXB</c>.</summary>
    public override string ToString()
    {
        string text = Base32.Encode([(byte)(bits >> 32), (byte)(bits >> 24), (byte)(bits >> 16), (byte)(bits >> 8), (byte)bits]).ToUpperInvariant();
        return $"{text[..4]}-{text[4..]}";
    }

    private static HelpCode Of(SignInKey key, Guid id, bool isForLink)
    {
        ArgumentNullException.ThrowIfNull(key);
        return new HelpCode(((ulong)(SecondOf(id) % Seconds) << MarkBits) | key.HelpMark(id, isForLink, MarkBits));
    }

    private static long SecondOf(Guid id)
    {
        byte[] bytes = id.ToByteArray(bigEndian: true);
        long milliseconds = 0;
        foreach (byte b in bytes.AsSpan(0, 6)) milliseconds = (milliseconds << 8) | b;
        return milliseconds / 1000;
    }

    private static Guid FirstOf(long second)
    {
        Span<byte> bytes = stackalloc byte[16];
        long milliseconds = second * 1000;
        for (int i = 5; i >= 0; i--, milliseconds >>= 8) bytes[i] = (byte)milliseconds;
        return new Guid(bytes, bigEndian: true);
    }
}
