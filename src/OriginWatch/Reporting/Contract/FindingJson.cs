using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using OriginWatch.Audit;
using OriginWatch.Rules;
using OriginWatch.Text;

namespace OriginWatch.Reporting.Contract;

internal sealed record FindingJson
{
    [Description("Stable from run to run.")]
    public required string Key { get; init; }

    [RegularExpression("^OW[0-9]{3}$")]
    public required string RuleId { get; init; }

    public required Severity Severity { get; init; }
    public required FindingStatus Status { get; init; }

    [Description("In a scan of several accounts; absent for one.")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? AccountId { get; init; }

    public required string DistributionId { get; init; }
    public required string OriginId { get; init; }
    public IReadOnlyList<string> Aliases { get; init; } = [];

    [Description("server.name:port; null where the finding is about the configuration.")]
    public required string? Target { get; init; }

    public required string Detail { get; init; }
    public required string Remediation { get; init; }

    [Description("The compliant state.")]
    public required string Title { get; init; }

    [DataType(DataType.Url)]
    public required string Reference { get; init; }

    [Description("Equal for findings with one cause.")]
    public required string Cause { get; init; }

    public required bool RejectsTraffic { get; init; }

    [Description("What CloudFront counted for the distribution; present only where its metrics were read and say something.")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Traffic { get; init; }

    public required string? SuppressedBecause { get; init; }

    [Description("Present only when the run was compared with an earlier report.")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public bool? IsNew { get; init; }

    public static FindingJson Of(Finding finding, ReportOptions options) =>
        new()
        {
            Key = finding.Key,
            RuleId = finding.Rule.Id,
            Severity = finding.Severity,
            Status = finding.Status,
            AccountId = Bounded.Text(finding.AccountId),
            DistributionId = Bounded.Text(finding.DistributionId),
            OriginId = Bounded.Text(finding.OriginId),
            Aliases = Bounded.Texts(finding.Aliases),
            Target = Bounded.Text(finding.Target),
            Detail = Bounded.Text(finding.Detail),
            Remediation = Bounded.Text(finding.Remediation, Escape.MaxBlockLength),
            Title = Bounded.Text(finding.Rule.Title),
            Reference = finding.Rule.Reference.AbsoluteUri,
            Cause = Bounded.Text(finding.Cause),
            RejectsTraffic = finding.Rejects,
            Traffic = Bounded.Text(finding.Traffic),
            SuppressedBecause = Bounded.Text(options.SuppressedBecause(finding)),
            IsNew = options.IsNew(finding),
        };
}
