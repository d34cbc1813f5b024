using System.Net;
using OriginWatch.Audit;
using OriginWatch.Inventory;
using OriginWatch.Inventory.Organization;
using OriginWatch.Loopback;
using OriginWatch.Probing;
using OriginWatch.Probing.Recorded;
using OriginWatch.Rules;
using OriginWatch.SelfTest;
using OriginWatch.Targets;
using OriginWatch.Tests.Inventory.Organization;
using OriginWatch.Tls;
using Shouldly;
using Xunit;

namespace OriginWatch.Tests.Audit.Organization;

/// <summary>One engine, two ways to drive it: the servers of the demo and some more, through the steps and in one process.</summary>
public sealed class SameFindingsTests
{
    private const string One = "111111111111";
    private const string Two = "222222222222";
    private const string Three = "333333333333";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_same_listing_through_the_steps_and_through_one_process_gives_identical_findings()
    {
        await using var world = await World.StartAsync();
        var options = new AuditOptions
        {
            ConfirmationDelay = TimeSpan.FromMilliseconds(50),
            Prior = world.Prior,
            JudgeAt = DateTimeOffset.UtcNow,
        };
        var inventory = new OrganizationInventory(
            _ => Task.FromResult(new AccountList(StepsInProcess.ScannedBy, world.Accounts)),
            TimeSpan.FromMinutes(1),
            TimeProvider.System
        );
        var direct = await new AuditRunner(
            options,
            world.Prober,
            world.Origins.Trusted,
            new RuleCatalog(new()),
            TimeProvider.System
        ).RunAsync(inventory, progress: null, CancellationToken.None, Token);
        var steps = new StepsInProcess(world.Accounts, world.Prober, world.Origins.Trusted, options, targetsPerShard: 6);
        var report = await steps.RunAsync(Token);

        steps.Shards.Count.ShouldBeGreaterThan(2);
        Story(report).Except(Story(direct), StringComparer.Ordinal).ShouldBeEmpty();
        Story(report).ShouldBe(Story(direct));
        report.Totals.ShouldBeEquivalentTo(direct.Totals);
        report.Run.IncompleteBecause.ShouldBe(direct.Run.IncompleteBecause);
        report.Run.Accounts.ShouldBe(direct.Run.Accounts);
        report.Run.Remarks.ShouldBe(direct.Run.Remarks);

        // The zoo is only worth something if it has each kind of second question.
        var records = steps.Observations.SelectMany(ObservationFile.Read).ToList();
        records.Count(record => record.Looks.Count == 2).ShouldBeGreaterThan(5);
        records.ShouldContain(record => record.Versions != null);
        records.ShouldContain(record => record.Target is HttpTarget && record.Looks.Count == 2);
        report.Origins.ShouldContain(origin => origin.Observation.Targets.Any(target => target.UnderOwnName.Count > 0));
        report.Findings.ShouldContain(finding => finding.Rule.Id == "OW212");
    }

    [Fact]
    public async Task A_shard_that_is_lost_leaves_its_targets_unreached_and_the_run_incomplete()
    {
        await using var world = await World.StartAsync();
        var steps = new StepsInProcess(
            world.Accounts,
            world.Prober,
            world.Origins.Trusted,
            new AuditOptions { ConfirmationDelay = TimeSpan.Zero },
            targetsPerShard: 6
        );
        await steps.RunAsync(Token);
        var inventory = new OrganizationInventory(
            _ => Task.FromResult(new AccountList(StepsInProcess.ScannedBy, world.Accounts)),
            TimeSpan.FromMinutes(1),
            TimeProvider.System
        );
        var rest = new RecordedProber(steps.Observations.Skip(1).SelectMany(ObservationFile.Read));
        var options = new AuditOptions { ConfirmationDelay = TimeSpan.Zero, TargetsMissingBecause = "1 of 3 shards left no observations" };
        var report = await new AuditRunner(options, rest, world.Origins.Trusted, new RuleCatalog(new()), TimeProvider.System).RunAsync(
            inventory,
            progress: null,
            CancellationToken.None,
            Token
        );

        report.Run.IncompleteBecause.ShouldNotBeNull().ShouldContain("1 of 3 shards left no observations: ");
        report.Totals.TargetsNotReached.ShouldBeGreaterThan(0);
        report
            .Findings.Where(finding =>
                finding.Seen is { } seen
                && !seen.Addresses.All(address =>
                    address.Hellos.All(hello => hello.First.Result is not ProbeFailure { Reason: FailureReason.RunDeadline })
                )
            )
            .ShouldAllBe(finding => finding.Status == FindingStatus.Undetermined);
    }

    /// <summary>All that the rules said, without the times of connections.</summary>
    private static List<string> Story(AuditReport report) =>
        [
            .. report.Origins.Select(origin =>
                $"{OriginKey.Of(origin.Planned)} {origin.Verdict}: {string.Join(" | ", origin.Judgements.Select(judgement => $"{judgement.Rule.Id} {judgement.Target?.Name.Target.NameAndPort} {judgement.Verdict}"))}"
            ),
            .. report.Findings.Select(finding =>
                $"{finding.Key} {finding.Status} {finding.Severity} {finding.Detail} {finding.Remediation}"
            ),
        ];

