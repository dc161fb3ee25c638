namespace Latchkey.SignIn;

/// <summary>Turns passwords into what may be stored, slowly. The host brings it: the engine has no dependency.</summary>
public interface IPasswordHasher
{
    /// <summary>Hashes a password with a salt of its own (ASVS 5, 11.4.2).</summary>
    /// <param name="password">In the form of <see cref="PasswordText.Normalize"/>.</param>
    string Hash(string password);

    /// <summary>Compares. A hash that cannot be read is never right.</summary>
    /// <param name="hash">What is stored.</param>
    /// <param name="password">In the form of <see cref="PasswordText.Normalize"/>.</param>
    PasswordMatch Verify(string hash, string password);
}

/// <summary>The answer to a comparison.</summary>
public enum PasswordMatch
{
    /// <summary>Not the password.</summary>
    Wrong,
    /// <summary>The password.</summary>
    Right,
    /// <summary>The password, and its hash is weaker than a new one would be: store a new one.</summary>
    RightButOld,
}
