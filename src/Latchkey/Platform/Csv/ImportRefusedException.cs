namespace Latchkey.Platform.Csv;

/// <summary>The file as a whole cannot be imported, or not from here on. The message is for the person who runs the import.</summary>
public sealed class ImportRefusedException(FormattableString text) : Exception(FormattableString.Invariant(text))
{
    /// <summary>In English; the console has its French.</summary>
    public FormattableString Text => text;
}
