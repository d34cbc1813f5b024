using System.Globalization;

namespace OriginWatch.Benchmarks.Organization;

/// <summary>
/// What a month of nightly runs over an organization costs in us-east-1, at list price and without the free tier, part by part: the CPU of
/// a target as measured here,
/// everything else counted from the definition. Prices of .github/maintenance/cost.py, and https://aws.amazon.com/step-functions/pricing/
/// for Standard workflows.
/// </summary>
internal static class OrganizationMoney
{
    private const double Nights = 365 / 12.0;
    private const double Hours = 730;
    private const double Transition = 0.025 / 1e3;
    private const double GbSecond = 0.0000133334;
    private const double Request = 0.20 / 1e6;
    private const double Put = 0.005 / 1e3;
    private const double Get = 0.0004 / 1e3;
    private const double Metric = 0.30;
    private const double Alarm = 0.10;
    private const double Dashboard = 3.00;

    /// <summary>Of the state machine itself: ten states, and two for each of its maps and shards.</summary>
    private const int FixedTransitions = 14;

    /// <summary>To start a child and to end its one state.</summary>
    private const int TransitionsPerAccount = 2;

    /// <summary>An account with one and a half distributions (facts of the project: 500 accounts, 750 distributions) and 1.5 origins
    /// each.</summary>
    private const double TargetsPerAccount = 2.25;

    private const double GatherSeconds = 3;
    private const double GatherGb = 0.5;
    private const double OtherGb = 1;

    /// <summary>Start, canaries, confirmation.</summary>
    private const double FixedSeconds = 30;

    /// <summary>Lookup, connection and handshake in four round trips of 100 ms, 64 at a time.</summary>
    private const double WaitingPerTarget = 0.4 / 64;

    /// <summary>Put: inventory, state, report. Read: inventory twice, the shard, the missing failure.</summary>
    private const int PutsPerAccount = 3;

    private const int GetsPerAccount = 3;
    private const int Metrics = 27;
    private const int Alarms = 9;

    /// <summary>Where nothing was measured.</summary>
    private const double UsualCpuSeconds = 0.003;

    public static IEnumerable<Row> Rows(double? cpuSecondsPerTarget)
    {
        foreach (var accounts in new[] { 50, 500, 5_000 })
        {
            var targets = accounts * TargetsPerAccount;
            var transitions = Nights * (FixedTransitions + (accounts * TransitionsPerAccount)) * Transition;
            var gather = Nights * accounts * ((GatherSeconds * GatherGb * GbSecond) + Request);
            var rest =
                Nights
                * (
                    (FixedSeconds + (targets * Math.Max(WaitingPerTarget, 2 * (cpuSecondsPerTarget ?? UsualCpuSeconds))))
                    * OtherGb
                    * GbSecond
                );
            var storage = Nights * accounts * ((PutsPerAccount * Put) + (GetsPerAccount * Get));
            var metrics = Metrics * Metric * Nights / Hours;
            const double Watching = (Alarms * Alarm) + Dashboard;
            yield return new Row(
                string.Create(CultureInfo.InvariantCulture, $"A month of nightly runs, {accounts:N0} accounts"),
                string.Create(CultureInfo.InvariantCulture, $"${transitions + gather + rest + storage + metrics + Watching:0.00}"),
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"transitions ${transitions:0.00}, gather ${gather:0.00}, other functions ${rest:0.00}, S3 ${storage:0.00}, metrics ${metrics:0.00}, {Alarms} alarms and a dashboard ${Watching:0.00}"
                )
            );
        }
    }
}
