using System.Globalization;
using System.Text;
using OriginWatch.Text;
using OriginWatch.Trust;

namespace OriginWatch.Reporting;

/// <summary>What <c>check-chain</c> says, for a terminal.</summary>
public static class ChainCheckReport
{
    private const int SubjectWidth = 60;

    public static string Text(ChainCheck check)
    {
        ArgumentNullException.ThrowIfNull(check);
        var text = new StringBuilder().AppendLine(ChainVerdict.Sentence(check)).AppendLine();
        foreach (var certificate in check.Chain.Served.Certificates)
        {
            text.AppendLine(Row(certificate));
        }

        var chain = check.Chain;
        text.AppendLine();
        Line(text, "Trusted", chain.IsTrusted ? $"yes, by {Escape.Text(chain.Path!.Root)}" : "no");
        Line(text, "Order", check.IsWellServed ? "in order and complete" : "wrong or incomplete, see below");
        foreach (var name in check.Names)
        {
            Line(text, "Name", $"{Escape.Text(name.Name)} {NameAnswer(name)}");
        }

        if (chain.FirstToExpire is { } first)
        {
            Line(
                text,
                "Expires",
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{first.NotAfter:yyyy-MM-dd HH:mm} UTC, {Phrases.Distance(first.NotAfter, check.At)}: {Escape.Text(first.Description)}"
                )
            );
        }

        Line(text, "Roots", Roots(check.Store, check.At));
        AppendFaults(text, check);
        AppendRepair(text, check);
        return text.ToString();
    }

    internal static string Roots(TrustStore store, DateTimeOffset now)
    {
        var dated = store.Date is { } date ? string.Create(CultureInfo.InvariantCulture, $", {date:yyyy-MM-dd}") : "";
        var aged = store.AgeInDays(now) is >= 0 and var days ? string.Create(CultureInfo.InvariantCulture, $", {days} days old") : "";
        return $"{Escape.Text(store.Source)}: {Phrases.Count(store.Count, "root")}{dated}{aged}{(store.IsStale(now) ? ", too old: install a newer version of the program" : "")}";
    }

    private static string Row(ServedCertificate certificate) =>
        certificate.ParseError is { } error
            ? string.Create(CultureInfo.InvariantCulture, $"{certificate.Position, 2}  {Escape.Text(error)}")
            : string.Create(
                CultureInfo.InvariantCulture,
                $"{certificate.Position, 2}  {Escape.Text(certificate.Subject, SubjectWidth), -SubjectWidth}  "
                    + $"{certificate.NotBefore:yyyy-MM-dd} to {certificate.NotAfter:yyyy-MM-dd}  {KeyOf(certificate)}"
            );

    private static string KeyOf(ServedCertificate certificate) =>
        certificate.KeyAlgorithm == "RSA"
            ? string.Create(CultureInfo.InvariantCulture, $"RSA {certificate.KeyBits}")
            : Escape.Text(certificate.KeyAlgorithm);

    private static string NameAnswer(CheckedName name) =>
        name switch
        {
            { Match: { IsMatch: true, ByCommonName: true }, IsCovered: true } => "is covered, by the common name alone",
            { Match: { IsMatch: true, ByCommonName: true } } => "is not covered: only the common name matches",
            { Match.Remark: { } remark } => $"{(name.IsCovered ? "is covered" : "is not covered")}: {Escape.Text(remark)}",
            { IsCovered: true } => "is covered",
            _ => "is not covered",
        };

    private static void AppendFaults(StringBuilder text, ChainCheck check)
    {
        foreach (var name in check.Names.Where(name => !name.IsCovered))
        {
            text.AppendLine()
                .AppendLine($"{ChainVerdict.NameNotCovered}: {Escape.Text(ChainVerdict.Detail(check, name))}")
                .AppendLine($"  {ChainVerdict.NameRemedy}");
        }

        foreach (var fault in check.Chain.Faults)
        {
            text.AppendLine();
            text.AppendLine($"{WireNames.Of(fault.Kind)}: {Escape.Text(fault.Detail)}");
            if (fault.Remedy is { } remedy)
            {
                text.AppendLine($"  {Escape.Text(remedy)}");
            }
        }
    }

    private static void AppendRepair(StringBuilder text, ChainCheck check)
    {
        if (check.Repair is not { } repair)
        {
            return;
        }

        text.AppendLine();
        foreach (var step in repair.Steps)
        {
            text.AppendLine(Escape.Text(step));
        }

        if (repair.Assessment is { IsTrusted: true, Path: { } path })
        {
            text.AppendLine($"This bundle is accepted: it leads to {Escape.Text(path.Root)}.");
        }

        if (repair.Problem is { } problem)
        {
            text.AppendLine($"The chain cannot be fixed with other certificates: {Escape.Text(problem)}");
        }
    }

    private static void Line(StringBuilder text, string label, string value) => text.Append(label.PadRight(9)).AppendLine(value);
}
