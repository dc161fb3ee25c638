using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Latchkey.Tests.Platform.Mail.Rig;

/// <summary>A certificate authority of the test's own, in memory and as a PEM file.</summary>
internal sealed class Certificates : IDisposable
{
    private readonly ECDsa _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private readonly DateTimeOffset _from = DateTimeOffset.UtcNow.AddDays(-1);
    private readonly DateTimeOffset _until = DateTimeOffset.UtcNow.AddDays(1);
    private readonly X509Certificate2 _root;

    public Certificates()
    {
        var request = new CertificateRequest("CN=Test root", _key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, false));
        _root = request.CreateSelfSigned(_from, _until);
        File.WriteAllText(RootFile, _root.ExportCertificatePem());
    }

    public string RootFile { get; } = Path.Combine(Path.GetTempPath(), $"latchkey-test-{Guid.NewGuid():N}.pem");

    public X509Certificate2 ForLoopback() => Issue(names => names.AddIpAddress(IPAddress.Loopback));

    public X509Certificate2 ForSomebodyElse() => Issue(names => names.AddDnsName("mail.elsewhere.example"));

    private X509Certificate2 Issue(Action<SubjectAlternativeNameBuilder> name)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=relay", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        name(names);
        request.CertificateExtensions.Add(names.Build());
        using var bare = request.Create(_root, _from.AddMinutes(1), _until.AddMinutes(-1), RandomNumberGenerator.GetBytes(8));
        return bare.CopyWithPrivateKey(key);
    }

    public void Dispose()
    {
        File.Delete(RootFile);
        _root.Dispose();
        _key.Dispose();
    }
}
