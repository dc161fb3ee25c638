using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Latchkey.Platform.Mail.Smtp;

/// <summary>
/// What the relay's certificate is checked against. The check itself, name and chain, is the framework's: there is no
/// callback here that could say yes.
/// </summary>
internal static class SmtpTrust
{
    /// <exception cref="FormatException">The file of extra roots can't be used.</exception>
    public static SslClientAuthenticationOptions For(SmtpSettings settings) => new()
    {
        TargetHost = settings.Host,
        CertificateChainPolicy = settings.CaFile is null ? null : WithRootsOf(settings.CaFile),
    };

    private static X509ChainPolicy WithRootsOf(string file)
    {
        var policy = new X509ChainPolicy
        {
            TrustMode = X509ChainTrustMode.CustomRootTrust,
            RevocationMode = X509RevocationMode.NoCheck,
        };
        // Custom trust replaces the system's roots; "extra" means both.
        using var system = new X509Store(StoreName.Root, StoreLocation.LocalMachine, OpenFlags.ReadOnly);
        policy.CustomTrustStore.AddRange(system.Certificates);
        var before = policy.CustomTrustStore.Count;
        try
        {
            policy.CustomTrustStore.ImportFromPemFile(file);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or CryptographicException)
        {
            throw new FormatException($"Mail__Smtp: the file named by ca= can't be read as PEM certificates: {e.Message}", e);
        }
        if (policy.CustomTrustStore.Count == before) throw new FormatException("Mail__Smtp: the file named by ca= holds no PEM certificate.");
        return policy;
    }
}
