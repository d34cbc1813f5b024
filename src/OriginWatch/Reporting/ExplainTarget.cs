using System.Globalization;
using OriginWatch.Audit;
using OriginWatch.Probing;
using OriginWatch.Rules;
using OriginWatch.Targets;
using OriginWatch.Text;
using OriginWatch.Tls;
using OriginWatch.Trust;

namespace OriginWatch.Reporting;

/// <summary>What was sent to one name and what came back, address by address, with the chain as a tree.</summary>
internal static class ExplainTarget
{
    private const int Indent = 2;

    public static void Add(TextFlow flow, TargetObservation target, DateTimeOffset now)
    {
        var name = target.Name.Target;
        flow.Blank();
        flow.Add(
            0,
            0,
            new StyledSpan(Escape.Text(string.Create(CultureInfo.InvariantCulture, $"{name.ServerName}:{name.Port}")), TextStyle.Heading)
        );
        AddConnectedTo(flow, name, target.Addresses, target.AddressesFound);
        foreach (var attempt in OriginStory.Attempts(target.Addresses))
        {
            ExplainReport.AddField(flow, "ClientHello", $"{attempt.Attempt.Offered}{Again(attempt)}", Indent);
            AddAnswer(flow, attempt, "");
        }

        foreach (var attempt in OriginStory.Attempts(target.UnderOwnName))
        {
            ExplainReport.AddField(
                flow,
                "ClientHello",
                $"{attempt.Attempt.Offered}, under the origin's own name {name.DomainName}",
                Indent
            );
            AddAnswer(flow, attempt, "");
        }

        if (OriginStory.Chain(target) is { } chain)
        {
            ExplainChain.Add(flow, chain, now, Indent);
        }
    }

    /// <summary>An HTTP port has no hello and no chain.</summary>
    public static void Add(TextFlow flow, HttpObservation http)
    {
        flow.Blank();
        flow.Add(
            0,
            0,
            new StyledSpan(
                Escape.Text(string.Create(CultureInfo.InvariantCulture, $"http://{http.Target.DomainName}:{http.Target.Port}")),
                TextStyle.Heading
            )
        );
        AddConnectedTo(flow, http.Target, http.Addresses, http.AddressesFound);
        foreach (var attempt in OriginStory.Attempts(http.Addresses))
        {
            AddAnswer(flow, attempt, Again(attempt));
        }
    }

    private static void AddConnectedTo(TextFlow flow, ConnectTarget target, IReadOnlyList<AddressObservation> addresses, int found) =>
        ExplainReport.AddField(
            flow,
            "Connected to",
            string.Create(
                CultureInfo.InvariantCulture,
                $"{target.DomainName}:{target.Port}, "
                    + $"{Phrases.Count(found, "address", "addresses")}{(addresses.Count < found ? $", {addresses.Count} probed" : "")}"
            ),
            Indent
        );

    private static string Again(SeenAttempt attempt) => attempt.Attempt.IsConfirmation ? ", retry" : "";

    private static void AddAnswer(TextFlow flow, SeenAttempt attempt, string again)
    {
        var address = $"{attempt.Attempt.Address?.ToString() ?? "lookup"}{again}";
        if (attempt.Result is ProbeFailure failure)
        {
            ExplainReport.AddField(
                flow,
                "Answer",
                $"{address}: failed at {WireNames.Of(failure.Stage)} ({WireNames.Of(failure.Reason)}): {failure.Detail}",
                Indent,
                TextStyle.Critical
            );
        }
        else
        {
            ExplainReport.AddField(flow, "Answer", $"{address}: {Negotiated(attempt.Result)}", Indent, TextStyle.Good);
        }

        foreach (var alert in attempt.Result.Seen.Alerts)
        {
            ExplainReport.AddField(
                flow,
                "Alert",
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{(alert.Received ? "received" : "sent")}, {(alert.Fatal ? "fatal" : "warning")}, {alert.Number} {alert.Name}"
                ),
                Indent
            );
        }
    }

    private static string Negotiated(ProbeResult result)
    {
        var seen = result.Seen;
        return string.Join(
            ", ",
            new[]
            {
                seen.Protocol?.CloudFrontName(),
                seen.CipherSuite is { } suite ? TlsNames.CipherSuite(suite) : null,
                seen.NamedGroup is { } group ? TlsNames.NamedGroup(group) : null,
                seen.SignatureScheme is { } scheme ? TlsNames.SignatureScheme(scheme) : null,
                seen.ClientCertificateRequested ? "client certificate requested" : null,
                seen.OcspStapled ? "OCSP staple" : null,
                Time("connected in", result.ConnectTime),
                Time("handshake in", result.HandshakeTime),
            }.OfType<string>()
        );
    }

    private static string? Time(string what, TimeSpan? time) =>
        time is { } span ? string.Create(CultureInfo.InvariantCulture, $"{what} {span.TotalMilliseconds:0} ms") : null;
}
