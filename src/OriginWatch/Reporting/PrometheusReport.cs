using System.Globalization;
using System.Text;
using OriginWatch.Audit;
using OriginWatch.Rules;
using OriginWatch.Text;

namespace OriginWatch.Reporting;

/// <summary>
/// Prometheus' text format for the textfile collector of the node exporter: no timestamps, one HELP and TYPE a name, a newline at the end
/// (https://prometheus.io/docs/instrumenting/exposition_formats/). A series that was there stays: what this run could not see is taken from
/// the file before.
/// </summary>
public static class PrometheusReport
{
    private const string NotAfter = "originwatch_certificate_not_after_timestamp_seconds";
    private const string LastComplete = "originwatch_last_complete_run_timestamp_seconds";

    /// <param name="report">The run.</param>
    /// <param name="previous">What the file held that this one replaces; null where there is none.</param>
    public static string Render(AuditReport report, string? previous = null)
    {
        ArgumentNullException.ThrowIfNull(report);
        var text = new StringBuilder();
        var before = PrometheusSeries.Parse(previous, [NotAfter, LastComplete]);
        var account = ("account", report.Run.AccountId ?? "");
        Add(
            text,
            "originwatch_origin_rejected",
            "1 where CloudFront rejects the origin, so that viewers get an error.",
            report.Origins.Select(origin => new PrometheusSeries(
                "originwatch_origin_rejected",
                Labels(account, origin),
                origin.Verdict == OriginVerdict.Rejects ? 1 : 0
            ))
        );
        Add(
            text,
            "originwatch_origin_verdict",
            "1 for the verdict that the origin has, 0 for the others.",
            report.Origins.SelectMany(origin =>
                Enum.GetValues<OriginVerdict>()
                    .Select(verdict => new PrometheusSeries(
                        "originwatch_origin_verdict",
                        [.. Labels(account, origin), ("verdict", WireNames.Of(verdict))],
                        origin.Verdict == verdict ? 1 : 0
                    ))
            )
        );
        Add(
            text,
            NotAfter,
            "When the first certificate of the chain expires, as seen last.",
            WithOlder(NotAfterSeries(account, report), before, report)
        );
        Add(text, "originwatch_certificate_info", "1; names the issuer of the certificate that was seen.", InfoSeries(account, report));
        Add(
            text,
            "originwatch_findings",
            "Failing findings that are not suppressed, by severity.",
            WireNames.SeveritiesWorstFirst.Select(severity => new PrometheusSeries(
                "originwatch_findings",
                [account, ("severity", WireNames.Of(severity))],
                report.Totals.BySeverity.GetValueOrDefault(severity)
            ))
        );
        Add(
            text,
            "originwatch_findings_undetermined",
            "Findings that say what could not be evaluated.",
            [new("originwatch_findings_undetermined", [account], report.Totals.Undetermined)]
        );
        Add(
            text,
            "originwatch_run_complete",
            "1 where the last run read the whole inventory and reached an outcome for every target.",
            [new("originwatch_run_complete", [account], report.Run.Complete ? 1 : 0)]
        );
        Add(
            text,
            LastComplete,
            "When the last complete run ended.",
            report.Run.Complete
                ? [new(LastComplete, [account], report.Run.FinishedAt.ToUnixTimeSeconds())]
                : before.Where(series => series.Name == LastComplete).Take(1)
        );
        return text.ToString();
    }

    private static (string, string)[] Labels((string, string) account, OriginReport origin) =>
        [
            ("account", origin.Planned.Distribution.AccountId ?? account.Item2),
            ("distribution", origin.Planned.Distribution.Id),
            ("origin", origin.Planned.Origin.Id),
        ];

    private static (string, string)[] Labels((string, string) account, OriginReport origin, TargetObservation target) =>
        [
            .. Labels(account, origin),
            ("domain_name", target.Name.Target.DomainName),
            ("server_name", target.Name.Target.ServerName),
            ("port", target.Name.Target.Port.ToString(CultureInfo.InvariantCulture)),
        ];

    private static IEnumerable<PrometheusSeries> NotAfterSeries((string, string) account, AuditReport report) =>
        report
            .Origins.SelectMany(origin => origin.Observation.Targets.Select(target => (origin, target)))
            .Where(seen => OriginStory.ExpiresAt(OriginStory.Chain(seen.target)) is not null)
            .Select(seen => new PrometheusSeries(
                NotAfter,
                Labels(account, seen.origin, seen.target),
                OriginStory.ExpiresAt(OriginStory.Chain(seen.target))!.Value.ToUnixTimeSeconds()
            ));

    private static IEnumerable<PrometheusSeries> InfoSeries((string, string) account, AuditReport report) =>
        report
            .Origins.SelectMany(origin => origin.Observation.Targets.Select(target => (origin, target)))
            .Select(seen => (seen.origin, seen.target, Leaf: OriginStory.Chain(seen.target)?.ServerCertificate))
            .Where(seen => seen.Leaf is { ParseError: null })
            .Select(seen => new PrometheusSeries(
                "originwatch_certificate_info",
                [.. Labels(account, seen.origin, seen.target), ("issuer", seen.Leaf!.Issuer)],
                1
            ));

    /// <summary>What an earlier run saw of an origin that is still in the inventory and showed no certificate now.</summary>
    private static IEnumerable<PrometheusSeries> WithOlder(
        IEnumerable<PrometheusSeries> seen,
        IReadOnlyList<PrometheusSeries> before,
        AuditReport report
    )
    {
        var now = seen.DistinctBy(series => series.Key, StringComparer.Ordinal).ToList();
        var known = now.Select(series => series.Key).ToHashSet(StringComparer.Ordinal);
        var planned = report
            .Origins.SelectMany(origin =>
                origin.Observation.Targets.Select(target =>
                    new PrometheusSeries(NotAfter, Labels(("account", report.Run.AccountId ?? ""), origin, target), 0).Key
                )
            )
            .ToHashSet(StringComparer.Ordinal);
        return now.Concat(before.Where(series => series.Name == NotAfter && planned.Contains(series.Key) && known.Add(series.Key)));
    }

    private static void Add(StringBuilder text, string name, string help, IEnumerable<PrometheusSeries> series)
    {
        text.Append(CultureInfo.InvariantCulture, $"# HELP {name} {help}\n# TYPE {name} gauge\n");
        foreach (var one in series.DistinctBy(one => one.Key, StringComparer.Ordinal))
        {
            text.Append(CultureInfo.InvariantCulture, $"{one.Key} {one.Value}\n");
        }
    }
}
