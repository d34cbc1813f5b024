namespace OriginWatch.Benchmarks.Money;

/// <summary>US dollars, list prices of us-east-1 without free tiers (https://aws.amazon.com/pricing/, 2026).</summary>
internal static class Prices
{
    public const double LambdaArmGbSecond = 0.0000133334;
    public const double LambdaRequest = 0.20 / 1_000_000;
    public const double MetricMonth = 0.30;
    public const double AlarmMonth = 0.10;
    public const double LogGb = 0.50;
    public const double S3Put = 0.005 / 1_000;
    public const double S3GbMonth = 0.023;
    public const double SnsEmail = 2.00 / 100_000;
}
