using System.Globalization;
using OriginWatch.Text;
using OriginWatch.Trust.X509;

namespace OriginWatch.Trust.Paths;

/// <summary>Judges a path whose signatures verify (RFC 5280, section 6.1), at one time.</summary>
/// <param name="strict">True where pedantic faults count as rejections.</param>
/// <param name="at">The time, cut to the second as certificates have it.</param>
/// <param name="describe">How a certificate is called in a sentence, and its place in the sent list.</param>
internal sealed class PathValidator(bool strict, DateTimeOffset at, SentList describe)
{
    private const int BlockingCost = 10_000;
    private const int WeakCost = 100;
    private readonly DateTimeOffset _second = at.AddTicks(-(at.UtcTicks % TimeSpan.TicksPerSecond));

    public bool IsInTime(ParsedCertificate certificate) => certificate.IsValidAt(_second);

    public JudgedPath Judge(CandidatePath path, WorkBudget budget)
    {
        var faults = new List<ChainFault>();
        for (var index = 0; index < path.Certificates.Count; index++)
        {
            JudgeCertificate(path, index, faults);
        }

        JudgeNames(path, budget, faults);
        JudgeAnchor(path, faults);
        return new(path, faults, faults.Sum(Cost));
    }

    private int Cost(ChainFault fault) => fault.Kind switch
    {
        ChainFaultKind.WeakSignature or ChainFaultKind.WeakKey => WeakCost,
        ChainFaultKind.Pedantic => strict ? 1 : 0,
        ChainFaultKind.RootToBeDistrusted or ChainFaultKind.IntermediateExpiresFirst => 0,
        _ => BlockingCost,
    };

    private void JudgeCertificate(CandidatePath path, int index, List<ChainFault> faults)
    {
        var certificate = path.Certificates[index];
        foreach (var defect in certificate.Notes.Defects)
        {
            Add(faults, ChainFaultKind.InvalidPath, certificate, defect, "Have the certificate issued again without that fault.");
        }

        JudgeValidity(certificate, faults);
        var isAnchor = path.Anchor is not null && index == path.Certificates.Count - 1;
        if (index > 0)
        {
            JudgeIssuer(path, index, faults);
        }

        if (!certificate.Extensions.AllowsServerAuth)
        {
            Add(faults, ChainFaultKind.NoServerAuth, certificate, "its extended key usage does not include server authentication", "Have a certificate issued for server authentication (TLS web server).");
        }

        var isTop = isAnchor || (index > 0 && index == path.Certificates.Count - 1 && certificate.IsSelfIssued);
        JudgeStrength(certificate, index == 0, isTop, faults);
        JudgePedantry(certificate, index, isAnchor, faults);
    }

    private void JudgeValidity(ParsedCertificate certificate, List<ChainFault> faults)
    {
        if (_second > certificate.NotAfter)
        {
            Add(faults, ChainFaultKind.Expired, certificate, $"it expired on {Describe.Date(certificate.NotAfter)}", "Replace it by a renewed one and reload the server.");
        }
        else if (_second < certificate.NotBefore)
        {
            Add(faults, ChainFaultKind.NotYetValid, certificate, $"it is not valid before {Describe.Date(certificate.NotBefore)}", "Serve the certificate that is valid now, or check the clock of the machine that issued it.");
        }
    }

    private void JudgeIssuer(CandidatePath path, int index, List<ChainFault> faults)
    {
        var issuer = path.Certificates[index];
        var facts = issuer.Extensions;
        var isOldRoot = issuer.Version < 3 && path.Anchor is not null && index == path.Certificates.Count - 1;
        if (facts.IsCa != true && !isOldRoot)
        {
            AddInvalid(faults, issuer, facts.IsCa is null ? "it issued a certificate and has no basicConstraints" : "it issued a certificate and is no CA");
        }

        if (facts.KeyUsage is { } usage && !usage.HasFlag(KeyUsages.KeyCertSign))
        {
            AddInvalid(faults, issuer, "it issued a certificate and its key usage does not allow that");
        }

        var below = path.Certificates.Take(index).Skip(1).Count(certificate => !certificate.IsSelfIssued);
        if (facts.PathLength is { } length && below > length)
        {
            AddInvalid(faults, issuer, string.Create(CultureInfo.InvariantCulture, $"it allows {length} CAs below it and has {below}"));
        }
    }

