using OriginWatch.Audit;
using OriginWatch.Inventory;
using OriginWatch.Probing;
using OriginWatch.Reporting;
using OriginWatch.Rules;
using OriginWatch.Targets;
using OriginWatch.Tests.Reporting;
using OriginWatch.Trust;

namespace OriginWatch.Tests;

/// <summary>Reports built as the audit builds them, from origins that were never probed.</summary>
internal static class SampleReports
{
    public static readonly DateTimeOffset Now = SampleChains.Now;

    public static AuditReport Of(params IReadOnlyList<SampleOrigin> origins) => OfTraffic(null, origins);

    /// <param name="traffic">What CloudFront counted for every one of them.</param>
    /// <param name="origins">As <see cref="Of"/> takes them.</param>
    public static AuditReport OfTraffic(TrafficEvidence? traffic, params IReadOnlyList<SampleOrigin> origins)
    {
        var distributions = origins
            .GroupBy(origin => origin.DistributionId)
            .ToDictionary(group => group.Key, group => DistributionOf(group.Key, [.. group]));
        var judged = origins
            .Select(origin => origin.Judge(distributions[origin.DistributionId], Now))
            .Select(origin => origin with { Observation = origin.Observation with { Traffic = traffic } })
            .ToList();
        var uses = judged.ConvertAll(origin => origin.Observation.Planned);
        return ReportBuilder.Build(
            Facts,
            new Listing { AccountId = Facts.AccountId, Distributions = [.. distributions.Values] },
            new(uses, [.. uses.SelectMany(use => use.Names).Select(name => name.Target).Distinct()]),
            judged
        );
    }

    public static RunFacts Facts =>
        new()
        {
            StartedAt = Now,
            FinishedAt = Now.AddSeconds(9),
            JudgedAt = Now,
            AccountId = "123456789012",
            TrustStore = "Mozilla, NSS 2.92",
            TrustStoreAgeDays = 41,
        };

    public static AuditReport Healthy() =>
        Of(
            Good("www"),
            Good("api") with
            {
                Chain = SampleChains.Good("api.example.com", 75),
            },
            new()
            {
                Id = "assets",
                DomainName = "assets.s3.eu-west-1.amazonaws.com",
                Kind = OriginKind.S3,
                Verdict = OriginVerdict.NotProbed,
                NotProbedBecause = "an S3 bucket: AWS serves its certificate",
            }
        );

    /// <summary>Every fault that the demo shows, and the configurations that carry plain HTTP.</summary>
    public static AuditReport Demo() =>
        Of(
            Good("healthy"),
            Good("expiring") with
            {
                Chain = SampleChains.Good("expiring.example.com", 5),
                OfTarget = [(SampleRules.NotExpiring, new Verdict.Fail("expires on 2026-11-28, in 5 days", Severity.High))],
            },
            Rejected(
                "expired",
                SampleChains.Expired("expired.example.com", -10),
                SampleRules.NotExpired,
                "expired on 2026-11-13, 10 days ago"
            ),
            Rejected(
                "expired-too",
                SampleChains.Expired("expired.example.com", -10),
                SampleRules.NotExpired,
                "expired on 2026-11-13, 10 days ago"
            ) with
            {
                DistributionId = "E2SHOP",
                DomainName = "expired.example.com",
            },
            Rejected(
                "self-signed",
                SampleChains.SelfSigned("self-signed.example.com"),
                SampleRules.NotSelfSigned,
                "the certificate is self-signed"
            ),
            Rejected(
                "unknown-ca",
                SampleChains.UnknownRoot("unknown-ca.example.com"),
                SampleRules.TrustedRoot,
                "the chain ends at CN=Corp Internal CA, a root that Mozilla never had"
            ),
            Rejected(
                "incomplete",
                SampleChains.MissingIntermediate("incomplete.example.com"),
                SampleRules.Complete,
                $"the issuer of the certificate, {SampleChains.Intermediate}, was not sent"
            ),
            Rejected(
                "shuffled",
                SampleChains.WrongOrder("shuffled.example.com"),
                SampleRules.InOrder,
                "certificate 2 was sent after certificate 1, which it must precede"
            ),
            Rejected(
                "misnamed",
                SampleChains.Good("other.example.net"),
                SampleRules.NameCovered,
                "the certificate covers other.example.net, not misnamed.example.com"
            ),
            Failing(
                "old-tls",
                SampleRules.CommonProtocol,
                ProbeStage.Handshake,
                FailureReason.NoCommonProtocol,
                "the server chose TLSv1, which is not in the origin's list"
            ),
            Failing("plain", SampleRules.NotTls, ProbeStage.Handshake, FailureReason.NotTls, "HTTP was spoken on port 443"),
            Failing("silent", SampleRules.Silent, ProbeStage.Handshake, FailureReason.HandshakeTimeout, "connected, then silent for 10 s"),
            Failing(
                "closed",
                SampleRules.Refused,
                ProbeStage.Connect,
                FailureReason.ConnectionRefused,
                "192.0.2.10 refused the connection on port 443"
            ),
            Unjudged("blocked"),
            HttpOnly("legacy"),
            HttpOnly("reports") with
            {
                DistributionId = "E2SHOP",
            },
            Good("viewer") with
            {
                Policy = OriginProtocolPolicy.MatchViewer,
                OfOrigin = [(SampleRules.MatchViewer, new Verdict.Fail("the default behavior allows HTTP"))],
            },
            Good("dated") with
            {
                OfOrigin = [(SampleRules.OldProtocols, new Verdict.Fail("TLSv1 and TLSv1.1 are allowed"))],
                OfTarget = [(SampleRules.NoSuperfluous, new Verdict.Fail("the root was sent"))],
            }
        );

