using Latchkey.SignIn;

namespace Latchkey.Features.Passwords;

/// <summary>Hashes as the framework does, and also knows the hashes that imports bring.</summary>
public sealed class KnownHasher(FrameworkHasher framework) : IPasswordHasher
{
    public string Hash(string password) => framework.Hash(password);

    public PasswordMatch Verify(string hash, string password) => hash switch
    {
        _ when Bcrypt.IsHash(hash) => Imported(Bcrypt.Verify(hash, password)),
        _ when Pbkdf2Text.TryRead(hash, out var read) => Imported(read.Verify(password)),
        _ => framework.Verify(hash, password),
    };

    private static PasswordMatch Imported(bool isRight) => isRight ? PasswordMatch.RightButOld : PasswordMatch.Wrong;
}
