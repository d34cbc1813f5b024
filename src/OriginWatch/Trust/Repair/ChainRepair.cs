using System.Globalization;
using OriginWatch.Text;
using OriginWatch.Trust.Lifecycles;

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
/// Fetches what a chain lacks and puts it in order, until the same verifier accepts it. A certificate that was fetched is trusted no more
/// than one that was sent.
/// </summary>
/// <param name="verifier">Judges each try.</param>
/// <param name="fetch">Gets certificates from an address that a certificate names; see <see cref="IssuerFetcher.FetchAsync"/>.</param>
/// <param name="fetchPublished">Gets a certificate from where its CA publishes it; see
/// <see cref="IssuerFetcher.FetchPublishedAsync"/>.</param>
public sealed class ChainRepair(
    ChainVerifier verifier,
    Func<string, CancellationToken, Task<IssuerFetch>> fetch,
    Func<string, CancellationToken, Task<IssuerFetch>> fetchPublished
)
{
    private const int MaxIntermediates = 6;
    private const int MaxAddresses = 3;

    public async Task<RepairedChain> RepairAsync(ServedChain served, DateTimeOffset at, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(served);
        var steps = new List<string>();
        var chain = verifier.Assess(served, at);
        for (var round = 0; round < MaxIntermediates && (chain.Missing is not null || chain.CrossSign is not null); round++)
        {
            var larger = chain.Missing is { } missing ? await FetchAsync(missing, chain.Served, steps, cancellationToken) : null;
            larger ??= chain.CrossSign is { } cross ? await FetchAsync(cross, chain.Served, steps, cancellationToken) : null;
            if (larger is null)
            {
                break;
            }

            chain = verifier.Assess(larger, at);
        }

        return chain.IsTrusted && chain.Path is { } path ? Conclude(path, at, steps) : Failed(chain, steps);
    }

    private async Task<ServedChain?> FetchAsync(
        MissingIssuer missing,
        ServedChain chain,
        List<string> steps,
        CancellationToken cancellationToken
    )
    {
        foreach (var address in missing.Addresses.Take(MaxAddresses))
        {
            var answer = await fetch(address, cancellationToken);
            var known = chain.Certificates.Select(certificate => certificate.Sha256).ToHashSet(StringComparer.Ordinal);
            var fetched = verifier
                .Parse(answer.Certificates)
                .Certificates.Where(certificate =>
                    certificate.ParseError is null && certificate.Subject == missing.Subject && !known.Contains(certificate.Sha256)
                )
                .ToList();
            if (fetched.Count > 0)
            {
                steps.Add($"Fetched {Describe.Name(missing.Subject)} from {Describe.Name(address)}.");
                return verifier.Parse([
                    .. chain.Certificates.Select(certificate => certificate.Raw),
                    .. fetched.Select(certificate => certificate.Raw),
                ]);
            }

            steps.Add($"Fetched nothing useful from {Describe.Name(address)}: {answer.Problem ?? "what it offers is not the issuer"}.");
        }

        return null;
    }

    /// <summary>What the CA publishes is known by its hash, so that nothing else can take its place.</summary>
    private async Task<ServedChain?> FetchAsync(CrossSign cross, ServedChain chain, List<string> steps, CancellationToken cancellationToken)
    {
        if (cross.Address is not { } address || chain.Certificates.Any(certificate => certificate.Sha256 == cross.Sha256))
        {
            return null;
        }

        var answer = await fetchPublished(address, cancellationToken);
        var fetched = verifier.Parse(answer.Certificates).Certificates.FirstOrDefault(certificate => certificate.Sha256 == cross.Sha256);
        steps.Add(
            fetched is null
                ? $"Fetched nothing useful from {address}: "
                    + $"{answer.Problem ?? "what it offers is not the certificate that the CA published"}."
                : $"Fetched {cross.Root} as signed by {cross.Issuer} from {address}."
        );
        return fetched is null ? null : verifier.Parse([.. chain.Certificates.Select(certificate => certificate.Raw), fetched.Raw]);
    }

    private RepairedChain Conclude(VerifiedChain path, DateTimeOffset at, List<string> steps)
    {
        var bundle = verifier.Parse([
            .. path
                .Certificates.Where((certificate, index) => index == 0 || !verifier.Store.Holds(certificate))
                .Select(certificate => certificate.Raw),
        ]);
        var assessment = verifier.Assess(bundle, at);
        steps.Add(
            string.Create(
                CultureInfo.InvariantCulture,
                $"Install {bundle.Certificates.Count} certificates in this order: "
                    + $"{string.Join(", ", bundle.Certificates.Select(certificate => Describe.Name(certificate.Subject)))}."
            )
        );
        return new()
        {
            Steps = steps,
            Bundle = bundle,
            Assessment = assessment,
        };
    }

    private static RepairedChain Failed(ChainAssessment chain, List<string> steps) =>
        new()
        {
            Steps = steps,
            Bundle = new([]),
            Problem = chain.Faults.Count > 0 ? chain.Faults[0].Detail : "no path to a root was found",
        };
}
