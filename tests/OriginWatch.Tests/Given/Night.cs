using OriginWatch.Audit;
using OriginWatch.Inventory;
using OriginWatch.Probing;
using OriginWatch.Reporting;
using OriginWatch.Rules;
using OriginWatch.Tests.History;
using OriginWatch.Tests.Reporting;
using OriginWatch.Trust;

namespace OriginWatch.Tests;

/// <summary>What one run finds, built as the audit builds it, at any hour.</summary>
internal static class Night
{
    public const string Account = "123456789012";
    public static readonly DateTimeOffset First = new(2026, 11, 1, 6, 0, 0, TimeSpan.Zero);

    public static AuditReport Report(DateTimeOffset at, params IReadOnlyList<SampleOrigin> origins)
    {
        var distributions = origins
            .GroupBy(origin => origin.DistributionId, StringComparer.Ordinal)
            .ToDictionary(group => group.Key, group => Distribution(group.Key, [.. group]), StringComparer.Ordinal);
        var judged = origins.Select(origin => origin.Judge(distributions[origin.DistributionId], at)).ToList();
        var uses = judged.ConvertAll(origin => origin.Observation.Planned);
        return ReportBuilder.Build(
            Facts(at),
            new Listing { AccountId = Account, Distributions = [.. distributions.Values] },
            new(uses, [.. uses.SelectMany(use => use.Names).Select(name => name.Target).Distinct()]),
            judged
        );
    }

    public static RunFacts Facts(DateTimeOffset at) =>
        new()
        {
            StartedAt = at,
            FinishedAt = at.AddSeconds(42),
            JudgedAt = at,
            AccountId = Account,
            TrustStore = "Mozilla, NSS 3.118",
            TrustStoreAgeDays = 41,
        };

    /// <summary>As the audit does when its time is over: what was not looked at is undetermined.</summary>
    public static AuditReport CutShort(this AuditReport report) =>
        report with
        {
            Run = report.Run with { IncompleteBecause = "The run ran out of time: 1 of 4 targets not reached." },
        };

    /// <summary>A healthy origin, whose rules all pass.</summary>
    public static SampleOrigin Good(string id, string distribution = "E1SHOP") =>
        new()
        {
            Id = id,
            DistributionId = distribution,
            Chain = Chain(id, Given.Now.AddDays(60)),
            OfTarget = [.. Passing()],
        };

    /// <summary>An origin whose certificate ends on a day; judged by that day.</summary>
    public static SampleOrigin Ending(string id, DateTimeOffset end, DateTimeOffset now, string distribution = "E1SHOP")
    {
        var left = end - now;
        var chain = Chain(id, end);
        return left < TimeSpan.Zero
                ? Fails(
                    id,
                    SampleRules.NotExpired,
                    $"expired on {end:yyyy-MM-dd}, {(int)-left.TotalDays} days ago",
                    distribution: distribution
                ) with
                {
                    Chain = chain,
                }
            : left < TimeSpan.FromDays(21)
                ? Fails(
                    id,
                    SampleRules.NotExpiring,
                    $"expires on {end:yyyy-MM-dd}, in {(int)left.TotalDays} days",
                    left < TimeSpan.FromDays(7) ? Severity.High : Severity.Medium,
                    distribution
                ) with
                {
                    Chain = chain,
                }
            : Good(id, distribution) with { Chain = chain };
    }

    /// <summary>One rule about the target fails, the others pass.</summary>
    public static SampleOrigin Fails(
        string id,
        RuleMetadata rule,
        string detail,
        Severity? severity = null,
        string distribution = "E1SHOP"
    ) =>
        Good(id, distribution) with
        {
            Verdict = rule.RejectsTraffic && (severity ?? rule.Severity) >= Severity.High ? OriginVerdict.Rejects : OriginVerdict.Accepts,
            OfTarget = [(rule, new Verdict.Fail(detail, severity)), .. Passing().Where(answer => answer.Item1 != rule)],
        };

