using OriginWatch.Audit;
using OriginWatch.History;
using OriginWatch.Mail;
using OriginWatch.Reporting;
using OriginWatch.Rules;
using OriginWatch.Tests.History;
using OriginWatch.Tests.Mail;
using OriginWatch.Tests.Reporting;
using static OriginWatch.Tests.Night;

namespace OriginWatch.Tests;

/// <summary>Reviews of nights that a digest has to tell.</summary>
internal static class Mornings
{
    public const string RunId = "20261104T060000Z-5e1f0c2a";
    public static readonly DateTimeOffset Now = First.AddDays(3);

    public static readonly DigestSettings Settings = new()
    {
        Environment = "prod",
        ReportLocation = review =>
            [
                $"https://eu-west-1.console.aws.amazon.com/s3/object/originwatch-123456789012?region=eu-west-1&prefix=reports/{review.RunId}/report.html",
                $"aws s3 cp s3://originwatch-123456789012/reports/{review.RunId}/report.html .",
            ],
    };

    private static readonly SuppressionList Muted = new(
        [
            new()
            {
                Distribution = "E5LEGACY",
                Rule = "OW101",
                Reason = "moves behind the load balancer in December, OPS-812",
                Owner = "web-team@example.com",
                Expires = new(2026, 11, 12),
                Line = 3,
            },
            new()
            {
                Origin = "gone-*",
                Reason = "moved",
                Owner = "web-team@example.com",
                Expires = new(2027, 1, 1),
                Line = 8,
            },
        ],
        null
    );

    /// <summary>Two causes fail, one is due, one was mended, and the rest is what most mornings have.</summary>
    public static RunReview Critical()
    {
        var wildcard = Chain("wildcard", Now.AddDays(-2).AddHours(-7));
        SampleOrigin Expired(string id, string distribution) =>
            Fails(
                id,
                SampleRules.NotExpired,
                $"expired on {wildcard.Served.FirstSent!.NotAfter:yyyy-MM-dd HH:mm} UTC, 2 days ago",
                distribution: distribution
            ) with
            {
                Chain = wildcard,
            };
        var api = Night.Ending("api", Now.AddDays(5), Now);
        SampleOrigin[] steady =
        [
            Silent("intranet", "E4HR"),
            Plain("legacy", "E5LEGACY"),
            Plain("feeds", "E3NEWS"),
            Good("www"),
            Expired("pay", "E1SHOP"),
            Expired("pay-eu", "E6PAY"),
            Night.Ending("img", Now.AddDays(16), Now),
        ];
        var before = After(
            Report(First.AddDays(2), [.. steady, Good("search"), Refused("cart"), Night.Ending("api", Now.AddDays(5), First.AddDays(2))])
        );
        return RunReview.Of(RunId, Report(Now, [.. steady, Refused("search"), Good("cart"), api]), before, Muted);
    }

    public static RunReview AllClear() =>
        RunReview.Of(
            RunId,
            Report(Now, Good("www"), Good("api")),
            After(Report(First.AddDays(2), Good("www"), Refused("api"))),
            SuppressionList.Empty
        );

    public static RunReview SuspectProbe()
    {
        SampleOrigin[] names = [.. Enumerable.Range(1, 9).Select(i => Good($"shard-{i}"))];
        return RunReview.Of(
            RunId,
            Report(Now, [.. names.Take(3), .. names.Skip(3).Select(origin => Refused(origin.Id)), Refused("api")]),
            After(Report(First.AddDays(2), [.. names, Refused("api")])),
            SuppressionList.Empty
        );
    }

    public static RunReview HistoryMissing() =>
        RunReview.Of(RunId, Report(Now, Good("www"), Refused("api")), null, SuppressionList.Empty) with
        {
            HistoryMissing =
                "History could not be read, so it is not known what is new: s3://originwatch-123456789012/state/state.json was denied. Check the function's role.",
        };

    public static RunReview FirstRun() =>
        RunReview.Of(
            RunId,
            Report(Now, Good("www"), Plain("feeds", "E3NEWS"), Plain("rss", "E3NEWS"), Night.Ending("img", Now.AddDays(16), Now)),
            null,
            SuppressionList.Empty
        );

    public static RunState After(AuditReport report) => RunReview.Of("before", report, null, Muted).NextState([], mailed: true);

    public static SampleOrigin Plain(string id, string distribution) =>
        new()
        {
            Id = id,
            DistributionId = distribution,
            Policy = OriginWatch.Inventory.OriginProtocolPolicy.HttpOnly,
            Verdict = OriginVerdict.NotProbed,
            NotProbedBecause = "CloudFront reaches it over HTTP only",
            OfOrigin =
            [
                (
                    SampleRules.HttpOnly,
                    new Verdict.Fail(
                        "CloudFront reaches the origin over HTTP only",
                        Remediation: "Set the origin's protocol policy to HTTPS only, then invalidate what was fetched over HTTP.\n  aws cloudfront get-distribution-config --id E3NEWS"
                    )
                ),
            ],
        };
}
