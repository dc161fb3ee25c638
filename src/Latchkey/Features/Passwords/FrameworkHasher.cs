using Latchkey.SignIn;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace Latchkey.Features.Passwords;

/// <summary>The framework's own: PBKDF2 with HMAC-SHA-512, a random salt, and as many rounds as OWASP asks for.</summary>
/// <param name="rounds">Fewer are for tests only.</param>
public sealed class FrameworkHasher(int rounds = FrameworkHasher.Rounds) : IPasswordHasher
{
    public const int Rounds = 210_000;

    private static readonly object Nobody = new();
    private readonly PasswordHasher<object> hasher = new(Options.Create(new PasswordHasherOptions { IterationCount = rounds }));

    public string Hash(string password) => hasher.HashPassword(Nobody, password);

    public PasswordMatch Verify(string hash, string password)
    {
        try
        {
            return hasher.VerifyHashedPassword(Nobody, hash, password) switch
            {
                PasswordVerificationResult.Success => PasswordMatch.Right,
                PasswordVerificationResult.SuccessRehashNeeded => PasswordMatch.RightButOld,
                PasswordVerificationResult.Failed => PasswordMatch.Wrong,
            };
        }
        catch (FormatException)
        {
            return PasswordMatch.Wrong; // not even base 64
        }
    }
}
