using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Latchkey.Tests.Platform.Mail.Rig;

/// <summary>Reads a mail back the way a mail program does: unfolds, decodes, takes the parts apart.</summary>
internal sealed partial class MailReader
{
    private readonly List<(string Name, string Value)> _headers = [];

    public MailReader(byte[] raw)
    {
        var all = Encoding.Latin1.GetString(raw).Replace("\r\n", "\n", StringComparison.Ordinal);
        var (head, body) = SplitHead(all);
        _headers = ReadHead(head);
        var boundary = BoundaryPattern().Match(this["Content-Type"]).Groups[1].Value;
        var parts = ("\n" + body).Split($"\n--{boundary}");
        PartCount = parts.Length - 2;
        Text = ReadPart(parts[1]);
        Html = ReadPart(parts[2]);
    }

    public int PartCount { get; }
    public string Text { get; }
    public string Html { get; }
    public string Subject => Decode(this["Subject"]);
    public string FromName => Name(this["From"]);
    public string ToName => Name(this["To"]);
    public string ToAddress => Address(this["To"]);
    public string this[string name] => Utf8(_headers.Single(h => h.Name.Equals(name, StringComparison.OrdinalIgnoreCase)).Value);
    public IEnumerable<string> HeaderNames => _headers.Select(h => h.Name);

    private static (string Head, string Body) SplitHead(string all)
    {
        if (all.StartsWith('\n')) return ("", all[1..]);
        var end = all.IndexOf("\n\n", StringComparison.Ordinal);
        return (all[..end], all[(end + 2)..]);
    }

    private static List<(string Name, string Value)> ReadHead(string head) =>
        [.. UnfoldPattern().Replace(head, "$1").Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => (line[..line.IndexOf(':', StringComparison.Ordinal)], line[(line.IndexOf(':', StringComparison.Ordinal) + 1)..]))
            .Select(field => (field.Item1, field.Item2.StartsWith(' ') ? field.Item2[1..] : field.Item2))];

    private static string ReadPart(string part)
    {
        var (head, body) = SplitHead(part.TrimStart('\n'));
        var encoding = ReadHead(head).Single(h => h.Name == "Content-Transfer-Encoding").Value;
        return Utf8(encoding == "quoted-printable" ? QuotedPrintable(body) : body);
    }

    private static string QuotedPrintable(string body) =>
        HexPattern().Replace(body.Replace("=\n", "", StringComparison.Ordinal), m => ((char)Byte(m.Groups[1].Value)).ToString());

    private static string Name(string value)
    {
        var phrase = value.EndsWith('>') ? value[..value.LastIndexOf('<')].TrimEnd() : "";
        return phrase.StartsWith('"') ? EscapePattern().Replace(phrase[1..^1], "$1") : Decode(phrase);
    }

    private static string Address(string value) => value.EndsWith('>') ? value[(value.LastIndexOf('<') + 1)..^1] : value;

    private static string Decode(string value)
    {
        var joined = BetweenWordsPattern().Replace(value, "?==?");
        return WordPattern().Replace(joined, m => m.Groups[1].Value == "b"
            ? new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(Convert.FromBase64String(m.Groups[2].Value))
            : Utf8(QuotedPrintable(m.Groups[2].Value.Replace('_', ' '))));
    }

    private static string Utf8(string latin1) => new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(Encoding.Latin1.GetBytes(latin1));

    private static byte Byte(string hex) => byte.Parse(hex, NumberStyles.HexNumber, CultureInfo.InvariantCulture);

    [GeneratedRegex("boundary=\"(?<1>[^\"]+)\"", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex BoundaryPattern();
    [GeneratedRegex(@"\n(?<1>[ \t])", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex UnfoldPattern();
    [GeneratedRegex("=(?<1>[0-9A-F]{2})", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex HexPattern();
    [GeneratedRegex(@"\\(?<1>.)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex EscapePattern();
    [GeneratedRegex(@"\?=\s+=\?", RegexOptions.None, 1000)]
    private static partial Regex BetweenWordsPattern();
    [GeneratedRegex(@"=\?utf-8\?(?<1>[bq])\?(?<2>[^?]*)\?=", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex WordPattern();
}
