using System.Text.Json;

namespace OriginWatch.Benchmarks.Network;

/// <summary>Compares a report with what the farm's hosts deserve.</summary>
internal static class FarmVerdicts
{
    /// <summary>How many origins have another verdict or other failing rules than they should, and the first of them.</summary>
    public static async Task<(int Count, string? First)> WrongAsync(
        string reportFile,
        IReadOnlyList<int> hosts,
        CancellationToken cancellationToken
    )
    {
        await using var file = File.OpenRead(reportFile);
        using var report = await JsonDocument.ParseAsync(file, cancellationToken: cancellationToken);
        var failing = report
            .RootElement.GetProperty("findings")
            .EnumerateArray()
            .Where(finding => Is(finding, "status", "fail") && (Is(finding, "severity", "critical") || Is(finding, "severity", "high")))
            .ToLookup(finding => finding.GetProperty("distributionId").GetString(), finding => finding.GetProperty("ruleId").GetString());
        var origins = report.RootElement.GetProperty("origins").EnumerateArray().ToList();
        var wrong = origins
            .Where(
                (origin, index) =>
                    index < hosts.Count && !IsRight(origin, hosts[index], failing[origin.GetProperty("distributionId").GetString()])
            )
            .Select(origin => $"{origin.GetProperty("domainName")}: {origin.GetProperty("verdict")}")
            .ToList();
        return origins.Count == hosts.Count
            ? (wrong.Count, wrong.FirstOrDefault())
            : (Math.Max(1, wrong.Count), $"{origins.Count} origins instead of {hosts.Count}");
    }

    private static bool IsRight(JsonElement origin, int number, IEnumerable<string?> failing)
    {
        var (verdict, rule) = FarmHosts.ExpectationOf(FarmHosts.FaultOf(number));
        return Is(origin, "domainName", FarmHosts.Name(number))
            && Is(origin, "verdict", verdict.ToString())
            && failing.Distinct(StringComparer.Ordinal).SequenceEqual(rule is null ? [] : [rule], StringComparer.Ordinal);
    }

    private static bool Is(JsonElement element, string member, string value) =>
        string.Equals(element.GetProperty(member).GetString(), value, StringComparison.OrdinalIgnoreCase);
}
