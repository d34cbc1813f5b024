using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Time.Testing;
using OriginWatch.Audit;
using OriginWatch.Aws.Organization;
using OriginWatch.Aws.Publishing;
using OriginWatch.History;
using OriginWatch.History.Routing;
using OriginWatch.Inventory.Organization;
using OriginWatch.Loopback;
using OriginWatch.Mail;
using OriginWatch.Probing;
using OriginWatch.Reporting;
using OriginWatch.Rules;
using OriginWatch.Tests.History;
using OriginWatch.Tests.Reporting;
using OriginWatch.Trust;
using Shouldly;
using Xunit;

namespace OriginWatch.Tests.Aws.Organization;

/// <summary>Forty accounts in moto with a shared load balancer, two nights: what is mailed, counted and remembered.</summary>
public sealed partial class FortyAccountsTests : IAsyncDisposable
{
    private const int Accounts = 40;
    private const int Pages = 40;
    private const string Shared = "lb.shared.test";
    private const string Own = "own.shared.test";
    private const string Owners = "arn:aws:sns:us-east-1:123456789012:owners";
    private const string Web = "arn:aws:sns:us-east-1:123456789012:web";
    private const string PagesTeam = "arn:aws:sns:us-east-1:123456789012:pages";
    private static readonly DateTimeOffset FirstNight = new(2026, 11, 1, 6, 0, 0, TimeSpan.Zero);
    private static readonly IPAddress Renewed = IPAddress.Parse("127.0.0.2");
    private static readonly IPAddress Closed = IPAddress.Parse("127.0.0.3");

    private readonly FakeTimeProvider _time = new(FirstNight);
    private readonly CertificateAuthority _root = CertificateAuthority.CreateRoot("CN=Test Root", FirstNight);
    private readonly InMemoryRunStore _store = new();
    private readonly List<DigestMessage> _mailbox = [];
    private readonly TlsServer _expired;
    private readonly TlsServer _renewed;
    private readonly TlsServer _own;

    public FortyAccountsTests()
    {
        _expired = Serve(Shared, FirstNight.AddDays(-90), FirstNight.AddDays(-1), IPAddress.Loopback, 0);
        _renewed = Serve(Shared, FirstNight.AddDays(-1), FirstNight.AddDays(89), Renewed, _expired.EndPoint.Port);
        _own = Serve(Own, FirstNight.AddDays(-1), FirstNight.AddDays(89), IPAddress.Loopback, 0);
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Two_nights_tell_each_owner_his_part_once_and_name_what_was_not_scanned()
    {
        Tools.SkipUnlessLong();
        Tools.SkipOrFail(await MotoServer.MissingAsync());
        await using var moto = await MotoOrganization.StartAsync(
            Plan(),
            new Dictionary<string, int>(StringComparer.Ordinal) { [MotoOrganization.Id(4)] = 1 },
            Token
        );
        _store.Routes = $"""
            routes:
              - name: pages
                topic: {PagesTeam}
                alias: "*.pages.example"
              - name: owners
                topic: {Owners}
                account: ["{MotoOrganization.Id(1)}", "{MotoOrganization.Id(5)}", "{MotoOrganization.Id(6)}"]
              - name: web
                topic: {Web}
                path: {moto.Unit("web")}
            """;

        var first = await NightAsync(moto, IPAddress.Loopback, IPAddress.Loopback);
        _expired.Connections.ShouldBe(2, $"{Accounts} accounts share the load balancer: one handshake, and one that confirms the failure");
        CheckNight("night-1", first);
        var state = _store.State.ShouldNotBeNull();
        state.Findings.Select(finding => finding.AccountId).Distinct(StringComparer.Ordinal).Count().ShouldBe(Accounts - 3);
        state.Findings.Select(finding => finding.Cause).Distinct(StringComparer.Ordinal).ShouldHaveSingleItem();
        state.AccountsRead.Count.ShouldBe(Accounts - 3 + 1, "and the account that scans");

        CheckNight("night-2", await NightAsync(moto, Renewed, Closed));
        _store
            .State.Findings.Select(finding => (finding.AccountId, finding.RoutedTo))
            .ShouldBe([(MotoOrganization.Id(5), Owners), (MotoOrganization.Id(6), Owners)]);
        _mailbox.Select(mail => mail.Id).ShouldBeUnique();
    }

    /// <summary>What a person sees at a terminal and on the page, what each topic gets, what is counted and what is remembered.</summary>
    private void CheckNight(string night, RunReview review)
    {
        var mails = _mailbox.Where(mail => mail.Id.StartsWith(review.RunId, StringComparison.Ordinal)).ToList();
        mails.Select(mail => mail.Topic?.Split(':')[^1] ?? "default").ShouldBe(["default", "pages", "owners", "web"]);
        foreach (var mail in mails)
        {
            Steady($"Subject: {mail.Subject}\n\n{mail.Text}", review)
                .ShouldBeApproved($"{night}/mail-{mail.Topic?.Split(':')[^1] ?? "default"}.txt");
        }

        var options = review.Inform(new ReportOptions { Width = 100 });
        Steady(TextReport.Render(review.Report, options).ToPlainText(), review).ShouldBeApproved($"{night}/terminal.txt");
        Steady(TextOf(HtmlReport.Render(review.Report, options)), review).ShouldBeApproved($"{night}/page.txt");
        $"{Metrics(review)}\n\n{State()}".ShouldBeApproved($"{night}/metrics-and-state.txt");
    }

    private string State()
    {
        var state = _store.State.ShouldNotBeNull();
        var findings = state
            .Findings.GroupBy(finding => (finding.RoutedTo, finding.RuleId, finding.Severity, finding.FirstSeen, finding.LastMailed))
            .Select(group =>
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{group.Count()} x {group.Key.RuleId} {group.Key.Severity} in {group.Select(finding => finding.AccountId).Distinct(StringComparer.Ordinal).Count()} accounts, since {group.Key.FirstSeen:yyyy-MM-dd}, mailed {group.Key.LastMailed:yyyy-MM-dd} to {group.Key.RoutedTo ?? "the default topic"}"
                )
            )
            .Order(StringComparer.Ordinal);
        return $"{string.Join('\n', findings)}\n{state.Pending.Count} pending, {state.Origins.Count} origins, {state.AccountsRead.Count} accounts read\n{state.LastRun.IncompleteBecause}\n";
    }

