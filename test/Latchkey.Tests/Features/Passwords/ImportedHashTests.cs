using Latchkey.Features.Passwords;
using Latchkey.SignIn;

namespace Latchkey.Tests.Features.Passwords;

[Trait("Engine", "none")]
public sealed class AnImportedHashTests
{
    private static readonly KnownHasher Hasher = new(new FrameworkHasher(rounds: 1000));

    [Theory]
    [InlineData("U*U", "$2a$05$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW")]
    [InlineData("U*U*U", "$2a$05$XXXXXXXXXXXXXXXXXXXXXOAcXxm9kjPGEMsLznoKqmqw7tc8WCx4a")]
    [InlineData("password", "$pbkdf2-sha256$1$c2FsdA$DERIVED")]
    public void Is_known_in_the_forms_of_other_systems(string password, string hash)
    {
        hash = hash.Replace("DERIVED", Derived(), StringComparison.Ordinal);
        ImportedHash.Check(hash, out var kept).ShouldBeNull();
        kept.ShouldBe(hash);
        Hasher.Verify(hash, password).ShouldBe(PasswordMatch.RightButOld);
        Hasher.Verify(hash, password + "x").ShouldBe(PasswordMatch.Wrong);
        Hasher.Verify(hash[..^1], password).ShouldBe(PasswordMatch.Wrong);
    }

    [Theory]
    [InlineData("$2b$")]
    [InlineData("$2y$")]
    public void Bcrypt_is_the_same_by_its_newer_names(string name) =>
        Hasher.Verify("$2a$05$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW".Replace("$2a$", name, StringComparison.Ordinal), "U*U").ShouldBe(PasswordMatch.RightButOld);

    [Fact]
    public void Of_Django_and_of_the_framework_is_known_too()
    {
        string django = $"pbkdf2_sha256$1000$salt${Convert.ToBase64String(System.Security.Cryptography.Rfc2898DeriveBytes.Pbkdf2("été"u8, "salt"u8, 1000, System.Security.Cryptography.HashAlgorithmName.SHA256, 32))}";
        Hasher.Verify(django, "été").ShouldBe(PasswordMatch.RightButOld);
        ImportedHash.Check(new FrameworkHasher(rounds: 500).Hash("été"), out var kept).ShouldBeNull();
        Hasher.Verify(kept!, "été").ShouldBe(PasswordMatch.RightButOld);
    }

    [Theory]
    [InlineData("5f4dcc3b5aa765d61d8327deb882cf99", "too weak to keep")]
    [InlineData("5baa61e4c9b93f3f0682250b6cf8331b7ee68fd8", "too weak to keep")]
    [InlineData("$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$RdescudvJCsgt3ub+b4dWRWJTmaaJObG", "Argon2")]
    [InlineData("$2a$31$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW", "not a hash that is known")]
    [InlineData("pbkdf2_sha256$99999999$salt$AAAA", "not a hash that is known")]
    [InlineData("hunter2hunter2", "not a hash that is known")]
    public void That_is_weak_broken_or_unknown_is_refused_with_the_reason(string hash, string reason)
    {
        FormattableString.Invariant(ImportedHash.Check(hash, out var kept).ShouldNotBeNull()).ShouldContain(reason);
        kept.ShouldBeNull();
        Hasher.Verify(hash, "password").ShouldBe(PasswordMatch.Wrong);
    }

    private static string Derived() => Convert.ToBase64String(System.Security.Cryptography.Rfc2898DeriveBytes.Pbkdf2(
        "password"u8, "salt"u8, 1, System.Security.Cryptography.HashAlgorithmName.SHA256, 32)).TrimEnd('=').Replace('+', '.');
}
