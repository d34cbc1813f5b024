using OriginWatch.Audit;
using OriginWatch.History;
using OriginWatch.Inventory;
using OriginWatch.Reporting;
using OriginWatch.Rules;
using OriginWatch.Targets;
using OriginWatch.Trust;

namespace OriginWatch.Mail;

/// <summary>Findings with one cause: one certificate, endpoint or setting, under one rule. One thing to mend is one thing to
/// read.</summary>
internal sealed class DigestGroup
{
    private readonly FindingChange _first;

    private DigestGroup(List<FindingChange> changes, Dictionary<string, OriginReport> origins, Dictionary<string, RuleMetadata> rules)
    {
        Changes = changes;
        _first = changes.OrderByDescending(change => change.Record.Severity).ThenBy(change => change.IsKept).First();
        Rule = rules.GetValueOrDefault(Record.RuleId);
        var seen = changes.ConvertAll(change => (Change: change, Origin: origins.GetValueOrDefault(OriginOf(change))));
        Origins = [.. changes.Select(OriginOf).Distinct(StringComparer.Ordinal)];
        Endpoints = [.. changes.Select(change => change.Record.Target).OfType<string>().Distinct(StringComparer.OrdinalIgnoreCase)];
        Viewers =
        [
            .. seen.SelectMany(pair => pair.Origin is null ? [] : ViewersOf(pair.Change, pair.Origin))
                .Distinct(StringComparer.OrdinalIgnoreCase),
        ];
        Victim =
            Viewers
                .Where(name => !seen.Exists(pair => pair.Origin?.Planned.Distribution.DomainName == name))
                .OrderBy(name => name.StartsWith('*'))
                .FirstOrDefault()
            ?? Record.DomainName;
        Edge = [.. changes.Select(change => change.Finding).OfType<Finding>().SelectMany(EdgeStory.EvidenceFor).Distinct()];
        Certificates = changes
            .Select(change => change.Record.Certificates is [var first, ..] ? first : null)
            .OfType<string>()
            .Distinct(StringComparer.Ordinal)
            .Count();
        Certificate =
            Rule is { IsAboutRoots: true } && Certificates > 1
                ? null
                : changes
                    .Where(change => change.Record.Certificates.Count > 0)
                    .Select(change => change.Finding?.Certificate)
                    .FirstOrDefault(found => found is { ParseError: null });
    }

    public IReadOnlyList<FindingChange> Changes { get; }
    public OpenFinding Record => _first.Record;
    public ChangeKind Kind => _first.Kind;
    public string? Because => _first.Because;

    /// <summary>Null where nobody could look in this run.</summary>
    public Finding? Finding => _first.Finding;

    /// <summary>Null where the rule is not asked any more.</summary>
    public RuleMetadata? Rule { get; }

    /// <summary>What is wrong, each evidence with the first change that has it.</summary>
    public IReadOnlyList<FindingChange> Details => [.. Changes.DistinctBy(change => change.Record.Detail, StringComparer.Ordinal)];

    /// <summary>What fixes it; empty where nobody could look in this run.</summary>
    public IReadOnlyList<CauseRemedy> Remedies => CauseRemedy.Of(Changes.Select(change => change.Finding).OfType<Finding>());

    public Severity Severity => Record.Severity;
    public bool Rejects => Changes.Any(change => change.Record.Rejects);
    public bool IsNew => Changes.All(change => change.Kind == ChangeKind.New);
    public DateTimeOffset Since => Changes.Min(change => change.Record.FirstSeen);
    public DateTimeOffset? LastJudgedBefore =>
        Changes.All(change => change.IsKept) ? Changes.Max(change => change.Record.LastJudged) : null;

    /// <summary><c>distribution/origin</c>.</summary>
    public IReadOnlyList<string> Origins { get; }

    /// <summary><c>server.name:port</c>; empty for a setting.</summary>
    public IReadOnlyList<string> Endpoints { get; }

    /// <summary>The accounts concerned, in a scan of several; empty in a scan of one.</summary>
    public IReadOnlyList<string> Accounts =>
        [.. Changes.Select(change => change.Record.AccountId).OfType<string>().Distinct(StringComparer.Ordinal)];

    /// <summary>The names under which people meet the fault.</summary>
    public IReadOnlyList<string> Viewers { get; }

    /// <summary>By which name people know what is hit: an alternate domain name, or else the origin domain.</summary>
    public string Victim { get; }

    /// <summary>What CloudFront answered, where it is evidence.</summary>
    public IReadOnlyList<EdgeSighting> Edge { get; }

    /// <summary>How many different ones, as far as they were seen.</summary>
    public int Certificates { get; }

    /// <summary>The certificate that is spoken of; null where there is none, and where a root is the matter and several lead to
    /// it.</summary>
    public ServedCertificate? Certificate { get; }

    /// <summary>Where the fault is, for one line.</summary>
    public string Where => Endpoints.Count > 0 ? Listed(Endpoints, 1) : Listed(Origins, 1);

    /// <summary>When what still works stops working, as it was last seen.</summary>
    public DateTimeOffset? DueAt(DateTimeOffset now) => !Rejects && Record.Due > now ? Record.Due : null;

    public static IReadOnlyList<DigestGroup> Of(IEnumerable<FindingChange> changes, AuditReport report)
    {
        var origins = report.Origins.ToDictionary(origin => OriginKey.Of(origin.Planned), StringComparer.Ordinal);
        var rules = report
            .Origins.SelectMany(origin => origin.Judgements)
            .Select(judgement => judgement.Rule)
            .Concat(report.Findings.Select(finding => finding.Rule))
            .DistinctBy(rule => rule.Id, StringComparer.Ordinal)
            .ToDictionary(rule => rule.Id, StringComparer.Ordinal);
        return
        [
            .. changes
                .GroupBy(change =>
                    (change.Record.Cause, change.Kind is ChangeKind.Resolved or ChangeKind.Gone ? change.Kind : ChangeKind.Ongoing)
                )
                .Select(group => new DigestGroup([.. group], origins, rules))
                .OrderByDescending(group => group.Severity)
                .ThenByDescending(group => group.Since)
                .ThenBy(group => group.Record.Key, StringComparer.Ordinal),
        ];
    }

    /// <summary>The first few, and how many more there are.</summary>
    public static string Listed(IReadOnlyCollection<string> items, int most) => Phrases.Listed(items, most);

    public static string OriginOf(FindingChange change) => OriginKey.Of(change.Record.DistributionId, change.Record.OriginId);

    /// <summary>Under an alias's own name only that alias is hit; otherwise every name of the distribution.</summary>
    private static IEnumerable<string> ViewersOf(FindingChange change, OriginReport origin) =>
        origin.Planned.Names.FirstOrDefault(name => name.Target.NameAndPort == change.Record.Target)
            is { Role: ServerNameRole.Alias or ServerNameRole.TenantDomain } alias
            ? [alias.Target.ServerName]
            : NamesOf(origin.Planned.Distribution);

    private static IEnumerable<string> NamesOf(Distribution distribution) =>
        distribution.Aliases.Count > 0 ? distribution.Aliases : [distribution.DomainName];
}
