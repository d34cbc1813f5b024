using OriginWatch.Audit;
using OriginWatch.History;

namespace OriginWatch.Aws.Publishing;

/// <summary>The lines of a run in the log: a line for each origin and, of an organization, each account, and the metrics.</summary>
internal sealed class RunLines(LogStream log)
{
    public void WriteOrigins(AuditReport? report)
    {
        var findings = report?.Findings.ToLookup(finding => (finding.DistributionId, finding.OriginId));
        foreach (var origin in report?.Origins ?? [])
        {
            log.WriteOrigin(origin, [.. findings![(origin.Planned.Distribution.Id, origin.Planned.Origin.Id)]]);
        }
    }

    public void WriteMetrics(IReadOnlyDictionary<string, double> values, RunReview? review, RunContext run)
    {
        if (run.Organization is not { } organization)
        {
            log.WriteMetrics(values, run.AccountId, run.Environment, run.Now);
            return;
        }

        foreach (var account in review is null ? [] : AccountSummary.Of(review.Report))
        {
            log.WriteAccount(account);
            if (organization.SendsAccountMetrics)
            {
                log.WriteMetrics(
                    OrganizationMetrics.OfAccount(account),
                    RunMetrics.All,
                    new(RunMetrics.AccountDimension, account.Account.Id),
                    run.Environment,
                    run.Now
                );
            }
        }

        log.WriteMetrics(
            OrganizationMetrics.AddTo(values, review, organization.ShardsLost),
            OrganizationMetrics.All,
            new(OrganizationMetrics.OrganizationDimension, organization.Id),
            run.Environment,
            run.Now
        );
    }
}
