using System.Globalization;
using OriginWatch.Audit;
using OriginWatch.Inventory.Organization;
using OriginWatch.Rules;
using OriginWatch.Text;
using OriginWatch.Trust;

namespace OriginWatch.Reporting;

/// <summary>Turns of phrase that the reporters for people share. What comes from outside is not escaped here.</summary>
internal static class Phrases
{
    private const int ListedOrigins = 3;

    public static string Count(int number, string one, string? many = null) =>
        $"{Number(number)} {(number == 1 ? one : many ?? $"{one}s")}";

    /// <summary>Thousands apart, so that 50,000 can be read.</summary>
    public static string Number(int number) => number.ToString("N0", CultureInfo.InvariantCulture);

    public static string Date(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    /// <summary>"Feb 2027".</summary>
    public static string Month(DateTimeOffset time) => time.UtcDateTime.ToString("MMM yyyy", CultureInfo.InvariantCulture);

    /// <summary>"in 12 days", "in 3 days 23 hours", "10 days ago"; what is left or gone by, rounded down.</summary>
    public static string Distance(DateTimeOffset time, DateTimeOffset now) =>
        ((int)Math.Abs((time - now).TotalDays), time < now) switch
        {
            (0, true) => "less than a day ago",
            (_, false) => $"in {Durations.InWords(time - now)}",
            var (days, _) => $"{Count(days, "day")} ago",
        };

    /// <summary>Whole days left; negative once the time is past.</summary>
    public static int Days(DateTimeOffset time, DateTimeOffset now) => (int)Math.Floor((time - now).TotalDays);

    /// <summary>"RSA 2048", "EC P-256": the size only where the algorithm's name does not hold it.</summary>
    public static string Key(ServedCertificate certificate) =>
        certificate.KeyBits == 0 || certificate.KeyAlgorithm.Any(char.IsAsciiDigit)
            ? certificate.KeyAlgorithm
            : string.Create(CultureInfo.InvariantCulture, $"{certificate.KeyAlgorithm} {certificate.KeyBits}");

    public static string Label(Severity severity) => severity.ToString().ToUpperInvariant();

    public static string Heading(ReportSection section) =>
        section switch
        {
            ReportSection.FailsNow => "Fails now",
            ReportSection.WillFail => "Will fail",
            ReportSection.ClearText => "Fetched over HTTP",
            ReportSection.Policy => "Recommended changes",
            ReportSection.NotJudged => "Could not be evaluated",
            ReportSection.Suppressed => "Suppressed",
            _ => "Informational",
        };

    /// <summary>"1 certificate, 14 origins, 9 distributions".</summary>
    public static string Reach(Cause cause) =>
        string.Join(
            ", ",
            new[]
            {
                cause.IsAboutCertificate || cause.Certificates > 1 ? Count(cause.Certificates, "certificate") : null,
                Count(cause.Origins.Count, "origin"),
                Count(cause.Distributions, "distribution"),
                cause.Accounts.Count > 1 ? Count(cause.Accounts.Count, "account") : null,
            }.OfType<string>()
        );

    /// <summary>The same with the first of the alternate domain names concerned.</summary>
    public static string ReachWithNames(Cause cause)
    {
        var aliases = cause.Findings.SelectMany(finding => finding.Aliases).Distinct(StringComparer.OrdinalIgnoreCase).ToList();
        return aliases.Count == 0
            ? Reach(cause)
            : $"{Reach(cause)}: {aliases[0]}{(aliases.Count > 1 ? $" and {Count(aliases.Count - 1, "more name")}" : "")}";
    }

    /// <summary>Where it is: the names, or the origin whose setting it is.</summary>
    public static string Place(Cause cause) =>
        cause switch
        {
            { Targets: [var only] } => only,
            { Targets: [var first, ..] } => $"{first} and {Count(cause.Targets.Count - 1, "more name")}",
            { Origins: [_] } => Named(cause.Findings[0]),
            _ => Count(cause.Origins.Count, "origin"),
        };

    /// <summary>"www.shop.example and 2 more (E1EXAMPLE/api)": names first, ids after; the ids alone where there is no name.</summary>
    public static string Named(IReadOnlyList<string> aliases, string key) =>
        aliases switch
        {
            [] => key,
            [var only] => $"{only} ({key})",
            [var first, ..] => $"{first} and {Number(aliases.Count - 1)} more ({key})",
        };

    public static string Named(Finding finding) => Named(finding.Aliases, OriginKey.Of(finding.Planned));

    /// <summary>"12 distributions, 30 origins: 2 failing", or why the account was not read.</summary>
    public static string Of(AccountSummary account) =>
        account.Reading switch
        {
            { Outcome: AccountOutcome.Read } when account.Origins == 0 => Count(account.Reading.Distributions, "distribution"),
            { Outcome: AccountOutcome.Read } =>
                $"{Count(account.Reading.Distributions, "distribution")}, {Count(account.Origins, "origin")}: "
                    + $"{Number(account.Failing)} failing, {Number(account.Undetermined)} undetermined, "
                    + $"{Count(account.Findings, "finding")}",
            { Outcome: AccountOutcome.Skipped } => $"skipped, {account.Reading.Reason}",
            { Outcome: AccountOutcome.Denied } => $"not scanned, denied. {account.Reading.Reason}",
            _ => $"not scanned, failed. {account.Reading.Reason}",
        };

    /// <summary>Every origin of a cause by its names.</summary>
    public static IEnumerable<string> NamedOrigins(Cause cause) =>
        cause.Findings.DistinctBy(finding => (finding.DistributionId, finding.OriginId)).Select(Named);

    /// <summary>What is wrong, where all findings say the same; otherwise what ought to be.</summary>
    public static string What(Cause cause) => cause.HasOneDetail ? cause.Findings[0].Detail : cause.Rule.Fault;

    /// <summary>The first remedy of a cause, that of its worst finding, without the commands that may follow it.</summary>
    public static string Remedy(Cause cause) => cause.Remedies[0].Text;

    /// <summary>A remedy behind the origins that it is for.</summary>
    public static string WithOrigins(CauseRemedy remedy) => $"{Listed(remedy.Origins, ListedOrigins)}: {remedy.Text}";

    /// <summary>The first few, and how many more there are.</summary>
    public static string Listed(IReadOnlyCollection<string> items, int most) =>
        items.Count <= most + 1
            ? string.Join(items.Count == 2 ? " and " : ", ", items)
            : $"{string.Join(", ", items.Take(most))} and {Number(items.Count - most)} more";

    /// <summary>The commands that follow a remedy, a line each.</summary>
    public static IReadOnlyList<string> Commands(Finding finding) => [.. Lines(finding).Where(line => !IsTemplate(line))];

    /// <summary>What to change in the template that made the distribution, a line for each tool.</summary>
    public static IReadOnlyList<string> Templates(Finding finding) => [.. Lines(finding).Where(IsTemplate)];

    private static IEnumerable<string> Lines(Finding finding) =>
        finding.Remediation.Split('\n').Skip(1).Select(line => line.Trim()).Where(line => line.Length > 0);

    private static bool IsTemplate(string line) =>
        line.StartsWith("CloudFormation, ", StringComparison.Ordinal) || line.StartsWith("Terraform, ", StringComparison.Ordinal);

    /// <summary>The first sentence.</summary>
    public static string FirstSentence(string text) =>
        text.IndexOf(". ", StringComparison.Ordinal) is > 0 and var end ? text[..(end + 1)] : text;

    /// <summary>"a, b and c".</summary>
    public static string Enumerate(IReadOnlyList<string> parts) =>
        parts.Count < 2 ? string.Concat(parts) : $"{string.Join(", ", parts.Take(parts.Count - 1))} and {parts[^1]}";
}
