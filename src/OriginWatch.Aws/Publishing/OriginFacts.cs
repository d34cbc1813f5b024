using OriginWatch.Audit;
using OriginWatch.Probing;
using OriginWatch.Reporting;
using OriginWatch.Rules;

namespace OriginWatch.Aws.Publishing;

/// <summary>Numbers that logs and metrics share.</summary>
internal static class OriginFacts
{
    /// <summary>Whole days until the first of its certificates expires; negative afterwards, null when none was seen.</summary>
    public static double? DaysToExpiry(OriginReport origin) =>
        Attempts(origin)
            .Select(attempt =>
                attempt.Chain?.ServerCertificate is { ParseError: null } leaf
                    ? Math.Floor((leaf.NotAfter - origin.Observation.Now).TotalDays)
                    : (double?)null
            )
            .Min();

    /// <summary>The first finding because of which viewers get an error; null where there is none.</summary>
    public static string? Reason(IEnumerable<Finding> findings) =>
        findings.FirstOrDefault(finding => finding.Rejects) is { } finding ? $"{finding.Rule.Id}: {finding.Detail}" : null;

    /// <summary>Milliseconds of each handshake, ascending. A handshake that several origins share counts once.</summary>
    public static IReadOnlyList<double> HandshakeTimes(params IEnumerable<OriginReport> origins) =>
        [
            .. origins
                .SelectMany(Attempts)
                .Select(attempt => attempt.Attempt)
                .Distinct<ProbeAttempt>(ReferenceEqualityComparer.Instance)
                .Select(attempt => (attempt.Result as Handshake)?.HandshakeTime?.TotalMilliseconds)
                .OfType<double>()
                .Order(),
        ];

    /// <summary>The last look of every hello to every address.</summary>
    private static IEnumerable<SeenAttempt> Attempts(OriginReport origin) =>
        origin.Observation.Targets.SelectMany(target => target.Addresses).SelectMany(address => address.Hellos).Select(hello => hello.Last);
}
