using System.Globalization;
using OriginWatch.Edge;
using OriginWatch.Inventory;
using OriginWatch.Targets;
using OriginWatch.Text;

namespace OriginWatch.Rules.Reachability;

/// <summary>Sentences that the rules about CloudFront's answers share.</summary>
internal static class EdgeWords
{
    private const string PrefixList = "com.amazonaws.global.cloudfront.origin-facing";

    /// <summary>"CloudFront reached it at NRT57-C3, HTTP 404".</summary>
    public static string Reached(EdgeAnswer answer) =>
        string.Create(CultureInfo.InvariantCulture, $"CloudFront reached it at {answer.Pop}, HTTP {answer.Status}");

    /// <summary>As in a finding, whose words stay the same from night to night: without the place.</summary>
    public static string ReachedAnywhere(EdgeAnswer answer) =>
        string.Create(CultureInfo.InvariantCulture, $"CloudFront reached it, HTTP {answer.Status}");

    /// <summary>The behavior that was asked through, where it is not the default one.</summary>
    public static string Through(EdgeQuestion question) => $"through path pattern {Quoted.Text(question.Behavior.Behavior.PathPattern)}";

    public static string Limits(EdgeQuestion question) => string.Join("; ", question.Remarks);

    /// <summary>What to do about a failure that CloudFront itself named.</summary>
    public static string Remedy(EdgeAnswer failure, EdgeSighting sighting, Observation observation) =>
        failure.Kind switch
        {
            EdgeAnswerKind.DnsFailed => "Create a public DNS record for the origin domain. "
                + "CloudFront uses public DNS: a record in a private hosted zone alone is not visible to it.",
            _ when observation.Planned.Kind == OriginKind.Vpc =>
                "Check that the security group of the VPC origin's resource admits CloudFront on this port, "
                    + "and that the certificate of the load balancer or instance is valid for the requested name.",
            _ when observation.Planned.Origin.CustomOriginConfig?.HasOriginMtls is true =>
                "Check that the origin trusts the issuer of CloudFront's client certificate and that its own "
                    + "certificate is valid; the server's log tells which side ended the handshake.",
            _ when sighting.Direct == OriginVerdict.Accepts =>
                "Compare the addresses and certificates that CloudFront and this probe are given: "
                    + "an allow-list, regional DNS or a load balancer may serve CloudFront differently.",
            _ => $"Admit CloudFront's addresses (managed prefix list {PrefixList}) on the origin's port. "
                + "If they are admitted, check from inside the network that the certificate is valid for the requested "
                + "name and that its chain is complete.",
        };
}