    /// <summary>The words of the page down to the accounts, a line for each element that has some; below that it is as for one
    /// account.</summary>
    private static string TextOf(string html)
    {
        var body = new HtmlPage(html).Body.Replace("<wbr>", "", StringComparison.Ordinal);
        var text = WebUtility.HtmlDecode(Tags().Replace(body[..body.IndexOf("Certificates by expiry", StringComparison.Ordinal)], "\n"));
        return string.Join('\n', text.Split('\n').Select(line => line.Trim()).Where(line => line.Length > 0)) + "\n";
    }

    public async ValueTask DisposeAsync()
    {
        await _expired.DisposeAsync();
        await _renewed.DisposeAsync();
        await _own.DisposeAsync();
        _root.Dispose();
    }

    /// <summary>One without the role, one with an external id that nobody gives, one closed, one whose listing has 40 pages, two with an
    /// origin of their own.</summary>
    private PlannedAccount[] Plan() =>
        [
            new("norole", Using(Shared, "E001")) { Role = false },
            new("external", Using(Shared, "E002")) { ExternalId = "another-tenant" },
            new("closed", Using(Shared, "E003")) { Closed = true },
            new(
                "pages",
                [
                    .. Enumerable
                        .Range(0, Pages)
                        .Select(number =>
                            Using(
                                Shared,
                                string.Create(CultureInfo.InvariantCulture, $"EPAGE{number:00}"),
                                string.Create(CultureInfo.InvariantCulture, $"p{number:00}.pages.example")
                            )
                        ),
                ]
            ),
            new("own-one", Using(Shared, "E005"), Using(Own, "E105")),
            new("own-two", Using(Shared, "E006"), Using(Own, "E106")),
            .. Enumerable
                .Range(7, Accounts - 6)
                .Select(number => new PlannedAccount(
                    string.Create(CultureInfo.InvariantCulture, $"team-{number:00}"),
                    Using(Shared, string.Create(CultureInfo.InvariantCulture, $"E{number:000}"))
                )
                {
                    Unit = number < 20 ? "web" : null,
                }),
        ];

