using System.Security.Cryptography.X509Certificates;
using OriginWatch.Loopback;
using OriginWatch.Tests.Trust;
using OriginWatch.Trust;

namespace OriginWatch.Tests;

/// <summary>A root, two intermediates under it and a leaf for example.com, all made on the spot.</summary>
public sealed class TestPki : IDisposable
{
    public const string Name = "origin.example.com";
    public static readonly DateTimeOffset Now = new(2026, 11, 23, 12, 0, 0, TimeSpan.Zero);

    public TestPki()
    {
        Root = CertificateAuthority.CreateRoot("CN=Test Root", Now);
        Upper = Root.CreateIntermediate("CN=Test Upper CA");
        Issuing = Upper.CreateIntermediate("CN=Test Issuing CA");
        Leaf = Issuing.IssueLeaf(Name);
        Store = StoreOf(Root.Certificate);
    }

    public CertificateAuthority Root { get; }
    public CertificateAuthority Upper { get; }
    public CertificateAuthority Issuing { get; }
    public X509Certificate2 Leaf { get; }
    public TrustStore Store { get; }

    public static TrustStore StoreOf(params IEnumerable<X509Certificate2> roots) =>
        TrustStore.FromPem(string.Join('\n', roots.Select(root => root.ExportCertificatePem())), "the test");

    public ChainAssessment Assess(params IEnumerable<X509Certificate2> sent) => Assess(Now, sent);

    public ChainAssessment Assess(DateTimeOffset at, params IEnumerable<X509Certificate2> sent) =>
        new ChainVerifier(Store).Assess(Chain(sent), at);

    public static ServedChain Chain(params IEnumerable<X509Certificate2> sent) =>
        ServedChain.Parse([.. sent.Select(certificate => (ReadOnlyMemory<byte>)certificate.RawData)]);

    public void Dispose()
    {
        Leaf.Dispose();
        Issuing.Dispose();
        Upper.Dispose();
        Root.Dispose();
    }
}
