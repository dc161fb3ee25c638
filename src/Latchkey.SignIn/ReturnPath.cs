using System.Buffers;

namespace Latchkey.SignIn;

/// <summary>
/// A page of the same portal to go on to after signing in. Kept with the request on the server, never in a link, and read again when it
/// is used: a path from anywhere else cannot lead off the site (CVE-2025-27143).
/// </summary>
public sealed class ReturnPath
{
    private const int MostCharacters = 256;
    private static readonly SearchValues<char> Allowed =
        SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_./?=&");

    private ReturnPath(string value) => Value = value;

    /// <summary>The path below the storefront, with its query.</summary>
    public string Value { get; }

    /// <summary>Reads a path: <c>/portal</c>, <c>/console</c> or below them, in plain characters.</summary>
    /// <param name="text">The text. It may be anything.</param>
    /// <returns>Null when it is not such a path.</returns>
    public static ReturnPath? Read(string? text) =>
        text is { Length: <= MostCharacters } && (IsBelow(text, "/portal") || IsBelow(text, "/console"))
        && !text.AsSpan().ContainsAnyExcept(Allowed) && !text.Contains("//", StringComparison.Ordinal) && !text.Contains("..", StringComparison.Ordinal)
            ? new ReturnPath(text) : null;

    private static bool IsBelow(string text, string root) =>
        text.StartsWith(root, StringComparison.Ordinal) && (text.Length == root.Length || text[root.Length] is '/' or '?');

    /// <inheritdoc/>
    public override string ToString() => Value;
}