    private PlannedDistribution Using(string name, string id, params string[] aliases) =>
        new(id, aliases, new PlannedOrigin("origin", name, (name == Shared ? _expired : _own).EndPoint.Port, Protocols: "TLSv1.2"));

    private async Task<RunReview> NightAsync(MotoOrganization moto, IPAddress shared, IPAddress own)
    {
        using var organization = new AwsOrganization(
            LoopbackClients.On(moto.Url, moto.Function),
            new AccountChoice.Organization("OriginWatchMember", ExternalId: null, new AccountFilter([], [])),
            clientCertificates: false,
            TimeProvider.System
        )
        {
            NeedsPaths = true,
        };
        using var prober = new TlsProber(
            new ProberOptions { AllowPrivateAddresses = true },
            new OverridingResolver(
                [new ResolveOverride(Shared, _expired.EndPoint.Port, [shared]), new ResolveOverride(Own, _own.EndPoint.Port, [own])],
                new DnsResolver()
            ),
            TimeProvider.System
        );
        var recorder = new RunRecorder(
            _store,
            new DigestWriter(new() { Environment = "prod" }).Compose,
            (digest, _) =>
            {
                _mailbox.Add(digest);
                return Task.CompletedTask;
            },
            _time
        );
        var start = await recorder.BeginAsync(Token);
        var options = new AuditOptions { ConfirmationDelay = TimeSpan.Zero, Prior = start.Prior };
        var audit = new AuditRunner(
            options,
            prober,
            TrustStore.FromPem(_root.Certificate.ExportCertificatePem(), "test root"),
            new RuleCatalog(new()),
            _time
        );
        var report = await audit.RunAsync(organization, progress: null, CancellationToken.None, Token);
        var (routes, problem) = await RouteTags.ReadAsync(start, report, organization.ReadTagsAsync, TimeProvider.System, Token);
        problem.ShouldBeNull();
        var outcome = await recorder.FinishAsync(start with { Routes = routes }, report, _ => [], Token);
        outcome.Failures.ShouldBeEmpty();
        _time.Advance(TimeSpan.FromDays(1));
        return outcome.Review;
    }

    private static string Metrics(RunReview review)
    {
        var sent = RunMetrics.Of(review, confirmedSubscribers: 1, TimeSpan.FromSeconds(1));
        string[] told = ["RunCompleted", "DistributionsListed", "OriginsRejected", "FindingsCritical", "FindingsNew", "FindingsResolved"];
        return string.Join(", ", told.Select(name => string.Create(CultureInfo.InvariantCulture, $"{name} {sent[name]}")));
    }

    private TlsServer Serve(string name, DateTimeOffset from, DateTimeOffset until, IPAddress address, int port)
    {
        using var leaf = _root.IssueLeaf(name, new CertificateShape { NotBefore = from, NotAfter = until });
        return TlsServer.Start(TlsServerShape.For(leaf) with { Address = address, Port = port });
    }

    /// <summary>Without what differs from run to run; what takes its place is as long.</summary>
    private string Steady(string text, RunReview review)
    {
        text = new[] { _expired, _own }.Aggregate(
            text.Replace(review.RunId, new string('r', review.RunId.Length), StringComparison.Ordinal),
            (steady, server) =>
                steady
                    .Replace($":{server.EndPoint.Port}", ":40443", StringComparison.Ordinal)
                    .Replace($" {server.EndPoint.Port}", " 40443", StringComparison.Ordinal)
        );
        return Random().Replace(text, match => new string('0', match.Length));
    }

    /// <summary>Serial numbers and hashes, durations, the ids of organizational units.</summary>
    [GeneratedRegex(
        @"[0-9a-f]{32,}|(?<=took )[0-9.]+|[0-9.]+(?= ms)|(?<=ou-)[0-9a-z]{4}-[0-9a-z]{8}|(?<=r-)[0-9a-z]{4}(?=[/\n])",
        RegexOptions.ExplicitCapture,
        1000
    )]
    private static partial Regex Random();

    [GeneratedRegex("<[^>]*>", RegexOptions.None, 1000)]
    private static partial Regex Tags();
}
