using OriginWatch.Text;
using OriginWatch.Trust.X509;

namespace OriginWatch.Trust.Paths;

/// <summary>What Mozilla's list says of the root of a path, and whether an issuer expires before the server's certificate.</summary>
internal static class AnchorCheck
{
    public static void Check(CandidatePath path, FaultList faults)
    {
        if (
            path.Anchor?.PermittedDomain is { } domain
            && path.Leaf.Extensions.SubjectAltNames?.Dns.FirstOrDefault(name =>
                !name.EndsWith("." + domain, StringComparison.OrdinalIgnoreCase)
            )
                is { } outside
        )
        {
            faults.AddInvalid(
                path.Leaf,
                $"DNS name {Describe.Name(outside)} is outside .{domain}, to which {Describe.Name(path.Anchor.Label)} is limited"
            );
        }

        CheckDistrust(path, faults);
        var issuers = path.Certificates.Skip(1).Where(certificate => certificate.NotAfter < path.Leaf.NotAfter).ToList();
        if (issuers.MinBy(certificate => certificate.NotAfter) is { } first)
        {
            faults.Add(
                ChainFaultKind.IntermediateExpiresFirst,
                first,
                $"it expires on {Describe.Date(first.NotAfter)}, before the server's certificate on {Describe.Date(path.Leaf.NotAfter)}",
                "Ask the CA for its current chain and install that."
            );
        }
    }

    private static void CheckDistrust(CandidatePath path, FaultList faults)
    {
        if (path.Anchor?.DistrustAfter is not { } date)
        {
            return;
        }

        var isDistrusted = path.Leaf.NotBefore > date;
        faults.Add(
            isDistrusted ? ChainFaultKind.DistrustedRoot : ChainFaultKind.RootToBeDistrusted,
            path.Leaf,
            isDistrusted
                ? $"it was issued on {Describe.Date(path.Leaf.NotBefore)}, "
                    + $"and Mozilla does not trust what {Describe.Name(path.Anchor.Label)} issued after {Describe.Date(date)}"
                : $"Mozilla does not trust what {Describe.Name(path.Anchor.Label)} issued after {Describe.Date(date)}: "
                    + "it works today, the next renewal will not",
            "Have the next certificate issued by another CA."
        );
    }
}
