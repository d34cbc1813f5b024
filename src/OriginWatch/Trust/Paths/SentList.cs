using OriginWatch.Text;
using OriginWatch.Trust.X509;

namespace OriginWatch.Trust.Paths;

/// <summary>The certificates of a served chain that could be parsed, without repetition, and how they are called.</summary>
internal sealed class SentList
{
    private readonly Dictionary<string, ServedCertificate> _served = new(StringComparer.Ordinal);

    public SentList(ServedChain chain)
    {
        var certificates = new List<ParsedCertificate>();
        foreach (var served in chain.Certificates)
        {
            if (served.Parsed is { } parsed && _served.TryAdd(parsed.Sha256, served))
            {
                certificates.Add(parsed);
            }
        }

        Certificates = certificates;
    }

    /// <summary>In the order sent.</summary>
    public IReadOnlyList<ParsedCertificate> Certificates { get; }

    /// <summary>Where it was sent first; null for a root out of the store.</summary>
    public ServedCertificate? Served(ParsedCertificate certificate) => _served.GetValueOrDefault(certificate.Sha256);

    public int? Position(ParsedCertificate certificate) => Served(certificate)?.Position;

    public string Name(ParsedCertificate certificate) =>
        Served(certificate)?.Description ?? $"the root {Describe.Name(certificate.Subject.Text)}";
}
