using System.Buffers;
using System.Globalization;
using System.Text;

namespace Latchkey.Platform.Mail.Mime;

/// <summary>Writes header fields, folded at 76 columns between words.</summary>
internal sealed class HeaderWriter(IBufferWriter<byte> to)
{
    private const int Columns = 76;
    private const int LongestName = 60;

    /// <summary>A field whose value is ours and short.</summary>
    public void Token(string name, string value) => Put($"{name}: {value}\r\n");

    /// <summary>Free text such as a subject.</summary>
    public void Text(string name, string value) =>
        Fold(name, HeaderText.IsPlain(value) ? value.Split(' ') : EncodedWords.Encode(value, name.Length + 2));

    public void Addressee(string name, MailAddressee addressee)
    {
        var shown = Cut(addressee.Name?.Trim() ?? "");
        if (shown.Length == 0) Token(name, addressee.Address);
        else Fold(name, [.. Phrase(shown, name.Length + 2), $"<{addressee.Address}>"]);
    }

    private static IReadOnlyList<string> Phrase(string shown, int column)
    {
        if (!HeaderText.IsPlain(shown)) return EncodedWords.Encode(shown, column);
        if (HeaderText.IsAtoms(shown)) return shown.Split(' ');
        var quoted = $"\"{shown.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\"";
        return quoted.Split(' ');
    }

    // Whole characters as a reader sees them: half a flag or a lost accent would be a different name.
    internal static string Cut(string name)
    {
        if (name.Length <= LongestName) return name;
        var length = 0;
        while (true)
        {
            var next = StringInfo.GetNextTextElementLength(name, length);
            if (length + next > LongestName) break;
            length += next;
        }
        return name[..length].TrimEnd();
    }

    private void Fold(string name, IReadOnlyList<string> words)
    {
        Put(name);
        Put(":");
        var column = name.Length + 1;
        for (var i = 0; i < words.Count; i++)
        {
            var fold = i > 0 && column + 1 + words[i].Length > Columns;
            Put(fold ? "\r\n " : " ");
            Put(words[i]);
            column = (fold ? 0 : column) + 1 + words[i].Length;
        }
        Put("\r\n");
    }

    // UTF-8, because an address may hold it (SMTPUTF8); all other values are ASCII by now.
    private void Put(string text) => Encoding.UTF8.GetBytes(text, to);
}
