using OriginWatch.Loopback;
using OriginWatch.Trust;

namespace OriginWatch.Fuzz;

/// <summary>Puts lists of mutated certificates to the verifier and the names, as if a server had sent them. One number decides a
/// case.</summary>
internal sealed class CertificateFuzzer
{
    private const string Name = "origin.example.test";
    private readonly DateTimeOffset _now = DateTimeOffset.UtcNow;
    private readonly ChainVerifier _verifier;
    private readonly List<byte[]> _honest;

    public CertificateFuzzer()
    {
        var root = CertificateAuthority.CreateRoot("CN=Fuzz Root", _now);
        var issuing = root.CreateIntermediate("CN=Fuzz Issuing");
        _honest =
        [
            issuing.IssueLeaf(Name).RawData,
            issuing.IssueLeaf(Name, new() { Rsa = true }).RawData,
            issuing.Certificate.RawData,
            root.Certificate.RawData,
        ];
        _verifier = new(TrustStore.FromPem(root.Certificate.ExportCertificatePem(), "the fuzzer"));
    }

    /// <summary>What was concluded, in a word. Throws whatever the verifier throws: it must throw nothing.</summary>
    public (string Conclusion, long AllocatedBytes, TimeSpan Cpu) Run(int seed)
    {
        var random = new Random(seed);
        var allocated = GC.GetAllocatedBytesForCurrentThread();
        var start = Environment.CpuUsage.TotalTime;
        var sent = Enumerable.Range(0, random.Next(1, 6)).Select(_ => (ReadOnlyMemory<byte>)Certificate(random)).ToList();
        var chain = _verifier.Assess(_verifier.Parse(sent), _now);
        var isNamed = chain.ServerCertificate is { } server && HostName.Match(server, Name).IsMatch;
        var conclusion = chain.IsTrusted ? $"trusted{(isNamed ? "" : ", another name")}" : chain.Diagnosis.ToString();
        return (conclusion, GC.GetAllocatedBytesForCurrentThread() - allocated, Environment.CpuUsage.TotalTime - start);
    }

    private byte[] Certificate(Random random)
    {
        var honest = _honest[random.Next(_honest.Count)];
        return random.Next(4) switch
        {
            0 => honest,
            1 => Mutation.Of(honest, random),
            _ => WithLengths(honest, random),
        };
    }

    /// <summary>One byte of the inside changed, so that the outer lengths still hold and the depths are reached.</summary>
    private static byte[] WithLengths(byte[] honest, Random random)
    {
        var bytes = honest.ToArray();
        for (var i = random.Next(1, 4); i > 0; i--)
        {
            bytes[random.Next(8, bytes.Length)] = (byte)random.Next(256);
        }

        return bytes;
    }
}
