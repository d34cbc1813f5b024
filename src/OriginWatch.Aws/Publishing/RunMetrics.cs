using OriginWatch.Audit;
using OriginWatch.Edge;
using OriginWatch.History;
using OriginWatch.Reporting;
using OriginWatch.Rules;

namespace OriginWatch.Aws.Publishing;

/// <summary>One metric of the namespace.</summary>
/// <param name="Name">As alarms and dashboards name it.</param>
/// <param name="Unit">CloudWatch's word.</param>
/// <param name="Meaning">For the README.</param>
public sealed record MetricDefinition(string Name, string Unit, string Meaning);

/// <summary>The numbers of one run. A number that does not exist is left out; zero is sent as zero.</summary>
public static class RunMetrics
{
    public const string Namespace = "OriginWatch";
    public const string AccountDimension = "AccountId";
    public const string EnvironmentDimension = "Environment";

    private const string Count = "Count";
    private const string None = "None";
    private const string Seconds = "Seconds";
    private const string Milliseconds = "Milliseconds";

    /// <summary>In the order of the README.</summary>
    public static IReadOnlyList<MetricDefinition> All { get; } =
    [
        new("RunCompleted", Count, "1 after a complete run, 0 after any other"),
        new("DistributionsListed", Count, "distributions in the account"),
        new("OriginsJudged", Count, "origins that CloudFront is known to accept or to reject"),
        new("OriginsRejected", Count, "origins whose viewers get an error now, including those with suppressed findings"),
        new("OriginsUndetermined", Count, "origins that could not be evaluated"),
        new("OriginsAskedAtEdge", Count, "origins about which CloudFront itself was asked and answered; left out where EDGE is off"),
        new(
            "VerdictsContradicted",
            Count,
            "origins on which the handshake and CloudFront (its answer, or its metrics where they are read) are both "
                + "certain and differ; left out where neither is asked"
        ),
        new(
            "FindingsCritical",
            Count,
            "critical findings that are open: found in this run, or in an earlier one on an origin that this one could not evaluate"
        ),
        new("FindingsHigh", Count, "high findings that are open"),
        new("FindingsMedium", Count, "medium findings that are open"),
        new("FindingsLow", Count, "low findings that are open"),
        new(
            "FindingsNew",
            Count,
            "findings that the last run did not have; left out, as the next two, when the run could not be compared with it"
        ),
        new("FindingsResolved", Count, "findings of the last run that this one evaluated and did not find again"),
        new(
            "OriginsSuppressed",
            Count,
            "origins with an accepted (suppressed) finding; such findings are in none of the counts by severity"
        ),
        new(
            "MinDaysToExpiry",
            None,
            "whole days until the first certificate of an origin expires, negative afterwards; "
                + "left out when no certificate was seen, and after a run that was not complete"
        ),
        new("ConfirmedSubscribers", Count, "confirmed subscriptions of the topic; left out when it could not be asked"),
        new("TrustStoreAgeDays", None, "days since the root list was published; where the bucket holds one, since it was put there"),
        new("RunDurationSeconds", Seconds, "from the start of the run to the end of its evaluation"),
        new("HandshakeP50", Milliseconds, "median time of a TLS handshake; left out when there was none"),
        new("HandshakeP95", Milliseconds, "95th percentile of it"),
    ];

    private static IEnumerable<Severity> CountedSeverities =>
        WireNames.SeveritiesWorstFirst.Where(severity => severity > Severity.Informational);

    /// <param name="review">Null where nothing was judged.</param>
    /// <param name="confirmedSubscribers">Null where the topic could not be asked.</param>
    /// <param name="duration">Of the run so far.</param>
    internal static IReadOnlyDictionary<string, double> Of(RunReview? review, int? confirmedSubscribers, TimeSpan duration)
    {
        if (review is { Report.Run.Scope: not null })
        {
            return OfPart(review);
        }

        var values = new Dictionary<string, double?>(StringComparer.Ordinal)
        {
            ["RunCompleted"] = review is { Report.Run.Complete: true } ? 1 : 0,
            ["ConfirmedSubscribers"] = confirmedSubscribers,
            ["RunDurationSeconds"] = Math.Round(duration.TotalSeconds, 3),
        };
        if (review is not null)
        {
            AddReport(values, review.Report);
            AddCounts(values, review.Counts);
        }

        if (review is { KnowsChanges: true })
        {
            values["FindingsNew"] = review.FindingsNew;
            values["FindingsResolved"] = review.FindingsResolved;
            values["OriginsSuppressed"] = review.Suppressions.Origins;
        }

        return All.Where(metric => values.GetValueOrDefault(metric.Name) is not null)
            .ToDictionary(metric => metric.Name, metric => values[metric.Name]!.Value, StringComparer.Ordinal);
    }

    /// <summary>
    /// A run over a part says nothing of the whole, least of all that a whole run was complete. It sends the counts that it changed, so
    /// that alarms follow a repair;
    /// and nothing where nothing changed, since CloudWatch bills each hour in which a metric is sent.
    /// </summary>
    private static Dictionary<string, double> OfPart(RunReview review)
    {
        if (!review.Changes.HasNews)
        {
            return [];
        }

        var values = new Dictionary<string, double>(StringComparer.Ordinal)
        {
            ["OriginsRejected"] = review.Counts.Failing + review.Counts.FailingSuppressed,
            ["FindingsNew"] = review.FindingsNew,
            ["FindingsResolved"] = review.FindingsResolved,
        };
        foreach (var severity in CountedSeverities)
        {
            values[$"Findings{severity}"] = review.Counts.BySeverity[severity];
        }

        return values;
    }

    private static void AddReport(Dictionary<string, double?> values, AuditReport report)
    {
        var verdicts = report.Totals.ByVerdict;
        values["DistributionsListed"] = report.Totals.Distributions;
        values["OriginsJudged"] = verdicts[OriginVerdict.Accepts] + verdicts[OriginVerdict.Rejects];
        if (report.Run.Edge != EdgeMode.Off)
        {
            values["OriginsAskedAtEdge"] = report.Totals.AskedAtEdge;
        }

        if (report.Run.Edge != EdgeMode.Off || report.Origins.Any(origin => origin.Observation.Traffic is not null))
        {
            values["VerdictsContradicted"] = report.Totals.Contradicted;
        }

        values["MinDaysToExpiry"] = !report.Run.Complete ? null : report.Origins.Select(OriginFacts.DaysToExpiry).Min();
        values["TrustStoreAgeDays"] = report.Run.TrustStoreAgeDays;
        var times = OriginFacts.HandshakeTimes(report.Origins);
        values["HandshakeP50"] = Percentile(times, 0.50);
        values["HandshakeP95"] = Percentile(times, 0.95);
    }

    /// <summary>What the mail says.</summary>
    private static void AddCounts(Dictionary<string, double?> values, RunCounts counts)
    {
        values["OriginsRejected"] = counts.Failing + counts.FailingSuppressed;
        values["OriginsUndetermined"] = counts.NotJudged;
        foreach (var severity in CountedSeverities)
        {
            values[$"Findings{severity}"] = counts.BySeverity[severity];
        }
    }

    /// <summary>By nearest rank; null for an empty list.</summary>
    private static double? Percentile(IReadOnlyList<double> ordered, double part) =>
        ordered.Count == 0 ? null : Math.Round(ordered[Math.Max(0, (int)Math.Ceiling(part * ordered.Count) - 1)], 3);
}
