using OriginWatch.Trust.Paths;
using OriginWatch.Trust.X509;

namespace OriginWatch.Trust;

/// <summary>
/// How the list was sent, apart from whether it can be trusted: RFC 5246, section 7.4.2, and the Developer Guide want the server's
/// certificate first,
/// each next one the issuer of the one before, and nothing else.
/// </summary>
internal sealed class ServingOrder(ServedChain served, SentList sent, ServedCertificate leaf)
{
    /// <summary>s2n reads no more (its default, tls/s2n_x509_validator.c).</summary>
    private const int MostCertificates = 7;

    public IEnumerable<ChainFault> Faults(CandidatePath path)
    {
        var positions = path.Certificates.Select(sent.Position).OfType<int>().ToList();
        if (leaf.Position > 0)
        {
            yield return new(
                ChainFaultKind.LeafNotFirst,
                $"{leaf.Description} is the server's and stands after {served.Certificates[0].Description}",
                Order(positions),
                leaf.Position
            );
        }
        else if (!positions.SequenceEqual(positions.Order()))
        {
            yield return new(
                ChainFaultKind.OutOfOrder,
                $"the certificates were sent in the order {Numbers(positions.Order())} and belong in the order {Numbers(positions)}",
                Order(positions)
            );
        }
        else if (path.Anchor is not null && Misplaced(path) is { } misplaced)
        {
            yield return misplaced;
        }

        if (served.Certificates.Count > MostCertificates)
        {
            yield return new(
                ChainFaultKind.TooManyCertificates,
                $"{served.Certificates.Count} certificates were sent; s2n-tls, AWS's TLS library, reads {MostCertificates} by default",
                "Send the server's certificate and its intermediates, nothing else."
            )
            {
                Who = RejectedBy.AmazonAlone,
            };
        }

        foreach (var fault in path.Anchor is null ? Duplicates() : Superfluous(path, positions))
        {
            yield return fault;
        }
    }

    /// <summary>A root or a cross-certificate of it that stands before what it certifies: AWS's words are about the whole list, not about
    /// the path alone.</summary>
    private ChainFault? Misplaced(CandidatePath path)
    {
        var above = Above(path);
        foreach (var upper in sent.Certificates.Where(above.Contains))
        {
            var lower = path
                .Certificates.Concat(above)
                .FirstOrDefault(other =>
                    upper.Subject.Matches(other.Issuer) && !upper.IsSameAuthority(other) && sent.Position(other) > sent.Position(upper)
                );
            if (lower is not null)
            {
                return new(
                    ChainFaultKind.OutOfOrder,
                    $"{sent.Name(upper)} was sent before {sent.Name(lower)}, which it certifies",
                    $"Take {sent.Name(upper)} out of the chain, or move it to the end.",
                    sent.Position(upper)
                );
            }
        }

        return null;
    }

    /// <summary>Where no path reaches a root, nobody can tell what is superfluous.</summary>
    private IEnumerable<ChainFault> Duplicates() =>
        served
            .Certificates.Where(certificate => certificate.Parsed is { } parsed && sent.Position(parsed) < certificate.Position)
            .Select(Duplicate);

    private static ChainFault Duplicate(ServedCertificate certificate) =>
        new(
            ChainFaultKind.Duplicate,
            $"{certificate.Description} was sent before",
            "Take the repetition out of the chain.",
            certificate.Position
        );

    private IEnumerable<ChainFault> Superfluous(CandidatePath path, List<int> positions)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var above = Above(path);
        foreach (var certificate in served.Certificates)
        {
            if (!seen.Add(certificate.Sha256))
            {
                yield return Duplicate(certificate);
            }
            else if (certificate.Parsed is { } parsed && (IsRootOf(path, parsed) || above.Contains(parsed)))
            {
                yield return new(
                    ChainFaultKind.RootSent,
                    $"{certificate.Description} is at or above the root of the path: clients have the root already",
                    "It may be left out.",
                    certificate.Position
                );
            }
            else if (!positions.Contains(certificate.Position))
            {
                yield return new(
                    ChainFaultKind.OffPath,
                    $"{certificate.Description} is not part of the path to the "
                        + $"root{(certificate.ParseError is null ? "" : $" ({certificate.ParseError})")}",
                    "Take it out of the chain.",
                    certificate.Position
                );
            }
        }
    }

    private static bool IsRootOf(CandidatePath path, ParsedCertificate certificate) =>
        path.Certificates.Count > 1 && path.Anchor!.Certificate.IsSame(certificate);

    /// <summary>Cross-certificates of the root and what stands over them: CAs hand them out for clients with older roots.</summary>
    private HashSet<ParsedCertificate> Above(CandidatePath path)
    {
        var above = new HashSet<ParsedCertificate>();
        var frontier = new Queue<ParsedCertificate>([path.Top]);
        while (frontier.TryDequeue(out var current))
        {
            foreach (var certificate in sent.Certificates)
            {
                var isCross = certificate.IsSameAuthority(current) && !certificate.IsSame(current);
                var isIssuer = above.Contains(current) && certificate.Subject.Matches(current.Issuer);
                if ((isCross || isIssuer) && !path.Certificates.Contains(certificate) && above.Add(certificate))
                {
                    frontier.Enqueue(certificate);
                }
            }
        }

        return above;
    }

    private string Order(List<int> positions) =>
        $"Install them in this order: {string.Join(", ", positions.Select(position => served.Certificates[position].Description))}.";

    private static string Numbers(IEnumerable<int> positions) => string.Join(", ", positions);
}
