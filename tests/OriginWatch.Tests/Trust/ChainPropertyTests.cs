using CsCheck;
using OriginWatch.Trust;
using OriginWatch.Trust.Repair;

namespace OriginWatch.Tests.Trust;

/// <summary>For every way to shuffle, omit and repeat the certificates of a good chain.</summary>
public sealed class ChainPropertyTests : IDisposable
{
    private const int Leaf = 0;
    private const int Issuing = 1;
    private const int Upper = 2;
    private const int Root = 3;
    private const string Seed = "0000KqTnYp12";
    private static readonly Gen<int[]> Lists = Gen.Int[Leaf, Root].Array[1, 6];
    private readonly TestPki _pki = new();
    private readonly byte[][] _certificates;

    public ChainPropertyTests() =>
        _certificates = [
            _pki.Leaf.RawData,
            _pki.Issuing.Certificate.RawData,
            _pki.Upper.Certificate.RawData,
            _pki.Root.Certificate.RawData,
        ];

    [Fact]
    public void It_is_trusted_when_everything_is_there_and_never_otherwise() =>
        Lists.Sample(list => Assess(list).IsTrusted == IsComplete(list), seed: Seed, iter: 400, threads: 1);

    [Fact]
    public void It_is_well_served_only_in_order_and_without_repetition() =>
        Lists.Sample(
            list =>
            {
                var chain = Assess(list);
                var isOrdered = list is [Leaf, Issuing, Upper] or [Leaf, Issuing, Upper, Root];
                var harmless = chain.Faults.All(fault => fault.Kind == ChainFaultKind.RootSent);
                return list[0] != Leaf || (chain.IsTrusted && harmless) == isOrdered;
            },
            seed: Seed,
            iter: 400,
            threads: 1
        );

    [Fact]
    public void Mending_restores_the_order_whatever_was_sent() =>
        Lists
            .Where(list => list.Contains(Leaf) && list[0] is Leaf)
            .Sample(
                list =>
                {
                    var verifier = new ChainVerifier(_pki.Store);
                    var repaired = new ChainRepair(verifier, FetchFromList, FetchFromList)
                        .RepairAsync(Served(list), TestPki.Now, CancellationToken.None)
                        .GetAwaiter()
                        .GetResult();
                    return IsComplete(list)
                        ? repaired
                            .Bundle.Certificates.Select(certificate => certificate.Sha256)
                            .SequenceEqual(Served([Leaf, Issuing, Upper]).Certificates.Select(certificate => certificate.Sha256))
                            && repaired.Assessment is { IsTrusted: true, Faults.Count: 0 }
                        : repaired.Problem is not null && repaired.Bundle.Certificates.Count == 0;
                },
                seed: Seed,
                iter: 200,
                threads: 1
            );

    public void Dispose() => _pki.Dispose();

    /// <summary>The server's certificate is the first, or the leaf where a chain of names leads from it to the first. An intermediate may
    /// not stand for a server.</summary>
    private static bool IsComplete(int[] list)
    {
        var server =
            list[0] == Leaf || (list.Contains(Leaf) && Enumerable.Range(Issuing, list[0] - Issuing).All(list.Contains)) ? Leaf : list[0];
        return server == Root || (server == Leaf && Enumerable.Range(server, Root - server).All(list.Contains));
    }

    /// <summary>These certificates do not say where their issuers are, so nothing is ever asked for.</summary>
    private static Task<IssuerFetch> FetchFromList(string address, CancellationToken cancellationToken) =>
        throw new InvalidOperationException("nothing is fetched that no certificate points to");

    private ServedChain Served(int[] list) => ServedChain.Parse([.. list.Select(index => (ReadOnlyMemory<byte>)_certificates[index])]);

    private ChainAssessment Assess(int[] list) => new ChainVerifier(_pki.Store).Assess(Served(list), TestPki.Now);
}
