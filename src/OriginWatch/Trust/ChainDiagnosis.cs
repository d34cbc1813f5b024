using OriginWatch.Trust.Paths;
using OriginWatch.Trust.X509;

namespace OriginWatch.Trust;

/// <summary>Turns what the search found into one main diagnosis and what else is worth saying.</summary>
internal sealed class ChainDiagnosis(ServedChain served, SentList sent, ServedCertificate leaf, bool strict)
{
    public static ChainAssessment WithoutLeaf(ServedChain served) =>
        new()
        {
            Served = served,
            IsTrusted = false,
            Faults = served.FirstSent is { } first
                ?
                [
                    new(
                        ChainFaultKind.Unparseable,
                        $"certificate 0: {first.ParseError}",
                        "Install the certificate as DER or PEM text that is complete, and reload the server.",
                        first.Position
                    ),
                ]
                : [new(ChainFaultKind.NoCertificate, "the server sent no certificate", "Configure a certificate on the server.")],
            FirstToExpire = FirstToExpireOf(served.Certificates.Where(certificate => certificate.ParseError is null)),
        };

    /// <param name="search">What the search found.</param>
    /// <param name="walked">The path that s2n takes, judged.</param>
    /// <param name="judge">Judges where no path was found.</param>
    public ChainAssessment Conclude(PathSearch search, JudgedPath walked, PathValidator judge) =>
        search.Best is { } best ? WithPath(best, walked) : WithoutPath(search, judge);

    private ChainAssessment WithPath(JudgedPath best, JudgedPath walked)
    {
        var faults = best.Faults.Concat(new ServingOrder(served, sent, leaf).Faults(best.Path)).Concat(new SentListCheck(served).Faults());
        if (!best.IsRefused && (walked.Path.Anchor is null || walked.IsRefused))
        {
            faults = faults.Append(new TwinFault(sent, best, walked).Describe());
        }

        return Assessment(best.Path, [.. faults], null);
    }

    private ChainAssessment WithoutPath(PathSearch search, PathValidator judge)
    {
        var path = new CandidatePath(search.DeadEnd.Count > 0 ? search.DeadEnd : [leaf.Parsed!], null);
        var (fault, missing) = new DeadEnd(served, sent).Explain(path, search.BrokenLink);
        var others = judge
            .Judge(path)
            .Faults.Concat(new ServingOrder(served, sent, leaf).Faults(path))
            .Concat(new SentListCheck(served).Faults());
        if (fault.Kind == ChainFaultKind.SelfSignedLeaf)
        {
            others = others.Where(other =>
                other.Kind
                    is ChainFaultKind.Expired
                        or ChainFaultKind.NotYetValid
                        or ChainFaultKind.KeyNotUsable
                        or ChainFaultKind.TooManyCertificates
            );
        }

        return Assessment(path, [fault, .. others], missing);
    }

    private ChainAssessment Assessment(CandidatePath path, List<ChainFault> faults, MissingIssuer? missing)
    {
        var ordered = faults.OrderBy(fault => fault.Kind.Rank()).ThenBy(fault => fault.Position ?? int.MaxValue).ToList();
        var onPath = path.Certificates.Select(sent.Served).OfType<ServedCertificate>().ToList();
        return new()
        {
            Served = served,
            ServerCertificate = leaf,
            IsTrusted = path.Anchor is not null && !ordered.Exists(fault => IsRejection(fault.Kind)),
            Path = path.Anchor is { } anchor ? new(onPath, anchor.Certificate.Subject.Text) : null,
            Faults = ordered,
            FirstToExpire = FirstToExpireOf(onPath),
            Missing = missing,
        };
    }

    private bool IsRejection(ChainFaultKind kind) => kind.IsRejection() || (strict && kind == ChainFaultKind.Pedantic);

    private static ServedCertificate? FirstToExpireOf(IEnumerable<ServedCertificate> certificates) =>
        certificates.MinBy(certificate => certificate.NotAfter);
}
