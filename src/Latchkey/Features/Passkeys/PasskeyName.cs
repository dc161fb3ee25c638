namespace Latchkey.Features.Passkeys;

/// <summary>What a customer calls a passkey.</summary>
public static class PasskeyName
{
    public const int MostCharacters = 60;

    /// <returns>Null when there is nothing to read, too much, or something that is no text.</returns>
    public static string? Read(string? typed) =>
        typed?.Trim() is { Length: > 0 and <= MostCharacters } name && !name.Any(char.IsControl) ? name : null;
}
