using System.Buffers.Binary;
using System.Collections.Concurrent;
using System.Security.Cryptography;

namespace OriginWatch.Trust;

/// <summary>
/// What a run has concluded of chains, by their bytes: the addresses of a name, the retry of a failure and names under one wildcard send
/// the same. Bounded.
/// </summary>
internal sealed class AssessmentCache
{
    private const int Capacity = 32_768;
    private readonly ConcurrentDictionary<(string Chain, DateTimeOffset At), ChainAssessment> _known = new();

    /// <summary>One that time cut short says nothing of the same chain elsewhere.</summary>
    public ChainAssessment Get(IReadOnlyList<ReadOnlyMemory<byte>> raw, DateTimeOffset at, Func<ChainAssessment> assess)
    {
        var key = (KeyOf(raw), at);
        if (_known.TryGetValue(key, out var known))
        {
            return known;
        }

        var assessment = assess();
        if (!assessment.IsUnfinished && _known.Count < Capacity)
        {
            _known[key] = assessment;
        }

        return assessment;
    }

    /// <summary>Of the certificates in their order, each after its length.</summary>
    private static string KeyOf(IReadOnlyList<ReadOnlyMemory<byte>> raw)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Span<byte> length = stackalloc byte[sizeof(int)];
        foreach (var certificate in raw)
        {
            BinaryPrimitives.WriteInt32BigEndian(length, certificate.Length);
            hash.AppendData(length);
            hash.AppendData(certificate.Span);
        }

        return Convert.ToHexString(hash.GetHashAndReset());
    }
}
