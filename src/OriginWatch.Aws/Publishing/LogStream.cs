using System.Text;
using System.Text.Json.Nodes;
using OriginWatch.Audit;
using OriginWatch.Inventory.Organization;
using OriginWatch.Reporting;
using OriginWatch.Text;

namespace OriginWatch.Aws.Publishing;

/// <summary>
/// JSON lines on the raw standard output, one log event each: the runtime puts a time stamp before what <c>Console.WriteLine</c> writes,
/// and then
/// CloudWatch finds no metrics in it
/// (https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html).
/// </summary>
internal sealed class LogStream(Stream output)
{
    /// <summary>A log event holds 256 KiB; names times rules could exceed it.</summary>
    private const int MostFindings = 25;

    private const int LongestDetail = 300;

    /// <summary>The embedded metric format: one line for the whole run.</summary>
    public void WriteMetrics(IReadOnlyDictionary<string, double> values, string accountId, string environment, DateTimeOffset now) =>
        WriteMetrics(values, RunMetrics.All, new(RunMetrics.AccountDimension, accountId), environment, now);

    /// <param name="values">By name; what is not defined is left out.</param>
    /// <param name="definitions">In the order to be written.</param>
    /// <param name="owner">Whose numbers they are.</param>
    /// <param name="environment">The installation.</param>
    /// <param name="now">When they were true.</param>
    public void WriteMetrics(
        IReadOnlyDictionary<string, double> values,
        IReadOnlyList<MetricDefinition> definitions,
        MetricOwner owner,
        string environment,
        DateTimeOffset now
    )
    {
        List<MetricDefinition> sent = [.. definitions.Where(metric => values.ContainsKey(metric.Name))];
        if (sent.Count == 0)
        {
            return;
        }

        var line = new JsonObject
        {
            ["type"] = "run",
            ["_aws"] = new JsonObject
            {
                ["Timestamp"] = now.ToUnixTimeMilliseconds(),
                ["CloudWatchMetrics"] = new JsonArray(
                    new JsonObject
                    {
                        ["Namespace"] = RunMetrics.Namespace,
                        ["Dimensions"] = new JsonArray(new JsonArray(owner.Dimension, RunMetrics.EnvironmentDimension)),
                        ["Metrics"] = Array(sent.Select(metric => new JsonObject { ["Name"] = metric.Name, ["Unit"] = metric.Unit })),
                    }
                ),
            },
            [owner.Dimension] = owner.Id,
            [RunMetrics.EnvironmentDimension] = environment,
        };
        sent.ForEach(metric => line[metric.Name] = values[metric.Name]);
        WriteLine(line);
    }

    /// <summary>One account of a run over many, for Logs Insights: the table of accounts without a metric for each.</summary>
    public void WriteAccount(AccountSummary account) =>
        WriteLine(
            new()
            {
                ["type"] = "account",
                ["account"] = Text(account.Account.Id),
                ["name"] = Text(account.Account.Name),
                ["path"] = Text(account.Account.Path),
                ["outcome"] = account.Reading.Outcome switch
                {
                    AccountOutcome.Read => "read",
                    AccountOutcome.Denied => "denied",
                    AccountOutcome.Failed => "failed",
                    _ => "skipped",
                },
                ["reason"] = Text(account.Reading.Reason),
                ["distributions"] = account.Reading.Distributions,
                ["origins"] = account.Origins,
                ["failing"] = account.Failing,
                ["undetermined"] = account.Undetermined,
                ["findings"] = account.Findings,
            }
        );

    /// <summary>One origin, for Logs Insights.</summary>
    public void WriteOrigin(OriginReport origin, IReadOnlyList<Finding> findings)
    {
        var (distribution, answer) = (origin.Planned.Distribution, origin.Observation.Edge?.Decisive?.Outcome.Last);
        WriteLine(
            new()
            {
                ["type"] = "origin",
                ["account"] = Text(distribution.AccountId),
                ["distribution"] = Text(distribution.Id),
                ["origin"] = Text(origin.Planned.Origin.Id),
                ["domainName"] = Text(origin.Planned.Origin.DomainName),
                ["verdict"] = WireNames.Of(origin.Verdict),
                ["alias"] = Text(distribution.Aliases is [var alias, ..] ? alias : null),
                ["reason"] = Text(OriginFacts.Reason(findings)),
                ["notProbedBecause"] = Text(origin.Planned.NotProbedBecause),
                ["daysToExpiry"] = Number(OriginFacts.DaysToExpiry(origin)),
                ["slowestHandshakeMilliseconds"] = Number(OriginFacts.HandshakeTimes(origin).Cast<double?>().LastOrDefault()),
                ["edgeAnswer"] = answer is null ? null : WireNames.Of(answer.Kind),
                ["edgeStatus"] = answer?.Status,
                ["edgePop"] = Text(answer?.Pop),
                ["edgeRequestId"] = Text(answer?.RequestId),
                ["findingCount"] = findings.Count,
                ["findings"] = Array(findings.Take(MostFindings).Select(Line)),
            }
        );
    }

    /// <summary>Why a run judged nothing, or what it could not publish.</summary>
    public void WriteFault(string sentence) => WriteLine(new() { ["type"] = "fault", ["message"] = Text(sentence) });

    private static JsonObject Line(Finding finding) =>
        Stated(
            new()
            {
                ["rule"] = finding.Rule.Id,
                ["severity"] = WireNames.Of(finding.Severity),
                ["status"] = WireNames.Of(finding.Status),
                ["target"] = Text(finding.Target),
                ["detail"] = Escape.Json(finding.Detail, LongestDetail),
                ["suppressed"] = finding.SuppressedBy is null ? null : true,
            }
        );

    private static JsonNode? Text(string? value) => value is null ? null : Escape.Json(value);

    private static JsonNode? Number(double? value) => value is { } number ? Math.Round(number, 3) : null;

    private static JsonArray Array(IEnumerable<JsonNode> items) => new([.. items]);

    /// <summary>Without what is not known.</summary>
    private static JsonObject Stated(JsonObject line)
    {
        foreach (var name in line.Where(member => member.Value is null).Select(member => member.Key).ToList())
        {
            line.Remove(name);
        }

        return line;
    }

    private void WriteLine(JsonObject line)
    {
        output.Write(Encoding.UTF8.GetBytes($"{Stated(line).ToJsonString()}\n"));
        output.Flush();
    }
}

/// <summary>Whose numbers metrics are: the first dimension and its value.</summary>
internal sealed record MetricOwner(string Dimension, string Id);
