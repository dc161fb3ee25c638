using System.Globalization;

namespace Latchkey.Platform.Mail.Smtp;

/// <summary>What the relay offered in its answer to EHLO (RFC 5321 §4.1.1.1).</summary>
internal sealed record SmtpCapabilities
{
    public bool StartTls { get; private init; }
    public bool Pipelining { get; private init; }
    public bool EightBitMime { get; private init; }
    public bool SmtpUtf8 { get; private init; }
    public bool Dsn { get; private init; }
    public bool Size { get; private init; }
    /// <summary>The largest mail in bytes; 0 when the relay names no limit.</summary>
    public long LargestMail { get; private init; }
    public IReadOnlyList<string> Auth { get; private init; } = [];

    public static SmtpCapabilities Read(SmtpReply ehlo)
    {
        var offers = new SmtpCapabilities();
        foreach (var line in ehlo.Text.Split('\n').Skip(1))
        {
            // "AUTH=LOGIN" is what some old relays write.
            var words = line.ToUpperInvariant().Split([' ', '='], StringSplitOptions.RemoveEmptyEntries);
            if (words.Length > 0) offers = offers.With(words[0], words[1..]);
        }
        return offers;
    }

    private SmtpCapabilities With(string keyword, string[] values) => keyword switch
    {
        "STARTTLS" => this with { StartTls = true },
        "PIPELINING" => this with { Pipelining = true },
        "8BITMIME" => this with { EightBitMime = true },
        "SMTPUTF8" => this with { SmtpUtf8 = true },
        "DSN" => this with { Dsn = true },
        "SIZE" => this with { Size = true, LargestMail = ReadSize(values) },
        "AUTH" => this with { Auth = [.. Auth, .. values] },
        _ => this,
    };

    private static long ReadSize(string[] values) =>
        values.Length > 0 && long.TryParse(values[0], NumberStyles.None, CultureInfo.InvariantCulture, out var size) ? size : 0;
}
