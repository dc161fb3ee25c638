using System.Globalization;
using System.Text;

namespace Latchkey.Platform.Web;

/// <summary>
/// A document of text and lines on A4, in the two of the fonts that every reader of PDF has (ISO 32000-1, 9.6.2.2), so that nothing is
/// embedded. They know Western European letters; of others the accents are taken off, and what is left unknown becomes a question mark.
/// </summary>
public sealed class PdfText
{
    public const double Width = 595, Height = 842, Margin = 56;

    private static readonly Encoding Western = CodePagesEncodingProvider.Instance.GetEncoding(1252, new EncoderReplacementFallback("?"), DecoderFallback.ReplacementFallback)!;
    // Helvetica's own, from the space to the tilde, in thousandths of the size.
    private static readonly int[] Widths =
    [
        278, 278, 355, 556, 556, 889, 667, 191, 333, 333, 389, 584, 278, 333, 278, 278, 556, 556, 556, 556, 556, 556, 556, 556, 556, 556, 278, 278, 584, 584, 584, 556,
        1015, 667, 667, 722, 722, 667, 611, 778, 722, 278, 500, 667, 556, 833, 722, 778, 667, 778, 722, 667, 611, 722, 667, 944, 667, 667, 611, 278, 278, 278, 469, 556,
        333, 556, 556, 500, 556, 556, 278, 556, 556, 222, 222, 500, 222, 833, 556, 556, 556, 556, 333, 500, 278, 556, 500, 722, 500, 500, 500, 334, 260, 334, 584,
    ];

    private readonly List<StringBuilder> pages = [new()];

    /// <summary>Where the next text stands, from the top.</summary>
    public double Y { get; private set; } = Margin;

    /// <summary>Goes down, and to a new page when this one is full.</summary>
    public void Down(double by)
    {
        if ((Y += by) <= Height - Margin) return;
        pages.Add(new());
        Y = Margin;
    }

    public void Write(double x, string text, double size = 10, bool bold = false) =>
        Page.Append(CultureInfo.InvariantCulture, $"BT /F{(bold ? 2 : 1)} {size} Tf {x:0.##} {Height - Y:0.##} Td <{Convert.ToHexString(Bytes(text))}> Tj ET\n");

    public void WriteRight(double right, string text, double size = 10, bool bold = false) => Write(right - WidthOf(text, size), text, size, bold);

    public void Rule() => Page.Append(CultureInfo.InvariantCulture, $"0.6 G 0.5 w {Margin} {Height - Y - 4:0.##} m {Width - Margin} {Height - Y - 4:0.##} l S\n");

    /// <summary>The text in lines that are no wider than that.</summary>
    public static IEnumerable<string> Wrap(string text, double width, double size = 10)
    {
        var line = new StringBuilder();
        foreach (string word in text.Split(' '))
        {
            if (line.Length > 0 && WidthOf($"{line} {word}", size) > width)
            {
                yield return line.ToString();
                line.Clear();
            }
            line.Append(line.Length == 0 ? "" : " ").Append(word);
        }
        yield return line.ToString();
    }

    public static double WidthOf(string text, double size) => Bytes(text).Sum(b => b is >= 32 and <= 126 ? Widths[b - 32] : b == 160 ? 278 : 556) * size / 1000;

    /// <param name="title">Of the document.</param>
    public byte[] ToBytes(string title)
    {
        var objects = new List<string>
        {
            "<</Type/Catalog/Pages 2 0 R/ViewerPreferences<</DisplayDocTitle true>>>>",
            $"<</Type/Pages/Count {pages.Count}/Kids[{string.Join(' ', pages.Select((_, i) => $"{6 + (2 * i)} 0 R"))}]>>",
            "<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>",
            "<</Type/Font/Subtype/Type1/BaseFont/Helvetica-Bold/Encoding/WinAnsiEncoding>>",
            $"<</Title<FEFF{Convert.ToHexString(Encoding.BigEndianUnicode.GetBytes(title))}>/Producer(Latchkey)>>",
        };
        foreach (var page in pages)
        {
            objects.Add($"<</Type/Page/Parent 2 0 R/MediaBox[0 0 {Width} {Height}]/Resources<</Font<</F1 3 0 R/F2 4 0 R>>>>/Contents {objects.Count + 2} 0 R>>");
            objects.Add($"<</Length {page.Length}>>\nstream\n{page}\nendstream");
        }
        var file = new StringBuilder("%PDF-1.4\n");
        var places = new List<int>();
        for (int i = 0; i < objects.Count; i++)
        {
            places.Add(file.Length);
            file.Append(CultureInfo.InvariantCulture, $"{i + 1} 0 obj\n{objects[i]}\nendobj\n");
        }
        int table = file.Length;
        file.Append(CultureInfo.InvariantCulture, $"xref\n0 {objects.Count + 1}\n0000000000 65535 f \n");
        foreach (int place in places) file.Append(CultureInfo.InvariantCulture, $"{place:0000000000} 00000 n \n");
        file.Append(CultureInfo.InvariantCulture, $"trailer\n<</Size {objects.Count + 1}/Root 1 0 R/Info 5 0 R>>\nstartxref\n{table}\n%%EOF\n");
        return Encoding.ASCII.GetBytes(file.ToString());
    }

    private StringBuilder Page => pages[^1];

    private static byte[] Bytes(string text)
    {
        var known = new StringBuilder();
        foreach (var rune in text.Normalize().EnumerateRunes())
        {
            string one = rune.Value is 0x202F ? "\u00A0" : rune.ToString();
            known.Append(Western.GetString(Western.GetBytes(one)) == one || !rune.IsBmp ? one : string.Concat(one.Normalize(NormalizationForm.FormD).Where(c => CharUnicodeInfo.GetUnicodeCategory(c) != UnicodeCategory.NonSpacingMark)));
        }
        return Western.GetBytes(known.ToString());
    }
}
