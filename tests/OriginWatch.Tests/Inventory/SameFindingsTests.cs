using Microsoft.Extensions.Time.Testing;
using OriginWatch.Audit;
using OriginWatch.Inventory;
using OriginWatch.Probing;
using OriginWatch.Rules;
using OriginWatch.Targets;
using OriginWatch.Tls;
using OriginWatch.Trust;

namespace OriginWatch.Tests.Inventory;

/// <summary>The same three distributions as a listing, as a plan and as a template are judged alike.</summary>
public class SameFindingsTests
{
    private static string File(string name) =>
        System.IO.File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Inventory", "same", name));

    [Fact]
    public async Task A_listing_a_plan_and_a_template_give_the_same_findings()
    {
        var listing = await FindingsAsync(File("listing.json"));
        listing.ShouldContain(finding => finding.Contains("OW202", StringComparison.Ordinal));
        listing.Select(finding => finding.Split(' ')[0]).Distinct().Count().ShouldBe(3);
        (await FindingsAsync(File("plan.json"))).ShouldBe(listing);
        (await FindingsAsync(File("template.yaml"))).ShouldBe(listing);
    }

    private static async Task<List<string>> FindingsAsync(string text)
    {
        var listing = InventoryText.Read(text);
        var time = new FakeTimeProvider(Given.Now);
        var audit = new AuditRunner(
            new() { ConfirmationDelay = TimeSpan.Zero },
            new SilentProber(),
            TrustStore.LoadMozilla(),
            new RuleCatalog(new()),
            time
        );
        var run = audit.RunAsync(new Fixed(listing), null, default, TestContext.Current.CancellationToken);
        while (!run.IsCompleted)
        {
            time.Advance(TimeSpan.FromSeconds(1));
            await Task.Yield();
        }

        var comments = listing.Distributions.ToDictionary(
            distribution => distribution.Id,
            distribution => distribution.Comment,
            StringComparer.Ordinal
        );
        return
        [
            .. (await run)
                .Findings.Where(finding => finding.Target?.Contains("cloudfront.net", StringComparison.Ordinal) != true) // A name that only a distribution has that exists.
                .Select(finding =>
                    $"{comments[finding.DistributionId]} {finding.OriginId} {finding.Rule.Id} {finding.Status} {finding.Severity} {finding.Detail.Replace(finding.DistributionId, "ID", StringComparison.Ordinal)}"
                )
                .Order(StringComparer.Ordinal),
        ];
    }

    /// <summary>Refuses every connection: then what is found rests on the configuration alone.</summary>
    private sealed class SilentProber : IProber
    {
        public Task<TargetOutcome> ProbeAsync(ProbeTarget target, CancellationToken cancellationToken) => Task.FromResult(Refused());

        public Task<TargetOutcome> ConnectAsync(HttpTarget target, CancellationToken cancellationToken) => Task.FromResult(Refused());

        public Task<AcceptedVersions> ScanVersionsAsync(
            ProbeTarget target,
            IReadOnlyList<TlsProtocol> versions,
            CancellationToken cancellationToken
        ) => Task.FromResult(new AcceptedVersions(new(versions), new()));

        private static TargetOutcome Refused() => new(Given.Target(), [Given.Attempt(Given.Refused()).Attempt]) { AddressesFound = 1 };
    }

    private sealed class Fixed(Listing listing) : IInventorySource
    {
        public Task<Listing> ReadAsync(CancellationToken cancellationToken) => Task.FromResult(listing);
    }
}