    private static readonly Lazy<AuditReport> LargeReport = new(() => Many(66_000));

    /// <summary>As many findings as the bounds are made for, 49,500; built once.</summary>
    public static AuditReport Large => LargeReport.Value;

    /// <summary>Many origins, a quarter of them healthy, each with a certificate of its own.</summary>
    public static AuditReport Many(int origins) =>
        Of([.. Enumerable.Range(0, origins).Select(i => One(i) with { DistributionId = $"E{i / 20:d4}DISTRIBUTION" })]);

    private static SampleOrigin One(int i)
    {
        var name = $"origin-{i:d5}.shop.example.com";
        return (
            (i % 4) switch
            {
                0 => Good($"origin-{i}"),
                1 => Rejected($"origin-{i}", SampleChains.Expired(name, -1 - (i % 40)), SampleRules.NotExpired, "expired"),
                2 => Good($"origin-{i}") with { OfTarget = [(SampleRules.NotExpiring, new Verdict.Fail("expires soon", Severity.High))] },
                _ => HttpOnly($"origin-{i}"),
            }
        ) with
        {
            DomainName = name,
            Chain =
                i % 4 == 3
                    ? null
                    : SampleChains.Good(
                        name,
                        i % 4 == 0 ? 30 + (i * 7 % 380)
                            : i % 4 == 1 ? -1 - (i % 40)
                            : i % 21
                    ),
        };
    }

    public static SampleOrigin Good(string id) => new() { Id = id, Chain = SampleChains.Good($"{id}.example.com") };

    public static SampleOrigin Rejected(string id, ChainAssessment chain, RuleMetadata rule, string detail) =>
        new()
        {
            Id = id,
            Chain = chain,
            Verdict = OriginVerdict.Rejects,
            OfTarget = [(rule, new Verdict.Fail(detail))],
        };

    public static SampleOrigin Failing(string id, RuleMetadata rule, ProbeStage stage, FailureReason reason, string detail) =>
        new()
        {
            Id = id,
            Verdict = OriginVerdict.Rejects,
            Failure = new()
            {
                Stage = stage,
                Reason = reason,
                Detail = detail,
            },
            OfTarget =
            [
                (rule, new Verdict.Fail(detail)),
                (SampleRules.NotExpired, Verdict.NotReached($"no certificate was seen: {detail}")),
            ],
        };

    public static SampleOrigin Unjudged(string id) =>
        new()
        {
            Id = id,
            Verdict = OriginVerdict.Undetermined,
            Failure = new()
            {
                Stage = ProbeStage.Connect,
                Reason = FailureReason.ConnectTimeout,
                Detail = "no answer within 10 s",
            },
            OfTarget =
            [
                (
                    SampleRules.NoAnswer,
                    new Verdict.Undetermined(
                        "192.0.2.10 did not answer within 10 s; an allow-list may admit CloudFront alone",
                        Remediation: SampleRules.NoAnswer.Remediation
                    )
                ),
            ],
        };

    public static SampleOrigin HttpOnly(string id) =>
        new()
        {
            Id = id,
            Policy = OriginProtocolPolicy.HttpOnly,
            Verdict = OriginVerdict.NotProbed,
            NotProbedBecause = "CloudFront reaches it over HTTP only",
            OfOrigin =
            [
                (SampleRules.HttpOnly, new Verdict.Fail("CloudFront reaches the origin over HTTP only", Remediation: Commands(id))),
            ],
        };

    private static string Commands(string id) =>
        $"""
            Set the origin's protocol policy to HTTPS only, then invalidate what was fetched over HTTP.
            aws cloudfront get-distribution-config --id E1DEMO > config.json
            jq '(.DistributionConfig.Origins.Items[] | select(.Id == "{id}").CustomOriginConfig.OriginProtocolPolicy) = "https-only" | .DistributionConfig' config.json > changed.json
            aws cloudfront update-distribution --id E1DEMO --if-match "$(jq -r .ETag config.json)" --distribution-config file://changed.json
            CloudFormation, AWS::CloudFront::Distribution: DistributionConfig.Origins[].CustomOriginConfig.OriginProtocolPolicy: https-only
            Terraform, aws_cloudfront_distribution: origin.custom_origin_config: origin_protocol_policy = "https-only"
            """.ReplaceLineEndings("\n");

    private static Distribution DistributionOf(string id, IReadOnlyList<SampleOrigin> origins) =>
        new()
        {
            Id = id,
            DomainName = $"d{id.ToLowerInvariant()}.cloudfront.net",
            Comment = origins.Select(origin => origin.Comment).FirstOrDefault(comment => comment is not null) ?? "Sample",
            Aliases = [$"{id.ToLowerInvariant()}.example.org"],
            Origins = [.. origins.Select(origin => origin.Origin)],
            DefaultCacheBehavior = new() { TargetOriginId = origins[0].Id, ViewerProtocolPolicy = ViewerProtocolPolicy.AllowAll },
        };
}