    private sealed class World : IAsyncDisposable
    {
        private readonly TlsProber _prober;
        private readonly TlsServer _strict;
        private readonly TlsServer _old;
        private readonly CertificateAuthority _authority;

        private World(DemoOrigins origins, CertificateAuthority authority, TlsServer strict, TlsServer old)
        {
            (Origins, _authority, _strict, _old) = (origins, authority, strict, old);
            var endpoints = new Dictionary<string, IPEndPoint>(origins.Endpoints, StringComparer.Ordinal)
            {
                ["strict.example"] = strict.EndPoint,
                ["old.example"] = old.EndPoint,
            };
            endpoints["silent.origins.example"] = strict.EndPoint; // silence takes ten seconds, and the allow-listed ones are as doubtful
            _prober = new(new ProberOptions(), new PinnedResolver(endpoints), TimeProvider.System);
            Prober = new PinnedProber(_prober, endpoints);
        }

        public DemoOrigins Origins { get; }

        public IProber Prober { get; }

        public required IReadOnlyList<AccountSource> Accounts { get; init; }

        /// <summary>One of the silent ones was evaluated before, so that its silence is news.</summary>
        public IReadOnlyDictionary<string, PriorOutcome> Prior { get; } =
            new Dictionary<string, PriorOutcome>(StringComparer.Ordinal)
            {
                ["E3DEMOMEDIA/allow-listed"] = new(OriginVerdict.Accepts, DateTimeOffset.UtcNow.AddDays(-1)),
            };

        public static async Task<World> StartAsync()
        {
            var now = DateTimeOffset.UtcNow;
            var origins = DemoOrigins.Start(now);
            var authority = CertificateAuthority.CreateRoot("CN=Another Root", now);
            using var strict = authority.IssueLeaf("strict.example");
            using var old = origins.Issuer.IssueLeaf("old.example");
            var demo = await new DemoAudit(TimeProvider.System).ReadAsync(Token);
            var healthy = demo.Distributions[0].Origins[0];
            return new(
                origins,
                authority,
                TlsServer.Start(TlsServerShape.For(strict)),
                TlsServer.Start(TlsServerShape.For(old, origins.Issuer.Certificate))
            )
            {
                Accounts =
                [
                    new FakeAccount(One, demo.Distributions[0], demo.Distributions[1]).Source,
                    new FakeAccount(
                        Two,
                        demo.Distributions[2],
                        Distribution("E4", healthy, demo.Distributions[0].Origins[2]),
                        Forwarding("E5", healthy)
                    ).Source,
                    new FakeAccount(
                        Three,
                        Distribution("E6", healthy, Old(), Refused(demo.Distributions[2])),
                        Forwarding("E7", At("strict", "strict.example"))
                    ).Source,
                    new FakeAccount("444444444444")
                    {
                        Instead = _ => throw new InventoryException("AWS denied it.") { IsDenied = true },
                    }.Source,
                    FakeAccount.Closed("555555555555"),
                ],
            };
        }

        public async ValueTask DisposeAsync()
        {
            _prober.Dispose();
            await _strict.DisposeAsync();
            await _old.DisposeAsync();
            _authority.Dispose();
            await Origins.DisposeAsync();
        }

        private static Distribution Distribution(string id, params Origin[] origins) =>
            Given.Distribution(origins) with
            {
                Id = id,
                CacheBehaviors = [.. origins.Skip(1).Select(origin => Given.Behavior(origin.Id) with { PathPattern = $"/{origin.Id}/*" })],
            };

        private static Distribution Forwarding(string id, Origin origin) =>
            Given.Distribution(origin) with
            {
                Id = id,
                Aliases = ["www.shop.example"],
                DefaultCacheBehavior = Given.Behavior(origin.Id) with { ForwardedHeaders = ["Host"] },
            };

        /// <summary>Takes TLS 1.2 and 1.3, with older versions still listed.</summary>
        private static Origin Old() =>
            At("old", "old.example") with
            {
                CustomOriginConfig = Given.Origin().CustomOriginConfig! with
                {
                    OriginSslProtocols = [TlsProtocol.Tls10, TlsProtocol.Tls12],
                },
            };

        /// <summary>An HTTP port that nobody listens on.</summary>
        private static Origin Refused(Distribution media) =>
            media.Origins.Single(origin => origin.Id == "closed-port") with
            {
                Id = "closed-http",
                CustomOriginConfig = new()
                {
                    OriginProtocolPolicy = OriginProtocolPolicy.HttpOnly,
                    OriginSslProtocols = [TlsProtocol.Tls12],
                },
            };

        private static Origin At(string id, string domainName) => Given.Origin(id) with { DomainName = domainName };
    }
}
