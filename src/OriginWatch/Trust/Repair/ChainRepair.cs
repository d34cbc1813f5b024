using System.Globalization;

namespace OriginWatch.Trust.Repair;

/// <summary>The outcome of mending a chain.</summary>
public sealed record RepairedChain
{
    /// <summary>What was done, one sentence each.</summary>
    public required IReadOnlyList<string> Steps { get; init; }

    /// <summary>What to install, in order, without the root; empty where it cannot be mended by sending other certificates.</summary>
    public required ServedChain Bundle { get; init; }

    /// <summary>What the verifier says of the bundle; null where there is none.</summary>
    public ChainAssessment? Assessment { get; init; }

    /// <summary>Why there is no bundle, as a clause; null where there is one.</summary>
    public string? Problem { get; init; }

    public string Pem => string.Concat(Bundle.Certificates.Select(certificate => PemCertificates.Write(certificate.Raw.Span)));
}

/// <summary>
/// Fetches what a chain lacks and puts it in order, until the same verifier accepts it. A certificate that was fetched is trusted no more than one that was sent.
/// </summary>
/// <param name="verifier">Judges each try.</param>
/// <param name="fetch">Gets certificates from an address; see <see cref="IssuerFetcher.FetchAsync"/>.</param>
public sealed class ChainRepair(ChainVerifier verifier, Func<string, CancellationToken, Task<IssuerFetch>> fetch)
{
    private const int MaxIntermediates = 6;
    private const int MaxAddresses = 3;

    public async Task<RepairedChain> RepairAsync(ServedChain served, DateTimeOffset at, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(served);
        var steps = new List<string>();
        var chain = verifier.Assess(served, at);
        for (var round = 0; round < MaxIntermediates && chain.Missing is { } missing; round++)
        {
            if (await FetchAsync(missing, chain.Served, steps, cancellationToken) is not { } larger)
            {
                break;
            }

            chain = verifier.Assess(larger, at);
        }

        return chain.IsTrusted && chain.Path is { } path ? Conclude(path, at, steps) : Failed(chain, steps);
    }

    private async Task<ServedChain?> FetchAsync(MissingIssuer missing, ServedChain chain, List<string> steps, CancellationToken cancellationToken)
    {
        foreach (var address in missing.Addresses.Take(MaxAddresses))
        {
            var answer = await fetch(address, cancellationToken);
            var known = chain.Certificates.Select(certificate => certificate.Sha256).ToHashSet(StringComparer.Ordinal);
            var fetched = verifier.Parse(answer.Certificates).Certificates.Where(certificate => certificate.ParseError is null && certificate.Subject == missing.Subject && !known.Contains(certificate.Sha256)).ToList();
            if (fetched.Count > 0)
            {
                steps.Add($"Fetched {Describe.Name(missing.Subject)} from {Describe.Name(address)}.");
                return verifier.Parse([.. chain.Certificates.Select(certificate => certificate.Raw), .. fetched.Select(certificate => certificate.Raw)]);
            }

            steps.Add($"Fetched nothing useful from {Describe.Name(address)}: {answer.Problem ?? "what it offers is not the issuer"}.");
        }

        return null;
    }

    private RepairedChain Conclude(VerifiedChain path, DateTimeOffset at, List<string> steps)
    {
        var bundle = verifier.Parse([.. path.Certificates.Where((certificate, index) => index == 0 || !verifier.Store.Holds(certificate)).Select(certificate => certificate.Raw)]);
        var assessment = verifier.Assess(bundle, at);
        steps.Add(string.Create(CultureInfo.InvariantCulture, $"Install {bundle.Certificates.Count} certificates in this order: {string.Join(", ", bundle.Certificates.Select(certificate => Describe.Name(certificate.Subject)))}."));
        return new() { Steps = steps, Bundle = bundle, Assessment = assessment };
    }

    private static RepairedChain Failed(ChainAssessment chain, List<string> steps) => new()
    {
        Steps = steps,
        Bundle = new([]),
        Problem = chain.Faults.Count > 0 ? chain.Faults[0].Detail : "no path to a root was found",
    };
}
