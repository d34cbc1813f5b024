using OriginWatch.Audit;
using OriginWatch.Aws.Publishing;
using OriginWatch.History;
using OriginWatch.Mail;
using OriginWatch.Probing;
using OriginWatch.Reporting;
using OriginWatch.Rules;
using OriginWatch.SelfTest;
using OriginWatch.Text;

namespace OriginWatch.Aws;

/// <summary>One mail of each kind, about the servers of the demo: do they arrive, are they read, do the filters let them through?</summary>
public static class SampleMails
{
    private const string Environment = "SAMPLE";
    private const string Preface =
        "This is a sample, requested with \"originwatch notify --test\". Nothing below is about your origins.\n\n";
    private static readonly TimeSpan ReminderInterval = new DigestSettings().ReminderInterval;

    /// <param name="topicArn">Where to.</param>
    /// <param name="profile">Null for the SDK's default credentials.</param>
    /// <param name="cancellationToken">Ends it between two mails.</param>
    /// <returns>The subjects, in the order sent.</returns>
    /// <exception cref="OperatorException">That is no topic.</exception>
    /// <exception cref="Inventory.InventoryException">AWS refused; the message says what to do.</exception>
    public static Task<IReadOnlyList<string>> SendAsync(string topicArn, string? profile, CancellationToken cancellationToken)
    {
        var topic =
            TopicArn.Parse(topicArn)
            ?? throw new OperatorException(
                $"\"{Escape.Text(topicArn, 100)}\" is not the ARN of an SNS topic, "
                    + "such as arn:aws:sns:eu-central-1:123456789012:originwatch."
            );
        var credentials = profile is null ? null : AwsInventory.Find(profile).Credentials;
        return SendAsync(new AwsClients(credentials, topic.Region, new AwsTimeouts()), topic, cancellationToken);
    }

    internal static async Task<IReadOnlyList<string>> SendAsync(AwsClients clients, TopicArn topic, CancellationToken cancellationToken)
    {
        using var client = clients.Notifications();
        var publisher = new TopicPublisher(client, topic);
        var report = await new DemoAudit(TimeProvider.System).RunAsync(
            progress: null,
            interrupt: CancellationToken.None,
            cancellationToken
        );
        var subjects = new List<string>();
        foreach (var mail in Of(report with { Run = report.Run with { AccountId = topic.AccountId } }, topic.AccountId))
        {
            await AwsCall.RequireAsync(
                IamActions.Publish,
                async token =>
                {
                    await publisher.PublishAsync(mail with { Text = Preface + mail.Text }, token);
                    return true;
                },
                cancellationToken
            );
            subjects.Add(mail.Subject);
        }

        return subjects;
    }

    /// <summary>What is new, what is still open, an incomplete run, an all clear after something was resolved, and a run that judged
    /// nothing.</summary>
    private static IEnumerable<DigestMessage> Of(AuditReport report, string accountId)
    {
        var writer = new DigestWriter(new() { Environment = Environment });
        var first = RunReview.Of("sample-new", report, previous: null, SuppressionList.Empty);
        var state = first.NextState([], mailed: true);
        var mended = Mended(Later(report, TimeSpan.FromHours(2)));
        var before = state with
        {
            Findings =
            [
                .. state.Findings.Where(finding => mended.Origins.Any(origin => IsOf(origin, finding.DistributionId, finding.OriginId))),
            ],
        };
        RunReview[] reviews =
        [
            first,
            RunReview.Of("sample-reminder", Later(report, ReminderInterval), state, SuppressionList.Empty),
            RunReview.Of("sample-incomplete", CutShort(Later(report, TimeSpan.FromHours(1))), state, SuppressionList.Empty),
            RunReview.Of("sample-resolved", mended, before, SuppressionList.Empty),
        ];
        return
        [
            .. reviews.Select(writer.Compose).OfType<DigestMessage>(),
            FaultMail.Of(
                "This stands for the reason why a run could not evaluate anything, such as a denied action.",
                accountId,
                Environment,
                "sample-failed"
            ),
        ];
    }

    private static AuditReport Later(AuditReport report, TimeSpan by) =>
        report with
        {
            Run = report.Run with { StartedAt = report.Run.StartedAt + by, FinishedAt = report.Run.FinishedAt + by },
        };

    private static AuditReport CutShort(AuditReport report) =>
        report with
        {
            Run = report.Run with { IncompleteBecause = "The run ran out of time before every target was probed." },
        };

    /// <summary>A day on which there are only the origins that show certificates, and each is in order.</summary>
    private static AuditReport Mended(AuditReport report)
    {
        var origins = report
            .Origins.Where(ShowsCertificates)
            .Select(origin =>
                origin with
                {
                    Verdict = OriginVerdict.Accepts,
                    Judgements = [.. origin.Judgements.Select(judgement => judgement with { Verdict = new Verdict.Pass() })],
                }
            )
            .ToList();
        return report with
        {
            Findings = [],
            Origins = origins,
            Totals = report.Totals with
            {
                Distributions = origins.Select(origin => origin.Planned.Distribution.Id).Distinct(StringComparer.Ordinal).Count(),
                Origins = origins.Count,
                Targets = origins.SelectMany(origin => origin.Planned.Names).Select(name => name.Target).Distinct().Count(),
                BySeverity = report.Totals.BySeverity.Keys.ToDictionary(severity => severity, _ => 0),
                ByVerdict = report.Totals.ByVerdict.Keys.ToDictionary(
                    verdict => verdict,
                    verdict => verdict == OriginVerdict.Accepts ? origins.Count : 0
                ),
            },
        };
    }

    private static bool IsOf(OriginReport origin, string distributionId, string originId) =>
        origin.Planned.Distribution.Id == distributionId && origin.Planned.Origin.Id == originId;

    private static bool ShowsCertificates(OriginReport origin) =>
        origin.Observation.Targets.SelectMany(target => target.Addresses).Any()
        && origin.Observation.Targets.SelectMany(target => target.Addresses).All(address => address.Decisive.Last.Result is Handshake);
}
