using System.Globalization;
using System.Text;
using System.Xml;
using OriginWatch.Audit;
using OriginWatch.Rules;
using OriginWatch.Targets;
using OriginWatch.Text;

namespace OriginWatch.Reporting;

/// <summary>
/// JUnit XML, as CI systems show it: a suite for each distribution, a case for each rule that was asked of an origin. No schema of it is
/// official;
/// this keeps to what Jenkins, GitLab and Azure Pipelines read alike. What is only worth knowing is no failure.
/// </summary>
public static class JUnitReport
{
    private static readonly XmlWriterSettings Settings = new()
    {
        Encoding = new UTF8Encoding(false),
        Indent = true,
        NewLineChars = "\n",
    };

    public static void Write(AuditReport report, Stream stream, ReportOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(report);
        var findings = report.Findings.ToLookup(finding => (finding.DistributionId, finding.OriginId, finding.Rule.Id));
        var suites = report
            .Origins.GroupBy(origin => origin.Planned.Distribution.Id, StringComparer.Ordinal)
            .Select(group =>
                (
                    Distribution: group.First().Planned.Distribution,
                    Cases: group.SelectMany(origin => Cases(origin, findings, options ?? ReportOptions.Default)).ToList()
                )
            )
            .ToList();
        using var xml = XmlWriter.Create(stream, Settings);
        xml.WriteStartElement("testsuites");
        xml.WriteAttributeString("name", "OriginWatch");
        WriteCounts(xml, [.. suites.SelectMany(suite => suite.Cases)], report.Run.Complete ? 0 : 1, ofRun: 1);
        xml.WriteAttributeString("time", Seconds(report.Run.FinishedAt - report.Run.StartedAt));
        WriteRun(xml, report.Run);
        foreach (var (distribution, cases) in suites)
        {
            WriteSuite(xml, distribution, cases, report.Run.StartedAt);
        }

        xml.WriteEndElement();
    }

    /// <summary>A run that is not complete is an error of its own: nobody may take what was not judged for a pass.</summary>
    private static void WriteRun(XmlWriter xml, RunFacts run)
    {
        xml.WriteStartElement("testsuite");
        xml.WriteAttributeString("name", "OriginWatch run");
        xml.WriteAttributeString("tests", "1");
        xml.WriteAttributeString("failures", "0");
        xml.WriteAttributeString("errors", run.Complete ? "0" : "1");
        xml.WriteAttributeString("skipped", "0");
        xml.WriteAttributeString("time", Seconds(run.FinishedAt - run.StartedAt));
        xml.WriteAttributeString("timestamp", Timestamp(run.StartedAt));
        xml.WriteStartElement("properties");
        WriteProperty(xml, "account", run.AccountId ?? "unknown");
        WriteProperty(xml, "trust-store", run.TrustStore);
        xml.WriteEndElement();
        xml.WriteStartElement("testcase");
        xml.WriteAttributeString("name", "The run is complete");
        xml.WriteAttributeString("classname", "OriginWatch");
        xml.WriteAttributeString("time", "0");
        if (run.IncompleteBecause is { } because)
        {
            WriteOutcome(xml, "error", "incomplete", because, because);
        }

        xml.WriteEndElement();
        xml.WriteEndElement();
    }

    private static void WriteSuite(XmlWriter xml, Inventory.Distribution distribution, List<JUnitCase> cases, DateTimeOffset startedAt)
    {
        xml.WriteStartElement("testsuite");
        xml.WriteAttributeString(
            "name",
            Escape.Text(distribution.Aliases is [var alias, ..] ? $"{alias} ({distribution.Id})" : distribution.Id)
        );
        WriteCounts(xml, cases, 0);
        xml.WriteAttributeString("time", "0");
        xml.WriteAttributeString("timestamp", Timestamp(startedAt));
        foreach (var test in cases)
        {
            xml.WriteStartElement("testcase");
            xml.WriteAttributeString("name", Escape.Text(test.Name));
            xml.WriteAttributeString("classname", Escape.Text(test.ClassName));
            xml.WriteAttributeString("time", "0");
            if (test.Outcome is { } outcome)
            {
                WriteOutcome(xml, outcome, test.Type, test.Message, test.Text);
            }

            xml.WriteEndElement();
        }

        xml.WriteEndElement();
    }

