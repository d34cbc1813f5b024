using OriginWatch.Audit;
using OriginWatch.Probing;
using OriginWatch.Rules;
using OriginWatch.Tests.Reporting;
using static OriginWatch.Tests.History.Routing.RoutedNights;

namespace OriginWatch.Tests.History;

/// <summary>What one origin shows in one night.</summary>
internal enum Sky
{
    Good,
    Expired,
    WrongName,
    Ending,
    Refused,
    Silent,
    NotReached,
    SeenOnce,
}

/// <summary>What goes wrong beside the origins.</summary>
internal enum Trouble
{
    None,
    Outage,
    TopicFails,
    StateCannotBeRead,
    StateCannotBeWritten,
    MarkCannotBeCleared,
    SomebodyElseWrites,
    ReportCannotBeWritten,
    Killed,
    RouteTopicFails,
    RoutesAreMalformed,
    RoutesCannotBeRead,
}

/// <param name="Skies">One for each origin.</param>
/// <param name="Trouble">At most one a night.</param>
/// <param name="Point">Where a kill strikes.</param>
/// <param name="ClockAhead">By how many days the clock of this run alone is wrong.</param>
/// <param name="Ways">Which topic gets which distribution, one for each of <see cref="Distributions"/>; null for the default topic.</param>
internal sealed record ModelNight(IReadOnlyList<Sky> Skies, Trouble Trouble, int Point, int ClockAhead, IReadOnlyList<string?> Ways)
{
    public static readonly IReadOnlyList<string> Distributions = ["E1SHOP", "E2NEWS", "E3BLOG"];

    /// <summary>Among which the owners change.</summary>
    public static readonly IReadOnlyList<IReadOnlyList<string?>> AllWays =
    [
        [null, null, null],
        [Shop, News, null],
        [News, Shop, null],
        [Shop, Shop, null],
        [null, null, Shop],
    ];

    public bool RoutesAreIgnored => Trouble is Trouble.RoutesAreMalformed or Trouble.RoutesCannotBeRead;

    /// <summary>Null where no route takes anything.</summary>
    public string? Routes =>
        Trouble == Trouble.RoutesAreMalformed ? "routes: ["
        : Ways.All(way => way is null) ? null
        : $"routes:\n{string.Concat(Ways.Index().Where(way => way.Item is not null).Select(way => $"  - {{name: r{way.Index}, topic: '{way.Item}', distribution: {Distributions[way.Index]}}}\n"))}";

    public static string DistributionOf(string id) =>
        Distributions[int.Parse(id["origin".Length..], System.Globalization.CultureInfo.InvariantCulture) % Distributions.Count];

    /// <summary>The topic that is to hear of an origin tonight.</summary>
    public string? TopicOf(string id) => RoutesAreIgnored ? null : Ways[Distributions.ToList().IndexOf(DistributionOf(id))];

    public static string IdOf(int origin) => $"origin{origin}";

    public AuditReport Report(DateTimeOffset at)
    {
        var report = Night.Report(
            at,
            [.. Skies.Select((sky, i) => Origin(IdOf(i), sky, at) with { DistributionId = DistributionOf(IdOf(i)) })]
        );
        return Skies.Any(sky => sky is Sky.NotReached or Sky.SeenOnce) ? report.CutShort() : report;
    }

    public override string ToString() => $"{Trouble} at {Point}, clock {ClockAhead:+0;-0;0} days: {string.Join(", ", Skies)}";

    private static SampleOrigin Origin(string id, Sky sky, DateTimeOffset at) =>
        sky switch
        {
            Sky.Expired => Night.Fails(id, SampleRules.NotExpired, $"the certificate of {id} expired"),
            Sky.WrongName => Night.Fails(id, SampleRules.NameCovered, $"the certificate of {id} does not cover the name"),
            Sky.Ending => Night.Fails(id, SampleRules.NotExpiring, $"the certificate of {id} ends soon", Severity.High) with
            {
                Chain = Night.Chain(id, at.AddDays(5)),
            },
            Sky.Refused => Night.Refused(id),
            Sky.Silent => Night.Silent(id),
            Sky.NotReached => Night.NotReached(id),
            Sky.SeenOnce => SeenOnce(id),
            _ => Night.Good(id),
        };

    private static SampleOrigin SeenOnce(string id) =>
        Night.Silent(id) with
        {
            Failure = new()
            {
                Stage = ProbeStage.Handshake,
                Reason = FailureReason.NoCommonProtocol,
                Detail = "no common version",
            },
            OfTarget =
            [
                (
                    SampleRules.CommonProtocol,
                    new Verdict.Undetermined($"seen once: {id} supports no version that CloudFront offers") { SeenOnce = true }
                ),
            ],
        };
}
