using Org.BouncyCastle.Tls;
using OriginWatch.Tls;
using TlsProtocol = OriginWatch.Tls.TlsProtocol;

namespace OriginWatch.Probing.Engine;

/// <summary>What a ServerHello or HelloRetryRequest says (RFC 8446, sections 4.1.3 and 4.1.4), as far as it can be read.</summary>
internal sealed record ServerHelloFacts(TlsProtocol Protocol, int CipherSuite)
{
    // The random that marks a HelloRetryRequest.
    private static ReadOnlySpan<byte> RetryRandom =>
        [
            0xcf,
            0x21,
            0xad,
            0x74,
            0xe5,
            0x9a,
            0x61,
            0x11,
            0xbe,
            0x1d,
            0x8c,
            0x02,
            0x1e,
            0x65,
            0xb8,
            0x91,
            0xc2,
            0xa2,
            0x11,
            0x16,
            0x7a,
            0xbb,
            0x8c,
            0x5e,
            0x07,
            0x9e,
            0x09,
            0xe2,
            0xc8,
            0xa8,
            0x33,
            0x9c,
        ];

    public int? NamedGroup { get; init; }

    public bool IsRetry { get; init; }

    /// <summary>A HelloRetryRequest that wants nothing but a cookie repeated.</summary>
    public bool RetriesForCookieAlone { get; init; }

    /// <summary>The random says that the server could have had a newer version, had it been offered.</summary>
    public bool TellsOfDowngrade { get; init; }

    /// <summary>Null where not even the cipher suite can be read.</summary>
    public static ServerHelloFacts? Read(ref MessageReader reader)
    {
        if (
            !reader.TryUInt16(out var version)
            || !reader.TryFixed(RetryRandom.Length, out var random)
            || !reader.TryOpaque(1, out _)
            || !reader.TryUInt16(out var suite)
        )
        {
            return null;
        }

        var facts = new ServerHelloFacts((TlsProtocol)version, suite)
        {
            IsRetry = random.SequenceEqual(RetryRandom),
            TellsOfDowngrade = random[^8..^1].SequenceEqual("DOWNGRD"u8),
        };
        return reader.TrySkip(1) && reader.TryOpaque(2, out var extensions) ? facts.With(new(extensions)) : facts;
    }

    private ServerHelloFacts With(MessageReader extensions)
    {
        var facts = this;
        var (hasCookie, hasShare) = (false, false);
        while (extensions.TryUInt16(out var type) && extensions.TryOpaque(2, out var data))
        {
            var reader = new MessageReader(data);
            hasCookie |= type == ExtensionType.cookie;
            hasShare |= type == ExtensionType.key_share;
            if (type == ExtensionType.supported_versions && reader.TryUInt16(out var version))
            {
                facts = facts with { Protocol = (TlsProtocol)version };
            }
            else if (type == ExtensionType.key_share && reader.TryUInt16(out var group) && reader.IsEmpty == IsRetry)
            {
                facts = facts with { NamedGroup = group };
            }
        }

        return facts with
        {
            RetriesForCookieAlone = IsRetry && hasCookie && !hasShare,
        };
    }
}
