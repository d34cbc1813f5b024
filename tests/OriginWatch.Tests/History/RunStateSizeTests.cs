using System.Globalization;
using OriginWatch.History;
using OriginWatch.Rules;

namespace OriginWatch.Tests.History;

/// <summary>How long the state of a large organization is, and that no run writes one that the next run refuses.</summary>
public class RunStateSizeTests
{
    private const int Sampled = 1_000;
    private static readonly DateTimeOffset Night = new(2026, 11, 25, 6, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(200_000, 100)]
    [InlineData(1_000_000, 0)]
    public void Room_is_for_two_hundred_thousand_origins_with_a_finding_each_and_for_a_million_without(int origins, int percentWithFinding)
    {
        var each = RunStateJson.Write(State(percentWithFinding)).Length / Sampled;
        (each * (long)origins).ShouldBeLessThan(RunStateJson.MaxBytes, $"{each} bytes an origin");
    }

    [Fact]
    public void What_is_written_is_read_and_what_would_not_be_read_is_not_written()
    {
        var state = State(percentWithFinding: 10);
        var length = RunStateJson.Write(state).Length;

        RunStateJson
            .Read(RunStateJson.Write(state, length), length)
            .ShouldBeOfType<StateReading.Usable>()
            .State.Origins.Count.ShouldBe(Sampled);
        RunStateJson.Read(RunStateJson.Write(state, length), length - 1).ShouldBeOfType<StateReading.Unusable>();
        Should
            .Throw<RunStoreException>(() => RunStateJson.Write(state, length - 1))
            .Message.ShouldBe(
                $"It takes {length} bytes, and the next run reads at most {length - 1}. Fix the findings that most origins share, or exclude accounts and scan them with a bucket of their own."
            );
    }

    /// <summary>Ids and names as long as AWS and people make them.</summary>
    private static RunState State(int percentWithFinding)
    {
        var (origins, findings) = (new Dictionary<string, PriorOutcome>(StringComparer.Ordinal), new List<OpenFinding>());
        var answering = new List<string>();
        for (var number = 0; number < Sampled; number++)
        {
            var distribution = string.Create(CultureInfo.InvariantCulture, $"E{number:0000000000000}");
            var name = string.Create(CultureInfo.InvariantCulture, $"origin-{number:000000}.eu-central-1.shop.example.com");
            origins[$"{distribution}/{name}"] = new(OriginVerdict.Accepts, Night) { ExpiresAt = Night.AddDays(60) };
            answering.Add($"{name}:443");
            if (number % 100 < percentWithFinding)
            {
                findings.Add(Expiring(distribution, name));
            }
        }

        return new()
        {
            AccountId = "123456789012",
            LastRun = new()
            {
                Id = "20261125T060000Z-0123abcd",
                StartedAt = Night,
                FinishedAt = Night.AddMinutes(5),
            },
            Origins = origins,
            Answering = answering,
            Findings = findings,
            AccountsRead = [.. Enumerable.Range(0, Sampled / 25).Select(number => $"{100_000_000_000 + number}")],
        };
    }

    private static OpenFinding Expiring(string distribution, string name) =>
        new()
        {
            Key = $"OW303 {distribution}/{name} {name}:443",
            RuleId = "OW303",
            Title = "Origin certificates should be renewed well before they expire",
            Severity = Severity.High,
            AccountId = "123456789012",
            DistributionId = distribution,
            OriginId = name,
            Target = $"{name}:443",
            DomainName = name,
            Detail = "Certificate expires in 3 days 12 hours (2026-11-28 18:00 UTC), after 97 % of its lifetime",
            Certificates = ["0123456789abcdef0123456789abcdef"],
            Cause = "certificate 0123456789abcdef0123456789abcdef",
            Due = Night.AddDays(3),
            FirstSeen = Night,
            LastJudged = Night,
            LastMailed = Night,
            RoutedTo = "arn:aws:sns:eu-central-1:123456789012:shop-owners",
        };
}