    private void JudgeStrength(ParsedCertificate certificate, bool isLeaf, bool isTop, List<ChainFault> faults)
    {
        // Nobody relies on the signature of what ends the path.
        if (!isTop && certificate.SignatureAlgorithm.HashIsWeak)
        {
            Add(faults, ChainFaultKind.WeakSignature, certificate, $"it is signed with {certificate.SignatureAlgorithm.Name}", "Have it issued again with SHA-256.");
        }

        var key = certificate.PublicKey;
        if (isLeaf && KeyStrength.WhyUnusable(key) is { } reason)
        {
            Add(faults, ChainFaultKind.KeyNotUsable, certificate, $"its key is {KeyStrength.Name(key)}, and {reason}", "Make a new key, RSA of 2048 to 4096 bits or ECDSA on P-256 or P-384, and have a certificate issued for it.");
        }
        else if (KeyStrength.IsWeak(key))
        {
            Add(faults, ChainFaultKind.WeakKey, certificate, $"its key is {KeyStrength.Name(key)}", "Make a new key, RSA of 2048 bits or ECDSA on P-256, and have a certificate issued for it.");
        }
    }

    private void JudgePedantry(ParsedCertificate certificate, int index, bool isAnchor, List<ChainFault> faults)
    {
        var notes = certificate.Notes;
        IEnumerable<string> all = notes.Pedantries;
        all = index == 0 ? all.Concat(notes.LeafPedantries) : all.Concat(notes.IssuerPedantries);
        all = all.Concat(isAnchor && index > 0 ? notes.RootPedantries : notes.IssuedPedantries);
        foreach (var pedantry in all)
        {
            Add(faults, ChainFaultKind.Pedantic, certificate, pedantry, "Have it issued again by a CA that follows the profile.");
        }
    }

    private void JudgeNames(CandidatePath path, WorkBudget budget, List<ChainFault> faults)
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
                var isExempt = index > 0 && certificate.IsSelfIssued;
                if (!isExempt && NameConstraintCheck.Violation(certificate, constraints, index == 0, budget) is { } violation)
                {
                    AddInvalid(faults, certificate, $"{violation} by {describe.Name(path.Certificates[above])}");
                }
            }
        }
    }

    private void JudgeAnchor(CandidatePath path, List<ChainFault> faults)
    {
        if (path.Anchor?.PermittedDomain is { } domain && path.Leaf.Extensions.SubjectAltNames?.Dns.Find(name => !name.EndsWith("." + domain, StringComparison.OrdinalIgnoreCase)) is { } outside)
        {
            AddInvalid(faults, path.Leaf, $"DNS name {Describe.Name(outside)} is outside .{domain}, to which {Describe.Name(path.Anchor.Label)} is limited");
        }

        if (path.Anchor?.DistrustAfter is { } date)
        {
            var isDistrusted = path.Leaf.NotBefore > date;
            Add(
                faults,
                isDistrusted ? ChainFaultKind.DistrustedRoot : ChainFaultKind.RootToBeDistrusted,
                path.Leaf,
                isDistrusted
                    ? $"it was issued on {Describe.Date(path.Leaf.NotBefore)}, and Mozilla does not trust what {Describe.Name(path.Anchor.Label)} issued after {Describe.Date(date)}"
                    : $"Mozilla does not trust what {Describe.Name(path.Anchor.Label)} issued after {Describe.Date(date)}: it works today, the next renewal will not",
                "Have the next certificate issued by another CA.");
        }

        var issuers = path.Certificates.Skip(1).Where(certificate => certificate.NotAfter < path.Leaf.NotAfter).ToList();
        if (issuers.MinBy(certificate => certificate.NotAfter) is { } first)
        {
            Add(faults, ChainFaultKind.IntermediateExpiresFirst, first, $"it expires on {Describe.Date(first.NotAfter)}, before the server's certificate on {Describe.Date(path.Leaf.NotAfter)}", "Ask the CA for its current chain and install that.");
        }
    }

    private void AddInvalid(List<ChainFault> faults, ParsedCertificate certificate, string what)
        => Add(faults, ChainFaultKind.InvalidPath, certificate, what, "Install the chain that the CA hands out for this certificate; if that is the one, have the certificate issued by another CA.");

    private void Add(List<ChainFault> faults, ChainFaultKind kind, ParsedCertificate certificate, string what, string remedy)
        => faults.Add(new(kind, $"{describe.Name(certificate)}: {what}", remedy, describe.Position(certificate)));
}
