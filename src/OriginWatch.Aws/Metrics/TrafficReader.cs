using System.Globalization;
using Amazon.CloudWatch;
using Amazon.CloudWatch.Model;
using OriginWatch.Inventory;

namespace OriginWatch.Aws.Metrics;

/// <summary>
/// Reads what CloudFront counted. Requests and 5xxErrorRate are always there; 502ErrorRate, 504ErrorRate and CacheHitRate only where a
/// distribution's
/// additional metrics are on, and absent data says that they are off. Optional, so a fault is one remark.
/// </summary>
internal sealed class TrafficReader(AmazonCloudWatchClient metrics)
{
    /// <summary>https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_GetMetricData.html</summary>
    private const int MostQueries = 500;

    private const int MostPages = 20;
    private const int MostDistributions = 5_000;
    private const int Hour = 3600;
    private static readonly string[] Names = ["Requests", "5xxErrorRate", "502ErrorRate", "504ErrorRate", "CacheHitRate"];

    public async Task<TrafficReading> ReadAsync(
        IReadOnlyList<string> distributionIds,
        DateTimeOffset now,
        CancellationToken cancellationToken
    )
    {
        var read = new Dictionary<string, DistributionTraffic>(StringComparer.Ordinal);
        try
        {
            foreach (var ids in distributionIds.Take(MostDistributions).Chunk(MostQueries / Names.Length))
            {
                await ReadAsync(ids, now, read, cancellationToken);
            }
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            return new(read, $"CloudFront's metrics were not read: {AwsFault.Of(IamActions.GetMetricData, exception).Sentence}");
        }

        return new(
            read,
            distributionIds.Count > MostDistributions
                ? string.Create(
                    CultureInfo.InvariantCulture,
                    $"CloudFront's metrics were read for {MostDistributions} of {distributionIds.Count} distributions."
                )
                : null
        );
    }

    private async Task ReadAsync(
        string[] ids,
        DateTimeOffset now,
        Dictionary<string, DistributionTraffic> read,
        CancellationToken cancellationToken
    )
    {
        var request = new GetMetricDataRequest
        {
            StartTime = (now - DistributionTraffic.Span).UtcDateTime,
            EndTime = now.UtcDateTime,
            MetricDataQueries = [.. ids.SelectMany((id, index) => Names.Select((name, place) => Query(id, index, name, place)))],
        };
        var series = new Dictionary<string, Dictionary<DateTime, double>>(StringComparer.Ordinal);
        for (var page = 0; page < MostPages; page++)
        {
            var answer = await metrics.GetMetricDataAsync(request, cancellationToken);
            foreach (var result in answer.MetricDataResults ?? [])
            {
                Add(series, result);
            }

            if (answer.NextToken is not { Length: > 0 } next)
            {
                break;
            }

            request.NextToken = next;
        }

        foreach (var (index, id) in ids.Index())
        {
            if (Count(place => series.GetValueOrDefault(Key(index, place))) is { } traffic)
            {
                read[id] = traffic;
            }
        }
    }

    private static void Add(Dictionary<string, Dictionary<DateTime, double>> series, MetricDataResult result)
    {
        if (result is not { Id: { } id, Timestamps: { } times, Values: { } values })
        {
            return;
        }

        var points = series.TryGetValue(id, out var known) ? known : series[id] = [];
        foreach (var (time, value) in times.Zip(values))
        {
            points[time] = value;
        }
    }

    /// <summary>An average of rates is not weighted, so each hour's rate is weighed by that hour's requests. Null without a
    /// request.</summary>
    private static DistributionTraffic? Count(Func<int, Dictionary<DateTime, double>?> points)
    {
        var requests = points(0) is { } counted ? counted : [];
        var total = requests.Values.Sum();
        return total < 1
            ? null
            : new(
                (long)total,
                Weigh(requests, points(1)) ?? 0,
                Weigh(requests, points(2)),
                Weigh(requests, points(3)),
                Weigh(requests, points(4)) is { } hits ? Math.Max(0, (long)total - hits) : null
            );
    }

    private static long? Weigh(Dictionary<DateTime, double> requests, Dictionary<DateTime, double>? rates) =>
        rates is not { Count: > 0 }
            ? null
            : (long)Math.Round(rates.Sum(rate => requests.GetValueOrDefault(rate.Key) * Math.Clamp(rate.Value, 0, 100) / 100));

    private static string Key(int index, int place) => string.Create(CultureInfo.InvariantCulture, $"d{index}_{place}");

    private static MetricDataQuery Query(string id, int index, string name, int place) =>
        new()
        {
            Id = Key(index, place),
            MetricStat = new MetricStat
            {
                Metric = new Metric
                {
                    Namespace = "AWS/CloudFront",
                    MetricName = name,
                    Dimensions =
                    [
                        new Dimension { Name = "DistributionId", Value = id },
                        new Dimension { Name = "Region", Value = "Global" },
                    ],
                },
                Period = Hour,
                Stat = place == 0 ? "Sum" : "Average",
            },
        };
}
