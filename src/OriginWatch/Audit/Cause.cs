using OriginWatch.Rules;
using OriginWatch.Trust;

namespace OriginWatch.Audit;

/// <summary>One thing to mend, however many origins it stands behind.</summary>
public sealed record Cause
{
    public required ReportSection Section { get; init; }

    /// <summary>Never empty; the worst first.</summary>
    public required IReadOnlyList<Finding> Findings { get; init; }

    /// <summary>What was sent, where the cause is about certificates or a chain was seen at all.</summary>
    public ChainAssessment? Chain { get; init; }

    /// <summary>What CloudFront answered about these origins, where it is evidence.</summary>
    public IReadOnlyList<EdgeSighting> Edge { get; init; } = [];

    public RuleMetadata Rule => Findings[0].Rule;

    public Severity Severity => Findings[0].Severity;

    /// <summary><c>DISTRIBUTION/ORIGIN</c> of every finding, without repetition.</summary>
    public IReadOnlyList<string> Origins { get; init; } = [];

    public int Distributions { get; init; }

    /// <summary>The accounts concerned, in a scan of several; empty in a scan of one.</summary>
    public IReadOnlyList<string> Accounts =>
        [.. Findings.Select(finding => finding.AccountId).OfType<string>().Distinct(StringComparer.Ordinal)];

    /// <summary>What CloudFront counted, one sentence for each distribution that says something else.</summary>
    public IReadOnlyList<string> Traffic =>
        [.. Findings.Select(finding => finding.Traffic).OfType<string>().Distinct(StringComparer.Ordinal)];

    /// <summary>More than one only where a root is the matter.</summary>
    public int Certificates { get; init; } = 1;

    /// <summary>Distinct <c>server.name:port</c>; empty for a setting.</summary>
    public IReadOnlyList<string> Targets { get; init; } = [];

    /// <summary>When viewers will notice; null where that is now, or never.</summary>
    public DateTimeOffset? FailsAt { get; init; }

    /// <summary>Since when viewers get an error, where the finding says it; null where that is not known.</summary>
    public DateTimeOffset? Since => Findings[0].Since;

    /// <summary>True where all findings say the same.</summary>
    public bool HasOneDetail => Findings.All(finding => finding.Detail == Findings[0].Detail);

    public bool IsAboutCertificate => Chain is not null && Targets.Count > 0 && Rule.IsAboutCertificates && Certificates == 1;

    /// <summary>The certificate that it is about, as the first of its findings names one.</summary>
    public ServedCertificate? Certificate => Findings.Select(finding => finding.Certificate).FirstOrDefault(found => found is not null);

    /// <summary>What fixes it, that of the worst finding first.</summary>
    public IReadOnlyList<CauseRemedy> Remedies => CauseRemedy.Of(Findings);
}
