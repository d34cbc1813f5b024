using OriginWatch.Text;
using OriginWatch.Trust.X509;

namespace OriginWatch.Trust.Paths;

/// <summary>
/// Judges a path at one time as s2n-tls with AWS-LC does, and notes apart what RFC 5280 forbids beyond that. README.md beside this room
/// says for each difference who decides.
/// </summary>
/// <param name="strict">True where faults of form count as rejections.</param>
/// <param name="at">The time, cut to the second as certificates have it.</param>
/// <param name="sent">How a certificate is called in a sentence, and its place in the sent list.</param>
/// <param name="links">Which certificate was signed by which.</param>
/// <param name="budget">How much may be spent.</param>
internal sealed class PathValidator(bool strict, DateTimeOffset at, SentList sent, LinkCache links, WorkBudget budget)
{
    private const int BlockingCost = 10_000;
    private const int AmazonAloneCost = 5_000;
    private const int WeakCost = 100;
    private readonly DateTimeOffset _second = at.AddTicks(-(at.UtcTicks % TimeSpan.TicksPerSecond));

    public bool IsInTime(ParsedCertificate certificate) => !certificate.HasTimeOffset && certificate.IsValidAt(_second);

    public JudgedPath Judge(CandidatePath path)
    {
        var faults = new FaultList(sent);
        for (var index = 0; index < path.Certificates.Count; index++)
        {
            JudgeCertificate(path, index, faults);
        }

        JudgeNames(path, faults);
        AnchorCheck.Check(path, faults);
        return new(path, faults.Faults, faults.Faults.Sum(Cost), faults.Faults.Any(fault => fault.Kind.IsRejection()));
    }

    private int Cost(ChainFault fault) =>
        fault.Kind switch
        {
            ChainFaultKind.WeakSignature or ChainFaultKind.WeakKey => WeakCost,
            ChainFaultKind.Pedantic => strict ? 1 : 0,
            ChainFaultKind.RootToBeDistrusted or ChainFaultKind.IntermediateExpiresFirst => 0,
            _ => fault.Who == RejectedBy.AmazonAlone ? AmazonAloneCost : BlockingCost,
        };

    private void JudgeCertificate(CandidatePath path, int index, FaultList faults)
    {
        var certificate = path.Certificates[index];
        foreach (var defect in certificate.Notes.Defects)
        {
            faults.Add(
                ChainFaultKind.InvalidPath,
                certificate,
                defect.Text,
                "Have the certificate issued again without that fault.",
                defect.Refusal!.Value
            );
        }

        if (certificate.Notes.Unreadable is { } problem && path.IsTop(index))
        {
            faults.AddInvalid(certificate, problem, RejectedBy.AmazonAlone);
        }

        if (certificate.PublicKey.HasExplicitCurve && path.Certificates.Count > 1)
        {
            faults.AddInvalid(certificate, "the curve of its key is written out instead of named");
        }

        JudgeValidity(certificate, faults);
        PurposeCheck.Check(path, index, faults);
        if (index + 1 < path.Certificates.Count)
        {
            JudgeLink(certificate, path.Certificates[index + 1], faults);
        }

        var isTop = path.IsTop(index) || (index > 0 && index == path.Certificates.Count - 1 && certificate.IsSelfIssued);
        StrengthCheck.Check(certificate, index == 0, isTop, faults);
        JudgePedantry(path, index, faults);
    }

    private void JudgeValidity(ParsedCertificate certificate, FaultList faults)
    {
        if (certificate.HasTimeOffset)
        {
            faults.AddInvalid(certificate, "its validity is given with an offset from UTC (RFC 5280, section 4.1.2.5)");
        }
        else if (_second > certificate.NotAfter)
        {
            faults.Add(
                ChainFaultKind.Expired,
                certificate,
                $"it expired on {Describe.Date(certificate.NotAfter)}",
                "Install the renewed certificate and reload the server."
            );
        }
        else if (_second < certificate.NotBefore)
        {
            faults.Add(
                ChainFaultKind.NotYetValid,
                certificate,
                $"it is not valid before {Describe.Date(certificate.NotBefore)}",
                "Serve the certificate that is valid now, or check the clock of the machine that issued it."
            );
        }
    }

    private void JudgeLink(ParsedCertificate certificate, ParsedCertificate issuer, FaultList faults)
    {
        if (IssuerMatch.KeyMismatch(issuer, certificate) is { } mismatch)
        {
            faults.AddInvalid(certificate, $"its authorityKeyIdentifier {mismatch} than that of {sent.Name(issuer)}");
        }

        if (certificate.HasTwoAlgorithms)
        {
            faults.AddInvalid(certificate, "its two signature algorithms differ (RFC 5280, section 4.1.1.2)");
        }

        switch (links.Check(certificate, issuer, budget))
        {
            case SignatureCheck.Invalid:
                faults.Add(
                    ChainFaultKind.InvalidPath,
                    certificate,
                    $"its signature does not verify with the key of {sent.Name(issuer)}, which it names as its issuer",
                    "Install the chain that the CA provides for exactly this certificate."
                );
                break;
            case SignatureCheck.CannotCheck:
                faults.AddInvalid(
                    certificate,
                    $"its signature cannot be checked: {WhyUnchecked(certificate, issuer)}",
                    StrengthCheck.WhoChecksNot(certificate, issuer)
                );
                break;
            default:
                break;
        }
    }

    private string WhyUnchecked(ParsedCertificate certificate, ParsedCertificate issuer) =>
        certificate.SignatureAlgorithm.WhyUnchecked
        ?? (issuer.PublicKey.WhyUndecodable is { } problem ? $"{sent.Name(issuer)}: {problem}" : null)
        ?? (
            issuer.PublicKey.HasExplicitCurve
                ? $"the curve of the key of {sent.Name(issuer)} is written out instead of named"
                : $"with the key of {sent.Name(issuer)}, {KeyStrength.Name(issuer.PublicKey)}, it takes too long"
        );

    private static void JudgePedantry(CandidatePath path, int index, FaultList faults)
    {
        var certificate = path.Certificates[index];
        foreach (var pedantry in certificate.Notes.PedantriesAt(isServer: index == 0, isRoot: path.IsTop(index)))
        {
            faults.AddPedantic(certificate, pedantry);
        }
    }

    private void JudgeNames(CandidatePath path, FaultList faults)
    {
        for (var above = 1; above < path.Certificates.Count; above++)
        {
            if (path.Certificates[above].Extensions.NameConstraints is not { } constraints)
            {
                continue;
            }

            for (var index = 0; index < above; index++)
            {
                var certificate = path.Certificates[index];
                if (
                    (index == 0 || !certificate.HasOneName)
                    && NameConstraintCheck.Violation(certificate, constraints, index == 0, budget) is { } violation
                )
                {
                    faults.AddInvalid(certificate, $"{violation.Text} by {sent.Name(path.Certificates[above])}", violation.Who);
                }
            }
        }
    }
}
