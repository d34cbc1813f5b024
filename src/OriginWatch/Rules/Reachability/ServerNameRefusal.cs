using OriginWatch.Probing;
using OriginWatch.Targets;
using OriginWatch.Tls;
using OriginWatch.Trust;

namespace OriginWatch.Rules.Reachability;

/// <summary>
/// Servers that have no site for a name refuse it before they send a certificate, each in its own way: unrecognized_name,
/// handshake_failure, internal_error,
/// a record of an odd version, a close. Only the same server's answer to another name tells that the name is at fault.
/// </summary>
internal static class ServerNameRefusal
{
    public static bool Is(ProbeFailure failure, TargetObservation target) =>
        failure is { Stage: ProbeStage.Handshake, Seen.Chain.Count: 0 } && (SaysSo(failure) || OwnName(failure, target) is not null);

    /// <summary>What the same address sent under the origin's own name; null where it was not asked, or refused that name too.</summary>
    public static SeenAttempt? OwnName(ProbeResult result, TargetObservation target)
    {
        var met = target.Addresses.FirstOrDefault(address =>
            address.Hellos.Any(hello => ReferenceEquals(hello.First.Result, result) || ReferenceEquals(hello.Confirmation?.Result, result))
        );
        return target
            .UnderOwnName.Where(address => met is null || Equals(address.Address, met.Address))
            .Select(address => address.Decisive.Last)
            .FirstOrDefault(attempt => attempt.Result is Handshake || attempt.Chain is not null);
    }

    /// <summary>Why CloudFront would not accept what was sent under the origin's own name, as one clause; null where it would.</summary>
    public static string? WhyNotEnough(SeenAttempt own, string originDomain) =>
        own.Chain is not { } chain ? "no certificate was seen under that name"
        : chain.ServerCertificate is not { ParseError: null } leaf ? "the certificate cannot be read"
        : !HostName.Match(leaf, originDomain).IsMatch ? $"the certificate sent there does not cover {originDomain}"
        : !chain.IsTrusted ? chain.Faults.Select(fault => fault.Detail).FirstOrDefault() ?? "the chain is not trusted"
        : own.Result is ProbeFailure failure ? failure.Detail
        : null;

    /// <summary>The alert alone where there is one: what an alert usually means is not what it means here.</summary>
    public static string Evidence(ProbeFailure failure) =>
        failure.Seen.Alerts.LastOrDefault(alert => alert.Received) is { } alert ? $"alert {alert.Number}, {alert.Name}" : failure.Detail;

    private static bool SaysSo(ProbeFailure failure) =>
        failure.Seen.Alerts.LastOrDefault(alert => alert.Received)?.Number == TlsAlerts.UnrecognizedName
        || failure is { Reason: FailureReason.AlertReceived, Seen.SpokeInstead: not null }; // an alert in a record without a version: refused before anything but the name was read
}
