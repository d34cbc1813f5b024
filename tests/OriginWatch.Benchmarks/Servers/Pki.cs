using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using OriginWatch.Loopback;

namespace OriginWatch.Benchmarks.Servers;

/// <summary>A root, two intermediates, and leaves: servers send three certificates.</summary>
internal sealed class Pki : IDisposable
{
    private readonly CertificateAuthority _root;
    private readonly CertificateAuthority _upper;
    private readonly CertificateAuthority _issuing;
    private readonly bool _rsa;

    public Pki(bool rsa, DateTimeOffset now)
    {
        _rsa = rsa;
        _root = CertificateAuthority.CreateRoot($"CN=Benchmark Root {Kind}", now, rsa);
        _upper = _root.CreateIntermediate($"CN=Benchmark Upper {Kind}", rsa: rsa);
        _issuing = _upper.CreateIntermediate($"CN=Benchmark Issuing {Kind}", rsa: rsa);
    }

    public string RootPem => _root.Certificate.ExportCertificatePem();

    public X509Certificate2 Root => _root.Certificate;

    private string Kind => _rsa ? "RSA" : "ECDSA";

    /// <summary>Writes FILE.pem (leaf, issuing, upper) and FILE.key.</summary>
    public (string Chain, string Key) WriteLeaf(WorkFolder folder, string file, string name, string otherName)
    {
        using var leaf = _issuing.IssueLeaf(name, new() { Rsa = _rsa, DnsNames = [name, otherName] });
        var chain = string.Join(
            '\n',
            leaf.ExportCertificatePem(),
            _issuing.Certificate.ExportCertificatePem(),
            _upper.Certificate.ExportCertificatePem()
        );
        return (folder.Write($"{file}.pem", chain), folder.Write($"{file}.key", KeyPem(leaf)));
    }

    public void Dispose()
    {
        _issuing.Dispose();
        _upper.Dispose();
        _root.Dispose();
    }

    private static string KeyPem(X509Certificate2 leaf)
    {
        using AsymmetricAlgorithm key = leaf.GetRSAPrivateKey() is { } rsa ? rsa : leaf.GetECDsaPrivateKey()!;
        return key.ExportPkcs8PrivateKeyPem();
    }
}
