namespace Latchkey.Platform.Web;

/// <summary>
/// Names the texts of pages and mails for the framework's localizer. The English sentence is the key; <c>Texts.fr.resx</c> has the French.
/// </summary>
public sealed class Texts;
