using System.Globalization;
using OriginWatch.Audit;
using OriginWatch.Text;
using OriginWatch.Trust;

namespace OriginWatch.Reporting;

/// <summary>Draws a chain for a terminal: a mark and a line for each certificate, and what follows from it.</summary>
internal static class ExplainChain
{
    private const int DrawnCertificates = 12;

    public static void Add(TextFlow flow, ChainAssessment chain, DateTimeOffset now, int indent)
    {
        var sent = chain.Served.Certificates;
        flow.Add(
            indent,
            0,
            new StyledSpan(
                $"Chain as sent: {Phrases.Count(sent.Count, "certificate")}, {(chain.IsTrusted ? "trusted" : "not trusted")}",
                TextStyle.Strong
            )
        );
        foreach (var certificate in sent.Take(DrawnCertificates))
        {
            AddCertificate(flow, certificate, chain, now, indent);
        }

        if (sent.Count > DrawnCertificates)
        {
            flow.Add(indent, 0, new StyledSpan($"and {Phrases.Number(sent.Count - DrawnCertificates)} more", TextStyle.Muted));
        }

        if (chain.Missing is { } missing)
        {
            flow.Add(indent + 2, 5, new("└─ ", TextStyle.Muted), new("✗ missing: ", TextStyle.Critical), new(Escape.Text(missing.Subject)));
        }
        else if (chain.Path is { } path)
        {
            flow.Add(
                indent + 2,
                5,
                new("└─ ", TextStyle.Muted),
                chain.IsTrusted ? new("✓ root: ", TextStyle.Good) : new("✗ root: ", TextStyle.Critical),
                new(Escape.Text(path.Root))
            );
        }

        foreach (var fault in chain.Faults.Where(fault => fault.Position is null))
        {
            AddFault(flow, fault, indent + 2);
        }
    }

    private static void AddCertificate(TextFlow flow, ServedCertificate certificate, ChainAssessment chain, DateTimeOffset now, int indent)
    {
        var faults = chain.Faults.Where(fault => fault.Position == certificate.Position).ToList();
        var mark =
            faults.Exists(fault => fault.Kind.Breaks()) ? new StyledSpan("✗", TextStyle.Critical)
            : faults.Count > 0 ? new("!", TextStyle.Medium)
            : new("✓", TextStyle.Good);
        var position = certificate.Position.ToString(CultureInfo.InvariantCulture);
        if (certificate.ParseError is { } error)
        {
            flow.Add(indent, 4, mark, new($" {position} not a certificate: {Escape.Text(error)}"));
        }
        else
        {
            flow.Add(indent, 4, mark, new($" {position} "), new(Escape.Text(certificate.Subject), TextStyle.Strong));
            flow.Add(
                indent + 2,
                2,
                new StyledSpan(
                    $"│ {Phrases.Date(certificate.NotBefore)} to {Phrases.Date(certificate.NotAfter)} "
                        + $"({Phrases.Distance(certificate.NotAfter, now)}), {Escape.Text(Phrases.Key(certificate))}, "
                        + $"serial {Escape.Text(certificate.SerialNumber)}",
                    TextStyle.Muted
                )
            );
            flow.Add(indent + 2, 2, new StyledSpan($"│ issued by {Escape.Text(certificate.Issuer)}", TextStyle.Muted));
        }

        flow.Add(indent + 2, 2, new StyledSpan($"│ sha256 {certificate.Sha256}", TextStyle.Muted));
        foreach (var fault in faults)
        {
            AddFault(flow, fault, indent + 2);
        }
    }

    private static void AddFault(TextFlow flow, ChainFault fault, int indent) =>
        flow.Add(
            indent,
            2,
            new("│ ", TextStyle.Muted),
            new(Escape.Text(fault.Detail), fault.Kind.Breaks() ? TextStyle.Critical : TextStyle.Medium),
            new(fault.Remedy is { } remedy ? $". {Escape.Text(remedy)}" : "")
        );
}
