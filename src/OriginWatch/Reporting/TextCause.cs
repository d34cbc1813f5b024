using OriginWatch.Audit;
using OriginWatch.Text;
using OriginWatch.Trust;

namespace OriginWatch.Reporting;

/// <summary>What stands under a cause's first line: whom it concerns, the evidence, the remedy.</summary>
internal static class TextCause
{
    private const int ListedOrigins = 4;
    private const int ListedDetails = 6;
    private const int ListedRemedies = 4;

    public static void AddBody(TextFlow flow, Cause cause, DateTimeOffset now, ReportOptions options, int indent)
    {
        var listed = options.Verbose ? cause.Origins.Count : ListedOrigins;
        if (!cause.HasOneDetail)
        {
            flow.Add(indent, 2, new StyledSpan(Phrases.Reach(cause), TextStyle.Muted));
            AddDetails(flow, cause, options, indent);
        }
        else
        {
            AddEvidence(flow, cause, indent);
            var more = cause.Origins.Count > listed ? $" and {Phrases.Number(cause.Origins.Count - listed)} more" : "";
            flow.Add(
                indent,
                2,
                new StyledSpan(
                    $"{Phrases.Reach(cause)}: {string.Join(", ", Phrases.NamedOrigins(cause).Take(listed).Select(origin => Escape.Text(origin)))}{more}",
                    TextStyle.Muted
                )
            );
        }

        if (cause.Accounts.Count > 0)
        {
            var accounts = options.Verbose ? cause.Accounts.Count : ListedOrigins;
            flow.Add(
                indent,
                2,
                new StyledSpan(
                    $"{(cause.Accounts.Count == 1 ? "Account" : "Accounts")} "
                        + $"{string.Join(", ", cause.Accounts.Take(accounts).Select(account => Escape.Text(account)))}{(cause.Accounts.Count > accounts ? $" and {Phrases.Number(cause.Accounts.Count - accounts)} more" : "")}",
                    TextStyle.Muted
                )
            );
        }

        if (cause.IsAboutCertificate && cause.Certificate is { ParseError: null } leaf)
        {
            AddCertificate(flow, leaf, now, options, indent);
        }

        AddEdge(flow, cause, options, indent);
        foreach (var traffic in cause.Traffic.Take(options.Verbose ? int.MaxValue : ListedOrigins))
        {
            flow.Add(indent, 2, new StyledSpan($"{Escape.Text(traffic)}.", TextStyle.Muted));
        }

        AddRemedy(flow, cause, options, indent);
    }

    private static void AddEvidence(TextFlow flow, Cause cause, int indent)
    {
        if (Headline.Evidence(cause) is { } evidence)
        {
            flow.Add(indent, 2, new("Evidence: ", TextStyle.Strong), new(Escape.Text(evidence)));
        }
    }

    private static void AddEdge(TextFlow flow, Cause cause, ReportOptions options, int indent)
    {
        var listed = options.Verbose ? cause.Edge.Count : Math.Min(cause.Edge.Count, ListedOrigins);
        foreach (var sighting in cause.Edge.Take(listed))
        {
            flow.Add(indent, 2, new("CloudFront: ", TextStyle.Strong), new(Escape.Text(EdgeStory.Of(sighting))));
        }

        if (cause.Edge.Count > listed)
        {
            flow.Add(
                indent,
                2,
                new StyledSpan($"and {Phrases.Count(cause.Edge.Count - listed, "more answer")} of CloudFront", TextStyle.Muted)
            );
        }
    }

    private static void AddDetails(TextFlow flow, Cause cause, ReportOptions options, int indent)
    {
        var listed = options.Verbose ? cause.Findings.Count : ListedDetails;
        foreach (var finding in cause.Findings.Take(listed))
        {
            var place = finding.Target is { } target && cause.Targets.Count > 1 ? $" ({Escape.Text(target)})" : "";
            flow.Add(
                indent,
                4,
                new($"- {Escape.Text(Phrases.Named(finding))}{place}", TextStyle.Strong),
                new($": {Escape.Text(finding.Detail)}")
            );
        }

        if (cause.Findings.Count > listed)
        {
            flow.Add(indent, 2, new StyledSpan($"- and {Phrases.Number(cause.Findings.Count - listed)} more", TextStyle.Muted));
        }
    }

    private static void AddCertificate(TextFlow flow, ServedCertificate leaf, DateTimeOffset now, ReportOptions options, int indent)
    {
        flow.Add(
            indent,
            2,
            new StyledSpan(
                $"Certificate {Escape.Text(leaf.Subject)}, issued by {Escape.Text(leaf.Issuer)}, "
                    + $"valid until {Phrases.Date(leaf.NotAfter)} ({Phrases.Distance(leaf.NotAfter, now)})",
                TextStyle.Muted
            )
        );
        if (options.Verbose)
        {
            flow.Add(indent, 2, new StyledSpan($"sha256 {leaf.Sha256}", TextStyle.Muted));
        }
    }

    private static void AddRemedies(TextFlow flow, IReadOnlyList<CauseRemedy> remedies, ReportOptions options, int indent)
    {
        var listed = options.Verbose ? remedies.Count : ListedRemedies;
        foreach (var remedy in remedies.Take(listed))
        {
            var origins = Phrases.Listed(remedy.Origins, options.Verbose ? remedy.Origins.Count : ListedOrigins);
            flow.Add(indent, 4, new($"- {Escape.Text(origins)}", TextStyle.Strong), new($": {Escape.Text(options.Typed(remedy.Text))}"));
        }

        if (remedies.Count > listed)
        {
            flow.Add(indent, 2, new StyledSpan($"- and {Phrases.Number(remedies.Count - listed)} more, with --verbose", TextStyle.Muted));
        }
    }

    private static void AddRemedy(TextFlow flow, Cause cause, ReportOptions options, int indent)
    {
        if (cause.Section == ReportSection.Suppressed)
        {
            flow.Add(indent, 2, new("Accepted: ", TextStyle.Strong), new(Escape.Text(options.SuppressedBecause(cause.Findings[0]))));
            return;
        }

        var label = cause.Section == ReportSection.NotJudged ? "To evaluate it: " : "Fix: ";
        var remedies = cause.Remedies;
        if (remedies is [var only])
        {
            flow.Add(indent, 2, new(label, TextStyle.Strong), new(Escape.Text(options.Typed(only.Text))));
        }
        else
        {
            flow.Add(indent, 2, new StyledSpan(label.TrimEnd(), TextStyle.Strong));
            AddRemedies(flow, remedies, options, indent);
        }

        if (Phrases.Commands(cause.Findings[0]).Count > 0 && options.ExplainCommand is { } explain)
        {
            flow.Add(
                indent,
                2,
                new StyledSpan(
                    $"The commands: {Escape.Text(explain.Replace("{0}", cause.Origins[0], StringComparison.Ordinal))}",
                    TextStyle.Muted
                )
            );
        }
    }
}
