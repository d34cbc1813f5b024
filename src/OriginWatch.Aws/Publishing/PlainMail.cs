using System.Text;
using OriginWatch.Audit;
using OriginWatch.Reporting;
using OriginWatch.Rules;

namespace OriginWatch.Aws.Publishing;

/// <summary>One e-mail: a subject that says the verdict first, and plain text.</summary>
internal sealed record PlainMail(string Subject, string Text)
{
    /// <summary>SNS takes fewer than 100 characters, in ASCII and without line breaks.</summary>
    public const int LongestSubject = 99;

    /// <summary>Bytes. SNS takes 256 KiB for everything; what escaping adds has room.</summary>
    public const int LongestText = 120_000;

    /// <summary>What is wider is wrapped by somebody else, badly.</summary>
    private const int Columns = 78;

    private const string Incomplete = "INCOMPLETE";

    public static PlainMail Of(AuditReport report, string environment)
        => new(SubjectOf(report, environment), Bounded(TextReport.Render(report, ReportOptions.Default with { Width = Columns }).ToPlainText()));

    /// <summary>For a run that judged nothing.</summary>
    public static PlainMail OfFault(string sentence, string? accountId, string environment)
        => new(
            OneAsciiLine($"[FAILED] CloudFront origins: nothing was judged ({Where(accountId, environment)})"),
            Bounded($"OriginWatch judged nothing in this run. No origin is known to be well or ill.\n\n{sentence}\n\nThe next run comes as scheduled; to run at once, invoke the function.\n"));

    /// <summary>The least urgent facts give way where they would push the account out.</summary>
    private static string SubjectOf(AuditReport report, string environment)
    {
        var facts = Facts(report).ToList();
        while (facts.Count > 1 && Line().Length > LongestSubject)
        {
            facts.RemoveAt(facts.Count - 1);
        }

        return OneAsciiLine(Line());

        string Line() => $"[{Verdict(report)}] CloudFront origins: {string.Join(", ", facts)} ({Where(report.Run.AccountId, environment)})";
    }

    private static IEnumerable<string> Facts(AuditReport report)
    {
        yield return report.Totals.ByVerdict[OriginVerdict.Rejects] is > 0 and var rejected ? $"{rejected} failing" : "none known to fail";
        if (!report.Run.Complete && Verdict(report) != Incomplete)
        {
            yield return "incomplete run";
        }

        foreach (var severity in new[] { Severity.Critical, Severity.High, Severity.Medium }.Where(severity => report.Totals.BySeverity[severity] > 0))
        {
            yield return $"{report.Totals.BySeverity[severity]} {WireNames.Of(severity)}";
        }

        if (report.Totals.ByVerdict[OriginVerdict.Undetermined] is > 0 and var unknown)
        {
            yield return $"{unknown} not judged";
        }
    }

    /// <summary>The worst severity that is mailed; "all is well" only where the run saw everything.</summary>
    private static string Verdict(AuditReport report)
    {
        var failing = WireNames.SeveritiesWorstFirst.Where(severity => severity > Severity.Informational && report.Totals.BySeverity[severity] > 0).ToList();
        return failing.Count > 0 ? failing[0].ToString().ToUpperInvariant() : report.Run.Complete ? "OK" : Incomplete;
    }

    private static string Where(string? accountId, string environment) => accountId is null ? environment : $"{accountId} {environment}";

    private static string OneAsciiLine(string subject)
    {
        var line = string.Concat(subject.Select(character => character is >= ' ' and <= '~' ? character : '?'));
        return line.Length <= LongestSubject ? line : $"{line[..(LongestSubject - 3)]}...";
    }

    /// <summary>Cut at the end of a line, and said so.</summary>
    private static string Bounded(string text)
    {
        const string Cut = "\nThis report was cut here: SNS takes no longer message. The log has one line per origin.\n";
        if (Encoding.UTF8.GetByteCount(text) <= LongestText)
        {
            return text;
        }

        var kept = new StringBuilder();
        var left = LongestText - Encoding.UTF8.GetByteCount(Cut);
        foreach (var line in text.Split('\n'))
        {
            left -= Encoding.UTF8.GetByteCount(line) + 1;
            if (left < 0)
            {
                break;
            }

            kept.Append(line).Append('\n');
        }

        return kept.Append(Cut).ToString();
    }
}
