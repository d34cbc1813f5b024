using System.Net;
using System.Security.Cryptography.X509Certificates;
using OriginWatch.Conformance;
using OriginWatch.Inventory;
using OriginWatch.Probing;
using OriginWatch.Targets;
using OriginWatch.Tls;
using OriginWatch.Trust;

namespace OriginWatch.Matrix;

/// <summary>Probes a row's server, judges it as the rules do, and reads what sslscan and s2n-tls said of it.</summary>
internal sealed class Looker(string folder)
{
    private const string Name = "matrix.example.test";
    private readonly AmazonsAnswers _amazon = AmazonsAnswers.Read(folder);
    private readonly ChainVerifier _verifier = new(TrustStore.FromPem(File.ReadAllText(Path.Combine(folder, "root.pem")), "root.pem"));

    public async Task<Sight> LookAsync(Row row)
    {
        var profile = row.OfferOne
            ? ClientProfile.Newer with
            {
                CipherSuites = [.. ClientProfile.Newer.CipherSuites.Where(suite => TlsNames.CipherSuite(suite) == row.Suite)],
            }
            : ClientProfile.Newer;
        using var prober = new TlsProber(new() { AllowPrivateAddresses = true, Profile = profile }, new NoResolver(), TimeProvider.System);
        var target = new ProbeTarget
        {
            DomainName = "127.0.0.1",
            Port = row.Port,
            ServerName = Name,
            Protocols = Offered(row),
            ConnectionAttempts = 1,
        };
        var result = (await prober.ProbeAsync(target, CancellationToken.None)).Attempts[0].Result;
        return new(row, result, await SslScanAgreesAsync(row, result), IsAsSent(row, result), _amazon.Compare(row, Rejection(result)));
    }

    /// <summary>All versions that CloudFront has, so that the server chooses; one alone where it has many.</summary>
    private static ProtocolSet Offered(Row row) =>
        row.OfferOne || row.Protocol == TlsProtocol.Ssl3
            ? new(row.Protocol)
            : new(TlsProtocol.Tls10, TlsProtocol.Tls11, TlsProtocol.Tls12, TlsProtocol.Tls13);

    private string? Rejection(ProbeResult result)
    {
        var now = DateTimeOffset.UtcNow;
        var chain = result.Seen.Chain.Count == 0 ? null : _verifier.Assess(_verifier.Parse(result.Seen.Chain), now);
        return S2nRunner.Rejection(result, chain, Name, now);
    }

    private bool IsAsSent(Row row, ProbeResult result)
    {
        var file = Path.Combine(folder, row.Chain);
        var sent = new X509Certificate2Collection();
        sent.ImportFromPemFile(file);
        return result.Seen.Chain.Count == sent.Count
            && result.Seen.Chain.Zip(sent).All(pair => pair.First.Span.SequenceEqual(pair.Second.RawData));
    }

    /// <summary>Null where sslscan has no such version or was not run.</summary>
    private async Task<bool?> SslScanAgreesAsync(Row row, ProbeResult result)
    {
        var file = Path.Combine(folder, $"sslscan-{row.Port}.txt");
        if (row.Protocol == TlsProtocol.Ssl3 || !File.Exists(file))
        {
            return null;
        }

        var version = row.Protocol switch
        {
            TlsProtocol.Tls10 => "TLSv1.0",
            _ => row.Protocol.CloudFrontName(),
        };
        var accepted = (await File.ReadAllLinesAsync(file))
            .Where(line => line.StartsWith("Preferred", StringComparison.Ordinal) || line.StartsWith("Accepted", StringComparison.Ordinal))
            .Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            .Where(words => words.Length > 4 && words[1] == version)
            .Select(words => words[4])
            .ToHashSet(StringComparer.Ordinal);
        var seen = result is Handshake && result.Seen.Protocol == row.Protocol ? TlsNames.CipherSuite(result.Seen.CipherSuite ?? 0) : null;
        return seen is not null && accepted.Contains(seen) ? true
            : seen is not null && IsUnknownToSslScan(seen) ? null
            : false;
    }

    /// <summary>sslscan is built on the system's OpenSSL, which has neither 3DES nor RC4: that it finds none is no contradiction.</summary>
    private static bool IsUnknownToSslScan(string suite) =>
        suite.Contains("DES", StringComparison.Ordinal) || suite.Contains("RC4", StringComparison.Ordinal);

    private sealed class NoResolver : INameResolver
    {
        public Task<NameResolution> ResolveAsync(string name, int port, IpAddressType addressType, CancellationToken cancellationToken) =>
            throw new NotSupportedException("the matrix has addresses only");
    }
}
