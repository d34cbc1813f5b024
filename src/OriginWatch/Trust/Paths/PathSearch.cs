using OriginWatch.Trust.X509;

namespace OriginWatch.Trust.Paths;

/// <summary>
/// Looks for the best path from the server's certificate to a root, depth first through all certificates that were sent
/// (RFC 4158, section 2): a good path wins over a bad one. Of the roots and the sent list it uses nothing else.
/// </summary>
internal sealed class PathSearch(
    TrustStore store,
    LinkCache links,
    PathValidator judge,
    IReadOnlyList<ParsedCertificate> sent,
    WorkBudget budget
)
{
    private const int MaxDepth = 32;
    private readonly List<ParsedCertificate> _path = [];

    /// <summary>The best path to a root; null when there is none.</summary>
    public JudgedPath? Best { get; private set; }

    /// <summary>The longest path that ends in no root.</summary>
    public IReadOnlyList<ParsedCertificate> DeadEnd { get; private set; } = [];

    /// <summary>A certificate whose issuer was found by name and key identifier, and whose signature that issuer's key does not
    /// verify.</summary>
    public (ParsedCertificate Certificate, ParsedCertificate Issuer)? BrokenLink { get; private set; }

    /// <param name="leaf">Where paths begin.</param>
    /// <param name="walked">The path that s2n takes, judged; null where it reaches no root. It is kept where no other is better.</param>
    public void Run(ParsedCertificate leaf, JudgedPath? walked)
    {
        Best = walked;
        _path.Add(leaf);
        Extend(leaf);
    }

    private bool IsDone => Best is { IsClean: true } || budget.IsSpent;

    private void Extend(ParsedCertificate current)
    {
        if (store.Find(current) is { } self)
        {
            Complete(self, closed: true);
        }

        foreach (var anchor in store.WithSubject(current.Issuer))
        {
            if (!IsDone && !anchor.Certificate.IsSame(current) && IsSignedBy(current, anchor.Certificate))
            {
                Complete(anchor, closed: false);
            }
        }

        var extended = false;
        if (_path.Count < MaxDepth)
        {
            foreach (var issuer in Candidates(current))
            {
                extended |= TryExtend(current, issuer);
            }
        }

        if (!extended && _path.Count > DeadEnd.Count)
        {
            DeadEnd = [.. _path];
        }
    }

    private bool TryExtend(ParsedCertificate current, ParsedCertificate issuer)
    {
        if (IsDone || !budget.TakeStep() || !IsSignedBy(current, issuer))
        {
            return false;
        }

        _path.Add(issuer);
        Extend(issuer);
        _path.RemoveAt(_path.Count - 1);
        return true;
    }

    /// <summary>Those sent whose name fits, the likeliest first: key identifier, then validity, then the order sent.</summary>
    private IEnumerable<ParsedCertificate> Candidates(ParsedCertificate current) =>
        sent.Where(other => other.Subject.Matches(current.Issuer) && !_path.Exists(other.IsSameAuthority))
            .OrderBy(other =>
                KeyIdsAgree(current, other) switch
                {
                    true => 0,
                    null => 1,
                    false => 2,
                }
            )
            .ThenBy(other => judge.IsInTime(other) ? 0 : 1);

    /// <summary>A signature that cannot be checked is followed, and the path that needs it judged for it.</summary>
    private bool IsSignedBy(ParsedCertificate certificate, ParsedCertificate issuer)
    {
        var isSigned = links.Check(certificate, issuer, budget) != SignatureCheck.Invalid;
        if (!isSigned && KeyIdsAgree(certificate, issuer) != false)
        {
            BrokenLink ??= (certificate, issuer);
        }

        return isSigned;
    }

    /// <summary>Null where one of the two does not tell.</summary>
    private static bool? KeyIdsAgree(ParsedCertificate certificate, ParsedCertificate issuer) =>
        certificate.Extensions.AuthorityKeyId is { } wanted && issuer.Extensions.SubjectKeyId is { } offered
            ? wanted.Span.SequenceEqual(offered.Span)
            : null;

    private void Complete(TrustAnchor anchor, bool closed)
    {
        if (IsDone || !budget.TakeStep())
        {
            return;
        }

        IReadOnlyList<ParsedCertificate> certificates = closed ? [.. _path] : [.. _path, anchor.Certificate];
        var judged = judge.Judge(new(certificates, anchor));
        if (Best is null || judged.Cost < Best.Cost)
        {
            Best = judged;
        }
    }
}
