using System.Globalization;
using System.Text;
using CsvHelper;
using CsvHelper.Configuration;

namespace Latchkey.Platform.Csv;

/// <summary>
/// The rows that were not imported, in the shape they came in, with the reason in one more column: fix them there and import
/// the file. It takes its name only when the import is over.
/// </summary>
internal sealed class ErrorFile : IDisposable
{
    private readonly string partial;
    private readonly CsvWriter csv;
    private readonly int reasonColumn;
    private readonly int columns;

    /// <param name="path">Where it comes to be.</param>
    /// <param name="names">The header line.</param>
    /// <param name="reasonColumn">The column that a former error file brought along, or -1.</param>
    /// <param name="delimiter">As in the file that is imported.</param>
    public ErrorFile(string path, string[] names, int reasonColumn, char delimiter)
    {
        Path = path;
        partial = $"{path}.partial";
        this.reasonColumn = reasonColumn;
        columns = names.Length;
        // With the mark, or spreadsheets take UTF-8 for their own old encoding.
        // It may hold password hashes: nobody but the person who imports reads it.
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        File.Delete(partial);
        csv = new CsvWriter(new StreamWriter(partial, new UTF8Encoding(true), options),
            new CsvConfiguration(CultureInfo.InvariantCulture) { Delimiter = delimiter.ToString(), InjectionOptions = InjectionOptions.None });
        Write(names, "reason");
    }

    public string Path { get; }

    public static string PathFor(string file) => System.IO.Path.ChangeExtension(file, ".errors.csv");

    public void Add(BadRow bad) => Write(bad.Row.Cells, string.Join("; ", bad.Problems));

    /// <param name="keep">Whether there was anything to write.</param>
    public void Finish(bool keep)
    {
        csv.Dispose();
        if (keep) File.Move(partial, Path, overwrite: true);
        else File.Delete(partial);
    }

    public void Dispose() => csv.Dispose();

    private void Write(string[] cells, string reason)
    {
        for (int i = 0; i < columns; i++)
            if (i != reasonColumn) csv.WriteField(i < cells.Length ? cells[i] : "");
        csv.WriteField(reason);
        csv.NextRecord();
    }
}
