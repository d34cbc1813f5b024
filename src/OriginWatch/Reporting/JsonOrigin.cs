using System.Text.Json;
using OriginWatch.Audit;
using OriginWatch.Probing;
using OriginWatch.Rules;
using OriginWatch.Targets;
using OriginWatch.Tls;
using OriginWatch.Trust;

namespace OriginWatch.Reporting;

/// <summary>One element of <c>origins</c>: what was seen, without judgement.</summary>
internal static class JsonOrigin
{
    public static void Write(Utf8JsonWriter json, OriginReport origin)
    {
        var use = origin.Planned;
        json.WriteStartObject();
        json.WriteText("distributionId", use.Distribution.Id);
        json.WriteText("originId", use.Origin.Id);
        json.WriteText("domainName", use.Origin.DomainName);
        json.WriteTexts("aliases", use.Distribution.Aliases);
        json.WriteString("kind", WireNames.Of(use.Kind));
        json.WriteString("verdict", WireNames.Of(origin.Verdict));
        json.WriteText("notProbedBecause", use.NotProbedBecause);
        json.WriteText("originProtocolPolicy", use.OriginProtocolPolicy?.Value);
        json.WriteBoolean("reached", use.IsReached);
        json.WriteString("hostForwarding", WireNames.Of(use.HostForwarding));
        json.WriteText("hostForwardingReason", use.HostForwardingReason);
        json.WriteTexts("remarks", origin.Remarks);
        JsonEdge.Write(json, origin.Observation.Edge);
        json.WriteStartArray("targets");
        foreach (var target in origin.Observation.Targets)
        {
            WriteTarget(json, target, OriginStory.NotJudgedBecause(origin, target));
        }

        json.WriteEndArray();
        json.WriteStartArray("httpPorts");
        foreach (var http in origin.Observation.Http)
        {
            WriteHttp(json, http);
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteHttp(Utf8JsonWriter json, HttpObservation http)
    {
        json.WriteStartObject();
        json.WriteText("domainName", http.Target.DomainName);
        json.WriteNumber("port", http.Target.Port);
        json.WriteNumber("addressesFound", http.AddressesFound);
        json.WriteStartArray("attempts");
        foreach (var attempt in OriginStory.Attempts(http.Addresses))
        {
            json.WriteStartObject();
            json.WriteText("address", attempt.Attempt.Address?.ToString());
            json.WriteBoolean("confirmation", attempt.Attempt.IsConfirmation);
            WriteFailure(json, attempt.Result as ProbeFailure);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteTarget(Utf8JsonWriter json, TargetObservation target, string? notJudgedBecause)
    {
        json.WriteStartObject();
        json.WriteText("serverName", target.Name.Target.ServerName);
        json.WriteNumber("port", target.Name.Target.Port);
        json.WriteString("role", WireNames.Of(target.Name.Role));
        json.WriteBoolean("decides", target.Name.Decides);
        json.WriteNumber("addressesFound", target.AddressesFound);
        json.WriteText("notJudgedBecause", notJudgedBecause);
        json.WriteStartArray("attempts");
        foreach (var attempt in OriginStory.Attempts(target.Addresses))
        {
            WriteAttempt(json, attempt);
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteAttempt(Utf8JsonWriter json, SeenAttempt attempt)
    {
        var seen = attempt.Result.Seen;
        json.WriteStartObject();
        json.WriteText("address", attempt.Attempt.Address?.ToString());
        json.WriteTexts("offered", attempt.Attempt.Offered.Select(protocol => protocol.CloudFrontName()));
        json.WriteBoolean("confirmation", attempt.Attempt.IsConfirmation);
        json.WriteText("protocol", seen.Protocol?.CloudFrontName());
        json.WriteText("cipherSuite", seen.CipherSuite is { } suite ? TlsNames.CipherSuite(suite) : null);
        json.WriteText("namedGroup", seen.NamedGroup is { } group ? TlsNames.NamedGroup(group) : null);
        json.WriteText("signatureScheme", seen.SignatureScheme is { } scheme ? TlsNames.SignatureScheme(scheme) : null);
        json.WriteStartArray("chain");
        foreach (var certificate in attempt.Chain?.Served.Certificates ?? [])
        {
            WriteCertificate(json, certificate);
        }

        json.WriteEndArray();
        WriteFailure(json, attempt.Result as ProbeFailure);
        json.WriteEndObject();
    }

    private static void WriteCertificate(Utf8JsonWriter json, ServedCertificate certificate)
    {
        var parsed = certificate.ParseError is null;
        json.WriteStartObject();
        json.WriteText("subject", certificate.Subject);
        json.WriteText("issuer", certificate.Issuer);
        json.WriteText("notBefore", parsed ? WireNames.Of(certificate.NotBefore) : null);
        json.WriteText("notAfter", parsed ? WireNames.Of(certificate.NotAfter) : null);
        json.WriteString("sha256", certificate.Sha256);
        json.WriteText("parseError", certificate.ParseError);
        json.WriteEndObject();
    }

    private static void WriteFailure(Utf8JsonWriter json, ProbeFailure? failure)
    {
        if (failure is null)
        {
            json.WriteNull("failure");
            return;
        }

        json.WriteStartObject("failure");
        json.WriteString("stage", WireNames.Of(failure.Stage));
        json.WriteString("reason", WireNames.Of(failure.Reason));
        json.WriteText("detail", failure.Detail);
        json.WriteEndObject();
    }
}
