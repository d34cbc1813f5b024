using System.Security.Cryptography;
using System.Text;
using OriginWatch.Tests.Reporting;
using OriginWatch.Trust;

namespace OriginWatch.Tests;

/// <summary>Chains as the trust room describes them; the bytes do not matter to a reporter.</summary>
internal static class SampleChains
{
    public const string Root = "CN=Example Root R1,O=Example Trust,C=US";
    public const string Intermediate = "CN=Example Issuing CA 7,O=Example Trust,C=US";
    public static readonly DateTimeOffset Now = new(2026, 11, 23, 6, 0, 0, TimeSpan.Zero);

    public static ChainAssessment Good(string name, int days = 60)
    {
        var certificates = new[] { Leaf(0, name, days), Issuing(1) };
        return new()
        {
            Served = new(certificates),
            IsTrusted = true,
            Path = new(certificates, Root),
            Faults = [],
            FirstToExpire = certificates[0],
        };
    }

    public static ChainAssessment Expired(string name, int days) =>
        Good(name, days) with
        {
            IsTrusted = false,
            Faults = [new(ChainFaultKind.Expired, $"certificate 0 (CN={name}) expired on {Now.AddDays(days):yyyy-MM-dd}", Position: 0)],
        };

    public static ChainAssessment SelfSigned(string name)
    {
        var leaf = Leaf(0, name, 300) with { Issuer = $"CN={name}", IsSelfIssued = true };
        return new()
        {
            Served = new([leaf]),
            IsTrusted = false,
            Faults = [new(ChainFaultKind.SelfSignedLeaf, $"certificate 0 (CN={name}) is self-signed", Position: 0)],
            FirstToExpire = leaf,
        };
    }

    public static ChainAssessment UnknownRoot(string name)
    {
        var certificates = new[]
        {
            Leaf(0, name, 80) with
            {
                Issuer = "CN=Corp Internal CA",
            },
            Issuing(1) with
            {
                Subject = "CN=Corp Internal CA",
                Issuer = "CN=Corp Internal CA",
                IsSelfIssued = true,
            },
        };
        return new()
        {
            Served = new(certificates),
            IsTrusted = false,
            Path = new(certificates, "CN=Corp Internal CA"),
            Faults =
            [
                new(ChainFaultKind.UntrustedRoot, "certificate 1 (CN=Corp Internal CA) is a root that Mozilla never had", Position: 1),
            ],
            FirstToExpire = certificates[0],
        };
    }

    public static ChainAssessment MissingIntermediate(string name)
    {
        var leaf = Leaf(0, name, 55);
        return new()
        {
            Served = new([leaf]),
            IsTrusted = false,
            Faults =
            [
                new(
                    ChainFaultKind.MissingIntermediate,
                    $"the issuer of certificate 0, {Intermediate}, was not sent",
                    $"Append the certificate of {Intermediate} to the bundle.",
                    0
                ),
            ],
            FirstToExpire = leaf,
            Missing = new(Intermediate, "a1b2", ["http://ca.example.com/ca7.crt"]),
        };
    }

    public static ChainAssessment WrongOrder(string name)
    {
        var certificates = new[]
        {
            Leaf(0, name, 70),
            Issuing(1) with
            {
                Subject = "CN=Example Cross Root",
                Issuer = Root,
                Sha256 = Hash("cross"),
            },
            Issuing(2) with
            {
                Issuer = "CN=Example Cross Root",
            },
        };
        return new()
        {
            Served = new(certificates),
            IsTrusted = true,
            Path = new([certificates[0], certificates[2], certificates[1]], Root),
            Faults = [new(ChainFaultKind.OutOfOrder, "sent in the order 0, 2, 1", "Send certificate 2 before certificate 1.", 1)],
            FirstToExpire = certificates[0],
        };
    }

    public static ServedCertificate Leaf(int position, string name, int days) =>
        new()
        {
            Position = position,
            Raw = ReadOnlyMemory<byte>.Empty,
            Sha256 = Hash(name),
            Subject = $"CN={name}",
            Issuer = Intermediate,
            SerialNumber = "4a11",
            NotBefore = Now.AddDays(days - 90),
            NotAfter = Now.AddDays(days),
            KeyAlgorithm = "ECDSA",
            KeyBits = 256,
            SignatureAlgorithm = "sha256WithRSAEncryption",
            DnsNames = [name],
            CommonName = name,
        };

    private static ServedCertificate Issuing(int position) =>
        Leaf(position, "issuing", 1500) with
        {
            Subject = Intermediate,
            Issuer = Root,
            NotBefore = Now.AddDays(-800),
            DnsNames = [],
            CommonName = "Example Issuing CA 7",
        };

    public static string Hash(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}
