using System.Globalization;
using OriginWatch.Aws.Metrics;
using OriginWatch.Inventory;

namespace OriginWatch.Tests.Aws.Metrics;

[Collection(nameof(SharedPlainMoto))]
public sealed class TrafficReaderTests(SharedPlainMoto shared)
{
    private const string Json = "application/x-amz-json-1.0";
    private static readonly DateTimeOffset Now = new(2026, 11, 26, 6, 0, 0, TimeSpan.Zero);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Weighs_each_hours_rate_by_its_requests()
    {
        await using var watch = new LoopbackHttp(_ =>
            new(
                200,
                """
                {"MetricDataResults":[
                  {"Id":"d0_0","Timestamps":[1795672800,1795676400],"Values":[1000.0,10.0],"StatusCode":"Complete"},
                  {"Id":"d0_1","Timestamps":[1795672800,1795676400],"Values":[1.0,100.0]},
                  {"Id":"d0_2","Timestamps":[],"Values":[]},
                  {"Id":"d1_0","Timestamps":[1795672800],"Values":[200.0]},
                  {"Id":"d1_1","Timestamps":[1795672800],"Values":[50.0]},
                  {"Id":"d1_2","Timestamps":[1795672800],"Values":[25.0]},
                  {"Id":"d1_3","Timestamps":[1795672800],"Values":[10.0]},
                  {"Id":"d1_4","Timestamps":[1795672800],"Values":[90.0]}]}
                """,
                Json
            )
        );

        var reading = await ReadAsync(watch, "E1", "E2", "E3");

        reading.Remark.ShouldBeNull();
        reading.ByDistribution["E1"].ShouldBe(new DistributionTraffic(1010, 20));
        reading.ByDistribution["E2"].ShouldBe(new DistributionTraffic(200, 100, 50, 20, 20));
        reading.ByDistribution.Keys.ShouldBe(["E1", "E2"], "no datapoint, no statement");
    }

    [Fact]
    public async Task Asks_in_us_east_1_for_a_day_by_the_hour_at_most_500_metrics_a_call()
    {
        await using var watch = new LoopbackHttp(_ => new(200, """{"MetricDataResults":[]}""", Json));

        await ReadAsync(watch, [.. Enumerable.Range(0, 101).Select(number => $"E{number}")]);

        watch.Calls.Count.ShouldBe(2);
        var first = watch.Calls.First();
        first.Headers["Authorization"].ShouldContain("/us-east-1/monitoring/aws4_request");
        var body = System.Text.Json.JsonElement.Parse(first.Body);
        body.GetProperty("MetricDataQueries").GetArrayLength().ShouldBe(500);
        (body.GetProperty("EndTime").GetDouble() - body.GetProperty("StartTime").GetDouble()).ShouldBe(86_400);
    }

    [Fact]
    public async Task Follows_pages()
    {
        await using var watch = new LoopbackHttp(call =>
            new(
                200,
                call.Body.Contains("NextToken", StringComparison.Ordinal)
                    ? """{"MetricDataResults":[{"Id":"d0_0","Timestamps":[1795676400],"Values":[5.0]}]}"""
                    : """{"MetricDataResults":[{"Id":"d0_0","Timestamps":[1795672800],"Values":[7.0]}],"NextToken":"more"}""",
                Json
            )
        );

        (await ReadAsync(watch, "E1")).ByDistribution["E1"].Requests.ShouldBe(12);
    }

    [Fact]
    public async Task Denied_is_one_remark()
    {
        await using var watch = new LoopbackHttp(_ => new(400, """{"__type":"AccessDenied","message":"no"}""", Json));
        var reading = await ReadAsync(watch, "E1", "E2");
        reading.ByDistribution.ShouldBeEmpty();
        reading.Remark.ShouldBe(
            "CloudFront's metrics were not read: AWS denied cloudwatch:GetMetricData (AccessDenied: no). Allow the action cloudwatch:GetMetricData to this identity."
        );
    }

    [Fact]
    public async Task Motos_CloudWatch_answers_as_the_reader_expects()
    {
        var moto = await shared.StartedAsync(Token);
        var now = DateTimeOffset.UtcNow; // moto forgets what is old
        var at = now.ToString("O", CultureInfo.InvariantCulture);
        await moto.RunAsync("metric", at, "E1", "Requests", "1000", "4310");
        await moto.RunAsync("metric", at, "E1", "5xxErrorRate", "0", "25");
        await moto.RunAsync("metric", at, "E2", "Requests", "700");
        await moto.RunAsync("metric", at, "E2", "5xxErrorRate", "0");

        using var metrics = LoopbackClients.On(moto.Url).Metrics();
        var reading = await new TrafficReader(metrics).ReadAsync(["E1", "E2", "E3"], now, Token);

        reading.Remark.ShouldBeNull();
        reading.ByDistribution["E1"].ShouldBe(new DistributionTraffic(5310, 1078));
        reading.ByDistribution["E2"].ShouldBe(new DistributionTraffic(700, 0));
        reading.ByDistribution.ContainsKey("E3").ShouldBeFalse();
    }

    private static async Task<TrafficReading> ReadAsync(LoopbackHttp watch, params IReadOnlyList<string> ids)
    {
        using var metrics = LoopbackClients.On(watch.Url).Metrics();
        return await new TrafficReader(metrics).ReadAsync(ids, Now, Token);
    }
}
