using Latchkey.SignIn;

namespace Latchkey.Platform.Payments.Test;

/// <summary>An organization's account at the built-in test checkout.</summary>
public static class TestAccount
{
    private const string Prefix = "sk_test_builtin_";
    /// <summary>No such host exists: the requests never leave the process.</summary>
    public static readonly Uri Address = new("http://test-checkout.invalid");

    public static PaymentAccount Of(Guid organization, SignInKey key) => new()
    {
        Provider = PaymentAccount.TestName,
        Key = KeyOf(organization),
        Secrets = [key.Fingerprint($"test checkout of {organization}")],
        ApiBase = Address,
        Debits = true,
    };

    public static string KeyOf(Guid organization) => $"{Prefix}{organization:n}";

    /// <summary>Whose key it is; null for what is none.</summary>
    public static Guid? Read(string? key) => key?.StartsWith(Prefix, StringComparison.Ordinal) == true && Guid.TryParseExact(key[Prefix.Length..], "n", out var organization) ? organization : null;
}