    private static IEnumerable<JUnitCase> Cases(
        OriginReport origin,
        ILookup<(string, string, string), Finding> findings,
        ReportOptions options
    )
    {
        foreach (var group in origin.Judgements.GroupBy(judgement => judgement.Rule.Id, StringComparer.Ordinal))
        {
            var rule = group.First().Rule;
            var found = findings[(origin.Planned.Distribution.Id, origin.Planned.Origin.Id, rule.Id)].ToList();
            if (found.Count > 0 || group.Any(judgement => judgement.Verdict is Verdict.Pass))
            {
                yield return JUnitCase.Of(origin.Planned, rule, found, options);
            }
        }
    }

    /// <param name="ofRun">Cases about the run itself.</param>
    private static void WriteCounts(XmlWriter xml, List<JUnitCase> cases, int errors, int ofRun = 0)
    {
        xml.WriteAttributeString("tests", Number(cases.Count + ofRun));
        xml.WriteAttributeString("failures", Number(cases.Count(test => test.Outcome == "failure")));
        xml.WriteAttributeString("errors", Number(errors));
        xml.WriteAttributeString("skipped", Number(cases.Count(test => test.Outcome == "skipped")));
    }

    private static void WriteOutcome(XmlWriter xml, string name, string? type, string message, string? text)
    {
        xml.WriteStartElement(name);
        if (type is not null)
        {
            xml.WriteAttributeString("type", type);
        }

        xml.WriteAttributeString("message", Escape.Text(message));
        xml.WriteString(string.Join('\n', (text ?? "").Split('\n').Select(line => Escape.Text(line, Escape.MaxBlockLength))));
        xml.WriteEndElement();
    }

    private static void WriteProperty(XmlWriter xml, string name, string value)
    {
        xml.WriteStartElement("property");
        xml.WriteAttributeString("name", name);
        xml.WriteAttributeString("value", Escape.Text(value));
        xml.WriteEndElement();
    }

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static string Seconds(TimeSpan time) => Math.Max(0, time.TotalSeconds).ToString("0.000", CultureInfo.InvariantCulture);

    /// <summary>ISO 8601 without an offset, as every reader takes it; UTC.</summary>
    private static string Timestamp(DateTimeOffset time) =>
        time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss", CultureInfo.InvariantCulture);
}

/// <summary>One rule's outcome for one origin; null for a pass.</summary>
internal sealed record JUnitCase(string Name, string ClassName, string? Outcome, string? Type, string Message, string? Text)
{
    public static JUnitCase Of(PlannedOrigin origin, RuleMetadata rule, IReadOnlyList<Finding> findings, ReportOptions options)
    {
        var name = $"{rule.Id} {rule.Title}";
        var className = $"{origin.Distribution.Id}.{origin.Origin.Id}";
        var failing = findings
            .Where(finding =>
                finding.Status == FindingStatus.Fail
                && finding.Severity > Severity.Informational
                && options.SuppressedBecause(finding) is null
            )
            .ToList();
        if (failing is [var first, ..])
        {
            var lines = failing.Select(finding => $"{finding.Target ?? origin.Origin.DomainName}: {finding.Detail}");
            return new(
                name,
                className,
                "failure",
                rule.Id,
                $"{first.Severity}: {first.Target ?? origin.Origin.DomainName}: {first.Detail}",
                string.Join('\n', [.. lines, $"Fix: {first.Remediation}", rule.Reference.AbsoluteUri])
            );
        }

        var suppressed = findings.Select(options.SuppressedBecause).FirstOrDefault(reason => reason is not null);
        var undetermined = findings.FirstOrDefault(finding => finding.Status == FindingStatus.Undetermined);
        return suppressed is not null ? new(name, className, "skipped", null, $"suppressed: {suppressed}", null)
            : undetermined is not null ? new(name, className, "skipped", null, $"undetermined: {undetermined.Detail}", null)
            : new(name, className, null, null, "", null);
    }
}
