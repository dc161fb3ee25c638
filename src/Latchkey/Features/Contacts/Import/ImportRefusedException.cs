namespace Latchkey.Features.Contacts.Import;

/// <summary>The file as a whole cannot be imported, or not from here on. The message is for the person who runs the import.</summary>
public sealed class ImportRefusedException(string message) : Exception(message);
