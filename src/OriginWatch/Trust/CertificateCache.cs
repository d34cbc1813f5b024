using System.Collections.Concurrent;
using OriginWatch.Trust.X509;

namespace OriginWatch.Trust;

/// <summary>Parsed certificates of CAs by their bytes: within a run a few intermediates are sent by most origins. Bounded.</summary>
internal sealed class CertificateCache
{
    private const int Capacity = 2_048;
    private readonly ConcurrentDictionary<ReadOnlyMemory<byte>, ServedCertificate> _authorities = new(BytesComparer.Instance);

    public ServedCertificate Read(ReadOnlyMemory<byte> raw, int position)
    {
        if (position > 0 && _authorities.TryGetValue(raw, out var known))
        {
            return known.Position == position ? known : known with { Position = position };
        }

        var certificate = ServedCertificateReader.Read(raw, position);
        if (position > 0 && certificate.IsCa && _authorities.Count < Capacity)
        {
            _authorities[raw] = certificate;
        }

        return certificate;
    }
}
