using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using OriginWatch.Audit;
using OriginWatch.Edge;
using OriginWatch.Rules;

namespace OriginWatch.Reporting.Contract;

[Description(
    "What one audit of CloudFront custom origins found out. "
        + "Further members may appear; schemaVersion changes only when a member is removed or changes meaning."
)]
internal sealed record ReportJson
{
    [AllowedValues(JsonReport.SchemaVersion)]
    public required int SchemaVersion { get; init; }

    public required RunJson Run { get; init; }
    public required TotalsJson Totals { get; init; }

    [Description("Of a scan of several accounts; absent for one.")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<AccountJson>? Accounts { get; init; }

    public required IEnumerable<OriginJson> Origins { get; init; }
    public required IEnumerable<FindingJson> Findings { get; init; }

    public static ReportJson Of(AuditReport report, ReportOptions options) =>
        new()
        {
            SchemaVersion = JsonReport.SchemaVersion,
            Run = RunJson.Of(report.Run),
            Totals = TotalsJson.Of(report.Totals),
            Accounts = AccountJson.Of(report),
            Origins = report.Origins.Select(OriginJson.Of),
            Findings = report.Findings.Select(finding => FindingJson.Of(finding, options)),
        };
}

internal sealed record RunJson
{
    [DataType(DataType.DateTime)]
    public required string StartedAt { get; init; }

    [DataType(DataType.DateTime)]
    public required string FinishedAt { get; init; }

    [DataType(DataType.DateTime)]
    [Description("The instant at which certificates were evaluated.")]
    public required string JudgedAt { get; init; }

    public required string? AccountId { get; init; }

    [Description("The whole inventory was read and every planned target reached an outcome.")]
    public required bool Complete { get; init; }

    public required string? IncompleteBecause { get; init; }
    public required string TrustStore { get; init; }
    public required int? TrustStoreAgeDays { get; init; }

    [Description("Which origins CloudFront itself was asked about.")]
    public EdgeMode Edge { get; init; }

    public required IReadOnlyList<string> Remarks { get; init; }

    public static RunJson Of(RunFacts run) =>
        new()
        {
            StartedAt = WireNames.Of(run.StartedAt),
            FinishedAt = WireNames.Of(run.FinishedAt),
            JudgedAt = WireNames.Of(run.JudgedAt),
            AccountId = Bounded.Text(run.AccountId),
            Complete = run.Complete,
            IncompleteBecause = Bounded.Text(run.IncompleteBecause),
            TrustStore = Bounded.Text(run.TrustStore),
            TrustStoreAgeDays = run.TrustStoreAgeDays,
            Edge = run.Edge,
            Remarks = Bounded.Texts(run.Remarks),
        };
}

internal sealed record TotalsJson
{
    [Range(0, int.MaxValue)]
    public required int Distributions { get; init; }

    [Range(0, int.MaxValue)]
    public required int Origins { get; init; }

    [Range(0, int.MaxValue)]
    [Description("Distinct endpoints and names that were probed.")]
    public required int Targets { get; init; }

    [Description("Failing findings.")]
    public required SeverityCountsJson BySeverity { get; init; }

    [Range(0, int.MaxValue)]
    [Description("Findings that could not be evaluated.")]
    public required int Undetermined { get; init; }

    [Range(0, int.MaxValue)]
    [Description("Origins about which CloudFront itself was asked and answered.")]
    public int OriginsAskedAtEdge { get; init; }

    [Range(0, int.MaxValue)]
    [Description("Origins on which the handshake and CloudFront are both certain and differ.")]
    public int VerdictsContradicted { get; init; }

    [Description("Origins.")]
    public required VerdictCountsJson ByVerdict { get; init; }

    public static TotalsJson Of(Totals totals) =>
        new()
        {
            Distributions = totals.Distributions,
            Origins = totals.Origins,
            Targets = totals.Targets,
            BySeverity = SeverityCountsJson.Of(totals.BySeverity),
            Undetermined = totals.Undetermined,
            OriginsAskedAtEdge = totals.AskedAtEdge,
            VerdictsContradicted = totals.Contradicted,
            ByVerdict = VerdictCountsJson.Of(totals.ByVerdict),
        };
}

internal sealed record SeverityCountsJson
{
    [Range(0, int.MaxValue)]
    public required int Critical { get; init; }

    [Range(0, int.MaxValue)]
    public required int High { get; init; }

    [Range(0, int.MaxValue)]
    public required int Medium { get; init; }

    [Range(0, int.MaxValue)]
    public required int Low { get; init; }

    [Range(0, int.MaxValue)]
    public required int Informational { get; init; }

    public static SeverityCountsJson Of(IReadOnlyDictionary<Severity, int> counts) =>
        new()
        {
            Critical = counts.GetValueOrDefault(Severity.Critical),
            High = counts.GetValueOrDefault(Severity.High),
            Medium = counts.GetValueOrDefault(Severity.Medium),
            Low = counts.GetValueOrDefault(Severity.Low),
            Informational = counts.GetValueOrDefault(Severity.Informational),
        };
}

internal sealed record VerdictCountsJson
{
    [Range(0, int.MaxValue)]
    public required int Accepts { get; init; }

    [Range(0, int.MaxValue)]
    public required int Rejects { get; init; }

    [Range(0, int.MaxValue)]
    public required int Undetermined { get; init; }

    [Range(0, int.MaxValue)]
    public required int NotProbed { get; init; }

    public static VerdictCountsJson Of(IReadOnlyDictionary<OriginVerdict, int> counts) =>
        new()
        {
            Accepts = counts.GetValueOrDefault(OriginVerdict.Accepts),
            Rejects = counts.GetValueOrDefault(OriginVerdict.Rejects),
            Undetermined = counts.GetValueOrDefault(OriginVerdict.Undetermined),
            NotProbed = counts.GetValueOrDefault(OriginVerdict.NotProbed),
        };
}
