using System.Collections;

namespace OriginWatch.Tls;

/// <summary>Protocol versions by their number on the wire (RFC 8446, section 4.1.2, and RFC 6101).</summary>
public enum TlsProtocol
{
    Ssl3 = 0x0300,
    Tls10 = 0x0301,
    Tls11 = 0x0302,
    Tls12 = 0x0303,
    Tls13 = 0x0304,
}

public static class TlsProtocols
{
    /// <summary>The names of CloudFront's <c>OriginSslProtocols</c>; TLS 1.3 has none there and is written in the same manner.</summary>
    public static string CloudFrontName(this TlsProtocol protocol) =>
        protocol switch
        {
            TlsProtocol.Ssl3 => "SSLv3",
            TlsProtocol.Tls10 => "TLSv1",
            TlsProtocol.Tls11 => "TLSv1.1",
            TlsProtocol.Tls12 => "TLSv1.2",
            TlsProtocol.Tls13 => "TLSv1.3",
            _ => $"0x{(int)protocol:x4}",
        };

    /// <summary>Null for a name that is not one of CloudFront's.</summary>
    public static TlsProtocol? Parse(string name) =>
        name switch
        {
            "SSLv3" => TlsProtocol.Ssl3,
            "TLSv1" => TlsProtocol.Tls10,
            "TLSv1.1" => TlsProtocol.Tls11,
            "TLSv1.2" => TlsProtocol.Tls12,
            "TLSv1.3" => TlsProtocol.Tls13,
            _ => null,
        };
}

/// <summary>A set of protocol versions, oldest first, compared by value; holes are allowed.</summary>
public sealed class ProtocolSet : IReadOnlyList<TlsProtocol>, IEquatable<ProtocolSet>
{
    private readonly TlsProtocol[] _protocols;

    public ProtocolSet(params IEnumerable<TlsProtocol> protocols) => _protocols = [.. protocols.Distinct().Order()];

    public int Count => _protocols.Length;

    public TlsProtocol this[int index] => _protocols[index];

    public bool Equals(ProtocolSet? other) => other is not null && _protocols.AsSpan().SequenceEqual(other._protocols);

    public override bool Equals(object? obj) => Equals(obj as ProtocolSet);

    public override int GetHashCode() => _protocols.Aggregate(17, HashCode.Combine);

    public IEnumerator<TlsProtocol> GetEnumerator() => _protocols.AsEnumerable().GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    public override string ToString() => string.Join(", ", _protocols.Select(protocol => protocol.CloudFrontName()));
}
