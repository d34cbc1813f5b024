using System.Globalization;
using OriginWatch.Targets;
using OriginWatch.Tls;

namespace OriginWatch.Reporting;

/// <summary>Who reaches an origin, with which settings, and under which names it is asked.</summary>
internal static class ExplainConfiguration
{
    public static void Add(TextFlow flow, PlannedOrigin use)
    {
        var distribution = use.Distribution;
        flow.Blank();
        ExplainReport.AddField(flow, "Origin", $"{use.Origin.DomainName} ({WireNames.Of(use.Kind)})");
        ExplainReport.AddField(
            flow,
            "Distribution",
            string.Join(
                ", ",
                new[]
                {
                    distribution.DomainName,
                    distribution.Enabled ? null : "disabled",
                    distribution.Staging ? "staging" : null,
                    distribution.Comment is { Length: > 0 } comment ? $"\"{comment}\"" : null,
                }.OfType<string>()
            )
        );
        ExplainReport.AddField(flow, "Aliases", distribution.Aliases.Count > 0 ? string.Join(", ", distribution.Aliases) : "none");
        ExplainReport.AddField(flow, "Settings", Settings(use));
        foreach (var (i, behavior) in use.Behaviors.Index())
        {
            ExplainReport.AddField(flow, i == 0 ? "Behaviors" : "", Behavior(behavior));
        }

        if (use.Behaviors.Count == 0)
        {
            ExplainReport.AddField(flow, "Behaviors", "none reaches it");
        }

        ExplainReport.AddField(
            flow,
            "Host header",
            $"{Forwarding(use.HostForwarding)}{(use.HostForwardingReason.Length > 0 ? $": {use.HostForwardingReason}" : "")}"
        );
        foreach (var (i, name) in use.Names.Index())
        {
            ExplainReport.AddField(
                flow,
                i == 0 ? "Requested names" : "",
                $"{name.Target.ServerName}, {Role(name.Role)}{(name.Decides ? "" : ", informational only")}"
            );
        }

        foreach (var cut in use.Cuts)
        {
            ExplainReport.AddField(flow, "Left out", cut);
        }
    }

    private static string Settings(PlannedOrigin use) =>
        use.Origin.CustomOriginConfig is { } custom
            ? string.Create(
                CultureInfo.InvariantCulture,
                $"{custom.OriginProtocolPolicy}, HTTPS port {custom.HttpsPort}, HTTP port {custom.HttpPort}, "
                    + $"protocols {Listed(custom.OriginSslProtocols)}, {custom.IpAddressType}, "
                    + $"{Phrases.Count(use.Origin.ConnectionAttempts, "attempt")} of "
                    + $"{use.Origin.ConnectionTimeout.TotalSeconds:0.#} "
                    + $"s{(custom.HasOriginMtls ? ", client certificate configured" : "")}"
            )
            : use.OriginProtocolPolicy?.Value ?? "none that can be read";

    private static string Listed(IReadOnlyList<TlsProtocol> protocols) =>
        protocols.Count == 0 ? "not stated" : string.Join(", ", protocols.Select(protocol => protocol.CloudFrontName()));

    private static string Behavior(BehaviorUse use)
    {
        var group = use.OriginGroupId is { } id ? $", {(use.IsPrimary ? "primary" : "secondary")} of group {id}" : "";
        var shadow = use.ShadowedBy is { } pattern ? $"; never reached, {pattern} takes its requests" : "";
        return $"{use.Behavior.PathPattern} ({use.Behavior.ViewerProtocolPolicy}{group}){shadow}";
    }

    private static string Forwarding(HostForwarding forwarding) =>
        forwarding switch
        {
            HostForwarding.NotForwarded => "not forwarded",
            HostForwarding.Forwarded => "forwarded from the viewer",
            HostForwarding.Both => "forwarded by some behaviors",
            _ => "unknown",
        };

    private static string Role(ServerNameRole role) =>
        role switch
        {
            ServerNameRole.OriginDomain => "the origin's domain name",
            ServerNameRole.Alias => "an alias of the distribution",
            ServerNameRole.DistributionDomain => "the distribution's own name",
            _ => "a tenant's domain",
        };
}
