using System.Text;

namespace Latchkey.Platform.Mail.Smtp;

/// <summary>Puts the lines of one reply together, strictly and within bounds.</summary>
internal sealed class SmtpReplyReader
{
    private const int MostLines = 128;

    private int _lines;
    private int _code;
    private string? _enhanced;
    private string _text = "";

    /// <summary>Takes a line without its line end; true when it was the last of the reply.</summary>
    public bool Add(ReadOnlySpan<byte> line)
    {
        if (line.Length < 3 || ReadCode(line) is not { } code || (line.Length > 3 && line[3] is not ((byte)' ' or (byte)'-')))
            throw new SmtpBrokenException("the relay's answer is not SMTP");
        if (_lines > 0 && code != _code) throw new SmtpBrokenException("the relay's answer changes its code half way");
        if (++_lines > MostLines) throw new SmtpBrokenException("the relay's answer has too many lines");
        _code = code;
        var words = line.Length > 4 ? line[4..] : [];
        var enhanced = EnhancedLength(words);
        if (enhanced > 0)
        {
            _enhanced ??= Encoding.ASCII.GetString(words[..enhanced]);
            words = words[enhanced..].TrimStart((byte)' ');
        }
        var text = Encoding.UTF8.GetString(words);
        _text = _lines == 1 ? text : $"{_text}\n{text}";
        return line.Length == 3 || line[3] == ' ';
    }

    public SmtpReply Reply => new(_code, _enhanced, _text);

    private static int? ReadCode(ReadOnlySpan<byte> line)
    {
        if (line[0] is < (byte)'2' or > (byte)'5' || !char.IsAsciiDigit((char)line[1]) || !char.IsAsciiDigit((char)line[2])) return null;
        return (line[0] - '0') * 100 + (line[1] - '0') * 10 + (line[2] - '0');
    }

    // class.subject.detail (RFC 3463 §2); the class repeats the first digit of the reply or it is just a number.
    private int EnhancedLength(ReadOnlySpan<byte> words)
    {
        if (words.Length < 5 || words[0] != _code / 100 + '0' || words[0] is not ((byte)'2' or (byte)'4' or (byte)'5')) return 0;
        var at = 1;
        for (var part = 0; part < 2; part++)
        {
            if (at >= words.Length || words[at] != '.') return 0;
            var digits = words[(at + 1)..].IndexOfAnyExceptInRange((byte)'0', (byte)'9');
            if (digits < 0) digits = words.Length - at - 1;
            if (digits is 0 or > 3) return 0;
            at += 1 + digits;
        }
        return at == words.Length || words[at] == ' ' ? at : 0;
    }
}
