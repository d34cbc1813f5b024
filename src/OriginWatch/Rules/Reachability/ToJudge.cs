using OriginWatch.Probing;

namespace OriginWatch.Rules.Reachability;

/// <summary>What would let a connection be judged that could not be judged from here. Never what fixes the origin: nobody knows that it is
/// broken.</summary>
internal static class ToJudge
{
    public const string FromHere =
        "Allow this machine's address at the origin, or request an uncached object through CloudFront: "
        + "HTTP 502 or 504 in its answer means that the origin is at fault.";

    public const string LongerRun = "Run again with more time, or over fewer distributions.";

    public static string Resolve(ProbeFailure failure, string name) =>
        failure.Reason switch
        {
            FailureReason.ServerFailure => "Check the name servers of the domain: "
                + $"run 'dig +trace {name}' (SERVFAIL there comes from the zone, often from DNSSEC or a dead name server), "
                + "then ask another resolver with --dns ADDRESS.",
            FailureReason.ResolverTimeout =>
                $"Check the resolver that this machine uses, or ask another with --dns ADDRESS: 'dig {name}' shows whether it answers.",
            _ => LongerRun,
        };

    public static string Connect(ProbeFailure failure) =>
        failure.Reason switch
        {
            FailureReason.AddressNotAllowed => "Check the public DNS record of the origin: CloudFront resolves names in public DNS. "
                + "For a test against a private address give --allow-private-addresses.",
            FailureReason.NoRouteForFamily => "Run the scan from a network with IPv6, or request an uncached object through CloudFront.",
            FailureReason.RunDeadline => LongerRun,
            _ => FromHere,
        };

    public const string Handshake =
        "Request an uncached object through CloudFront: HTTP 502 or 504 in its answer means that the origin is at fault. "
        + "Otherwise allow this machine's address at the origin and run again.";
}
