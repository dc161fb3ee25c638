namespace Latchkey.SignIn;

/// <summary>What was typed, as a request keeps it: encrypted, the canonical form and the form that the waiting page shows.</summary>
internal static class TypedName
{
    public static byte[] Seal(SignInKey key, SignInName name, string shown) => key.Seal($"{name.Value}\n{shown}");

    /// <summary>Null when the installation's key is not the one it was typed under.</summary>
    public static (SignInName Name, string Shown)? Unseal(SignInKey key, byte[] box) =>
        key.Unseal(box)?.Split('\n', 2) is [var name, var shown] ? (SignInName.Of(name), shown) : null;
}
