using System.Globalization;
using OriginWatch.Audit;
using OriginWatch.Inventory;
using OriginWatch.Probing;
using OriginWatch.Rules;
using OriginWatch.Targets;
using OriginWatch.Text;
using OriginWatch.Tls;

namespace OriginWatch.Reporting;

/// <summary>The whole story of one origin: who reaches it, under which names, what was sent and answered, and every rule's verdict with its reason.</summary>
public static class ExplainReport
{
    private const int Column = 16;

    public static IReadOnlyList<StyledLine> Render(OriginReport origin, ReportOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(origin);
        options ??= ReportOptions.Default;
        var flow = new TextFlow(options.Width);
        AddHead(flow, origin);
        AddConfiguration(flow, origin.Planned);
        foreach (var target in origin.Observation.Targets)
        {
            ExplainTarget.Add(flow, target, origin.Observation.Now);
        }

        foreach (var http in origin.Observation.Http)
        {
            ExplainTarget.Add(flow, http);
        }

        AddEdge(flow, origin);
        ExplainVerdicts.Add(flow, origin);
        return flow.Lines;
    }

    internal static void AddField(TextFlow flow, string name, string text, int indent = 0, TextStyle style = TextStyle.Plain)
        => flow.Add(indent, Column - indent, new(name, TextStyle.Muted), new(new string(TextFlow.NoBreakSpace, Math.Max(1, Column - indent - name.Length))), new(Escape.Text(text), style));

    private static void AddHead(TextFlow flow, OriginReport origin)
    {
        var (words, style) = origin.Verdict switch
        {
            OriginVerdict.Accepts => ("CloudFront accepts this origin", TextStyle.Good),
            OriginVerdict.Rejects => ("CloudFront rejects this origin: its viewers get an error", TextStyle.Critical),
            OriginVerdict.Undetermined => ("this origin could not be judged from here", TextStyle.High),
            _ when origin.Observation.Http.Count > 0 => ("CloudFront fetches from this origin over HTTP alone; its HTTP port accepts connections, what it answers is not judged", TextStyle.Muted),
            _ => ("this origin is not probed", TextStyle.Muted),
        };
        flow.Add(0, 0, new(Escape.Text($"{origin.Planned.Distribution.Id}/{origin.Planned.Origin.Id}"), TextStyle.Heading), new($": {words}", style));
        if (origin.Planned.NotProbedBecause is { } reason)
        {
            AddField(flow, "Not probed", reason);
        }
    }

    private static void AddEdge(TextFlow flow, OriginReport origin)
    {
        var answers = EdgeStory.Of(origin);
        if (answers.Count > 0)
        {
            flow.Blank();
        }

        foreach (var (i, answer) in answers.Index())
        {
            AddField(flow, i == 0 ? "CloudFront" : "", answer);
        }
    }

    private static void AddConfiguration(TextFlow flow, PlannedOrigin use)
    {
        var distribution = use.Distribution;
        flow.Blank();
        AddField(flow, "Origin", $"{use.Origin.DomainName} ({WireNames.Of(use.Kind)})");
        AddField(flow, "Distribution", string.Join(", ", new[] { distribution.DomainName, distribution.Enabled ? null : "disabled", distribution.Staging ? "staging" : null, distribution.Comment is { Length: > 0 } comment ? $"\"{comment}\"" : null }.OfType<string>()));
        AddField(flow, "Aliases", distribution.Aliases.Count > 0 ? string.Join(", ", distribution.Aliases) : "none");
        AddField(flow, "Settings", Settings(use));
        foreach (var (i, behavior) in use.Behaviors.Index())
        {
            AddField(flow, i == 0 ? "Behaviors" : "", Behavior(behavior));
        }

        if (use.Behaviors.Count == 0)
        {
            AddField(flow, "Behaviors", "none reaches it");
        }

        AddField(flow, "Host header", $"{Forwarding(use.HostForwarding)}{(use.HostForwardingReason.Length > 0 ? $": {use.HostForwardingReason}" : "")}");
        foreach (var (i, name) in use.Names.Index())
        {
            AddField(flow, i == 0 ? "Names asked for" : "", $"{name.Target.ServerName}, {Role(name.Role)}{(name.Decides ? "" : ", informational only")}");
        }

        foreach (var cut in use.Cuts)
        {
            AddField(flow, "Left out", cut);
        }
    }

    private static string Settings(PlannedOrigin use) => use.Origin.CustomOriginConfig is { } custom
        ? string.Create(CultureInfo.InvariantCulture, $"{custom.OriginProtocolPolicy}, HTTPS port {custom.HttpsPort}, HTTP port {custom.HttpPort}, protocols {Listed(custom.OriginSslProtocols)}, {custom.IpAddressType}, {Phrases.Count(use.Origin.ConnectionAttempts, "attempt")} of {use.Origin.ConnectionTimeout.TotalSeconds:0.#} s{(custom.HasOriginMtls ? ", client certificate configured" : "")}")
        : use.OriginProtocolPolicy?.Value ?? "none that can be read";

    private static string Listed(IReadOnlyList<TlsProtocol> protocols) => protocols.Count == 0 ? "not stated" : string.Join(", ", protocols.Select(protocol => protocol.CloudFrontName()));

    private static string Behavior(BehaviorUse use)
    {
        var group = use.OriginGroupId is { } id ? $", {(use.IsPrimary ? "primary" : "secondary")} of group {id}" : "";
        var shadow = use.ShadowedBy is { } pattern ? $"; never reached, {pattern} takes its requests" : "";
        return $"{use.Behavior.PathPattern} ({use.Behavior.ViewerProtocolPolicy}{group}){shadow}";
    }

    private static string Forwarding(HostForwarding forwarding) => forwarding switch
    {
        HostForwarding.NotForwarded => "not forwarded",
        HostForwarding.Forwarded => "forwarded from the viewer",
        HostForwarding.Both => "forwarded by some behaviors",
        _ => "unknown",
    };

    private static string Role(ServerNameRole role) => role switch
    {
        ServerNameRole.OriginDomain => "the origin's domain name",
        ServerNameRole.Alias => "an alias of the distribution",
        ServerNameRole.DistributionDomain => "the distribution's own name",
        _ => "a tenant's domain",
    };
}
