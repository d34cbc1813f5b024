using System.Globalization;
using System.Text.Json;
using OriginWatch.Audit;
using OriginWatch.Edge;
using OriginWatch.Inventory.Organization;
using OriginWatch.Probing;
using OriginWatch.Rules;
using OriginWatch.Targets;
using OriginWatch.Trust;

namespace OriginWatch.Reporting;

/// <summary>The words that machine-readable reports use; a stable contract.</summary>
public static class WireNames
{
    public static IReadOnlyList<Severity> SeveritiesWorstFirst { get; } =
    [Severity.Critical, Severity.High, Severity.Medium, Severity.Low, Severity.Informational];

    public static string Of(Severity severity) => Camel(severity.ToString());

    public static string Of(OriginVerdict verdict) => Camel(verdict.ToString());

    public static string Of(AccountOutcome outcome) => Camel(outcome.ToString());

    public static string Of(FindingStatus status) => Camel(status.ToString());

    public static string Of(ProbeStage stage) => Camel(stage.ToString());

    public static string Of(FailureReason reason) => Camel(reason.ToString());

    public static string Of(OriginKind kind) => Camel(kind.ToString());

    public static string Of(EdgeAnswerKind kind) => Camel(kind.ToString());

    public static string Of(EdgeMode mode) => Camel(mode.ToString());

    public static string Of(HostForwarding forwarding) => Camel(forwarding.ToString());

    public static string Of(ServerNameRole role) => Camel(role.ToString());

    public static string Of(ChainFaultKind kind) => Camel(kind.ToString());

    /// <summary>ISO 8601 in UTC, whole seconds.</summary>
    public static string Of(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    private static string Camel(string name) => JsonNamingPolicy.CamelCase.ConvertName(name);
}