    /// <summary>Refused: what a broken server and a broken egress have in common.</summary>
    public static SampleOrigin Refused(string id, string distribution = "E1SHOP") =>
        new()
        {
            Id = id,
            DistributionId = distribution,
            Verdict = OriginVerdict.Rejects,
            Failure = new()
            {
                Stage = ProbeStage.Connect,
                Reason = FailureReason.ConnectionRefused,
                Detail = "connection refused",
            },
            OfTarget =
            [
                (SampleRules.Refused, new Verdict.Fail("192.0.2.10 refused the connection on port 443")),
                .. NothingSeen("connection refused", SampleRules.Refused),
            ],
        };

    /// <summary>Nobody can tell from here.</summary>
    public static SampleOrigin Silent(string id, string distribution = "E1SHOP") =>
        new()
        {
            Id = id,
            DistributionId = distribution,
            Verdict = OriginVerdict.Undetermined,
            Failure = new()
            {
                Stage = ProbeStage.Connect,
                Reason = FailureReason.ConnectTimeout,
                Detail = "no answer",
            },
            OfTarget =
            [
                (
                    SampleRules.NoAnswer,
                    new Verdict.Undetermined("192.0.2.10 did not answer within 10 s; an allow-list may admit CloudFront alone")
                ),
                .. NothingSeen("no answer", SampleRules.NoAnswer),
            ],
        };

    /// <summary>The run ended before it was looked at.</summary>
    public static SampleOrigin NotReached(string id, string distribution = "E1SHOP") =>
        Silent(id, distribution) with
        {
            Failure = new()
            {
                Stage = ProbeStage.Resolve,
                Reason = FailureReason.RunDeadline,
                Detail = "the run ended before this target was probed",
            },
            OfTarget =
            [
                (SampleRules.NoAnswer, new Verdict.Undetermined("the run ended before this target was probed")),
                .. NothingSeen("not looked at", SampleRules.NoAnswer),
            ],
        };

    public static ChainAssessment Chain(string id, DateTimeOffset end)
    {
        var leaf = SampleChains.Leaf(0, $"{id}.example.com", 0);
        var dated = leaf with { NotBefore = end.AddDays(-90), NotAfter = end, Sha256 = SampleChains.Hash($"{id} {end:O}") };
        return new()
        {
            Served = new([dated]),
            IsTrusted = true,
            Path = new([dated], SampleChains.Root),
            Faults = [],
            FirstToExpire = dated,
        };
    }

    private static IEnumerable<(RuleMetadata, Verdict)> Passing() =>
        new[]
        {
            SampleRules.Refused,
            SampleRules.NoAnswer,
            SampleRules.Silent,
            SampleRules.NotExpired,
            SampleRules.NotExpiring,
            SampleRules.NameCovered,
        }.Select(rule => (rule, (Verdict)new Verdict.Pass()));

    /// <summary>What every other rule says where nothing was seen.</summary>
    private static IEnumerable<(RuleMetadata, Verdict)> NothingSeen(string why, RuleMetadata but) =>
        Passing()
            .Where(answer => answer.Item1 != but)
            .Select(answer => (answer.Item1, (Verdict)Verdict.NotReached($"nothing was seen: {why}")));

    private static Distribution Distribution(string id, IReadOnlyList<SampleOrigin> origins) =>
        new()
        {
            Id = id,
            DomainName = $"d{id.ToLowerInvariant()}.cloudfront.net",
            Aliases = [.. Names(id)],
            Origins = [.. origins.Select(origin => origin.Origin)],
            DefaultCacheBehavior = new() { TargetOriginId = origins[0].Id, ViewerProtocolPolicy = ViewerProtocolPolicy.RedirectToHttps },
        };

    private static string[] Names(string id) =>
        id switch
        {
            "E1SHOP" => ["www.example.org", "shop.example.org", "m.example.org"],
            _ => [$"{id[2..].ToLowerInvariant()}.example.org"],
        };
}
