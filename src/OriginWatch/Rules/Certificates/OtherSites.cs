using OriginWatch.Rules.Configuration;
using OriginWatch.Rules.Reachability;
using OriginWatch.Targets;
using OriginWatch.Trust;

namespace OriginWatch.Rules.Certificates;

/// <summary>
/// A server that sends another site's certificate for a viewer's name, and a good one for the origin's own, has nothing to repair in that
/// other certificate:
/// whatever is wrong with it, the remedy is the name.
/// </summary>
internal static class OtherSites
{
    public static Verdict Remedy(Verdict verdict, ChainAssessment chain, TargetObservation target, PlannedOrigin planned) =>
        verdict is Verdict.Fail fail && IsOther(chain, target) ? fail with { Remediation = HostRemedy.StopForwarding(planned) } : verdict;

    private static bool IsOther(ChainAssessment chain, TargetObservation target) =>
        target.UnderOwnName.Count > 0
        && chain.ServerCertificate is { ParseError: null } leaf
        && !HostName.Match(leaf, target.Name.Target.ServerName).IsMatch
        && !HostName.Match(leaf, target.Name.Target.DomainName).IsMatch
        && target.UnderOwnName.All(address => ServerNameRefusal.WhyNotEnough(address.Decisive.Last, target.Name.Target.DomainName) is null);
}
