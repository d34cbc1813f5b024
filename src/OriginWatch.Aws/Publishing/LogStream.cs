using System.Text.Json;
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
        IReadOnlyList<MetricDefinition> sent = [.. definitions.Where(metric => values.ContainsKey(metric.Name))];
        if (sent.Count > 0)
        {
            WriteLine("run", json => WriteMetrics(json, values, sent, owner, environment, now));
        }
    }

    private static void WriteMetrics(
        Utf8JsonWriter json,
        IReadOnlyDictionary<string, double> values,
        IReadOnlyList<MetricDefinition> sent,
        MetricOwner owner,
        string environment,
        DateTimeOffset now
    )
    {
        json.WriteStartObject("_aws");
        json.WriteNumber("Timestamp", now.ToUnixTimeMilliseconds());
        json.WriteStartArray("CloudWatchMetrics");
        WriteDirective(json, sent, owner);
        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteString(owner.Dimension, owner.Id);
        json.WriteString(RunMetrics.EnvironmentDimension, environment);
        foreach (var metric in sent)
        {
            json.WriteNumber(metric.Name, values[metric.Name]);
        }
    }

    /// <summary>One account of a run over many, for Logs Insights: the table of accounts without a metric for each.</summary>
    public void WriteAccount(AccountSummary account) =>
        WriteLine(
            "account",
            json =>
            {
                WriteOptional(json, "account", account.Account.Id);
                WriteOptional(json, "name", account.Account.Name);
                WriteOptional(json, "path", account.Account.Path);
                WriteOptional(
                    json,
                    "outcome",
                    account.Reading.Outcome switch
                    {
                        AccountOutcome.Read => "read",
                        AccountOutcome.Denied => "denied",
                        AccountOutcome.Failed => "failed",
                        _ => "skipped",
                    }
                );
                WriteOptional(json, "reason", account.Reading.Reason);
                json.WriteNumber("distributions", account.Reading.Distributions);
                json.WriteNumber("origins", account.Origins);
                json.WriteNumber("failing", account.Failing);
                json.WriteNumber("undetermined", account.Undetermined);
                json.WriteNumber("findings", account.Findings);
            }
        );

    /// <summary>One origin, for Logs Insights.</summary>
    public void WriteOrigin(OriginReport origin, IReadOnlyList<Finding> findings) =>
        WriteLine(
            "origin",
            json =>
            {
                WriteOptional(json, "account", origin.Planned.Distribution.AccountId);
                WriteOptional(json, "distribution", origin.Planned.Distribution.Id);
                WriteOptional(json, "origin", origin.Planned.Origin.Id);
                WriteOptional(json, "domainName", origin.Planned.Origin.DomainName);
                WriteOptional(json, "verdict", WireNames.Of(origin.Verdict));
                WriteOptional(json, "alias", origin.Planned.Distribution.Aliases is [var alias, ..] ? alias : null);
                WriteOptional(json, "reason", OriginFacts.Reason(findings));
                WriteOptional(json, "notProbedBecause", origin.Planned.NotProbedBecause);
                WriteOptional(json, "daysToExpiry", OriginFacts.DaysToExpiry(origin));
                WriteOptional(json, "slowestHandshakeMilliseconds", OriginFacts.HandshakeTimes(origin).Cast<double?>().LastOrDefault());
                if (origin.Observation.Edge?.Decisive is { Outcome.Last: { } answer })
                {
                    WriteOptional(json, "edgeAnswer", WireNames.Of(answer.Kind));
                    WriteOptional(json, "edgeStatus", (double?)answer.Status);
                    WriteOptional(json, "edgePop", answer.Pop);
                    WriteOptional(json, "edgeRequestId", answer.RequestId);
                }

                json.WriteNumber("findingCount", findings.Count);
                json.WriteStartArray("findings");
                foreach (var finding in findings.Take(MostFindings))
                {
                    WriteFinding(json, finding);
                }

                json.WriteEndArray();
            }
        );

    /// <summary>Why a run judged nothing, or what it could not publish.</summary>
    public void WriteFault(string sentence) => WriteLine("fault", json => WriteOptional(json, "message", sentence));

    private static void WriteDirective(Utf8JsonWriter json, IReadOnlyList<MetricDefinition> sent, MetricOwner owner)
    {
        json.WriteStartObject();
        json.WriteString("Namespace", RunMetrics.Namespace);
        json.WriteStartArray("Dimensions");
        json.WriteStartArray();
        json.WriteStringValue(owner.Dimension);
        json.WriteStringValue(RunMetrics.EnvironmentDimension);
        json.WriteEndArray();
        json.WriteEndArray();
        json.WriteStartArray("Metrics");
        foreach (var metric in sent)
        {
            json.WriteStartObject();
            json.WriteString("Name", metric.Name);
            json.WriteString("Unit", metric.Unit);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteFinding(Utf8JsonWriter json, Finding finding)
    {
        json.WriteStartObject();
        json.WriteString("rule", finding.Rule.Id);
        json.WriteString("severity", WireNames.Of(finding.Severity));
        json.WriteString("status", WireNames.Of(finding.Status));
        WriteOptional(json, "target", finding.Target);
        json.WriteString("detail", Escape.Json(finding.Detail, LongestDetail));
        if (finding.SuppressedBy is not null)
        {
            json.WriteBoolean("suppressed", true);
        }

        json.WriteEndObject();
    }

    private static void WriteOptional(Utf8JsonWriter json, string name, string? value)
    {
        if (value is not null)
        {
            json.WriteString(name, Escape.Json(value));
        }
    }

    private static void WriteOptional(Utf8JsonWriter json, string name, double? value)
    {
        if (value is { } number)
        {
            json.WriteNumber(name, Math.Round(number, 3));
        }
    }

    private void WriteLine(string type, Action<Utf8JsonWriter> write)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteString("type", type);
            write(json);
            json.WriteEndObject();
        }

        buffer.WriteByte((byte)'\n');
        output.Write(buffer.GetBuffer(), 0, (int)buffer.Length);
        output.Flush();
    }
}

/// <summary>Whose numbers metrics are: the first dimension and its value.</summary>
internal sealed record MetricOwner(string Dimension, string Id);
