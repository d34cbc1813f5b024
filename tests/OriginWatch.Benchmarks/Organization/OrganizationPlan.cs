using System.Globalization;
using OriginWatch.Benchmarks.Network;
using OriginWatch.Inventory;
using OriginWatch.Inventory.Organization;
using OriginWatch.Tls;

namespace OriginWatch.Benchmarks.Organization;

/// <summary>Accounts whose origins share targets: the farm's hosts at ten ports each.</summary>
internal static class OrganizationPlan
{
    public const int Ports = 10;
    public const int ScannedBy = 999;

    /// <summary>Distinct.</summary>
    public const int Targets = FarmHosts.Answering * Ports;

    private const double OriginsPerTarget = 2.5;
    private const int OriginsPerAccount = 100;
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(5);

    public static int Origins(int targets) => (int)(targets * OriginsPerTarget);

    public static int AccountsOf(int targets) => Origins(targets) / OriginsPerAccount;

    public static IReadOnlyList<AccountSource> Accounts(int targets) =>
        [
            .. Enumerable
                .Range(0, AccountsOf(targets))
                .Select(account => new AccountSource(new(IdOf(account), $"team{account}"), new Fixed(account, targets))),
        ];

    public static OrganizationInventory Inventory(IReadOnlyList<AccountSource> sources) =>
        new(_ => Task.FromResult(new AccountList(IdOf(ScannedBy), sources)), Limit, TimeProvider.System);

    public static string IdOf(int account) => (100_000_000_000 + account).ToString(CultureInfo.InvariantCulture);

    private static Distribution DistributionOf(int number, int targets)
    {
        var id = string.Create(CultureInfo.InvariantCulture, $"E{number:000000}");
        var target = number % targets;
        var origin = new Origin
        {
            Id = "origin",
            DomainName = FarmHosts.Name(target % FarmHosts.Answering),
            ConnectionAttempts = 1,
            CustomOriginConfig = new()
            {
                HttpsPort = FarmHosts.Port(target / FarmHosts.Answering),
                OriginProtocolPolicy = OriginProtocolPolicy.HttpsOnly,
                OriginSslProtocols = [TlsProtocol.Tls12],
            },
        };
        return new()
        {
            Id = id,
            DomainName = $"{id}.cloudfront.net",
            Origins = [origin],
            DefaultCacheBehavior = new() { TargetOriginId = origin.Id, ViewerProtocolPolicy = ViewerProtocolPolicy.HttpsOnly },
        };
    }

    private sealed class Fixed(int account, int targets) : IAccountInventory
    {
        public Task<Listing> ReadAsync(CancellationToken cancellationToken) =>
            Task.FromResult(
                new Listing
                {
                    AccountId = IdOf(account),
                    Distributions =
                    [
                        .. Enumerable
                            .Range(account * OriginsPerAccount, OriginsPerAccount)
                            .Select(number => DistributionOf(number, targets)),
                    ],
                }
            );

        public Task<(IReadOnlyDictionary<string, VpcOriginEndpoint> Found, IReadOnlyList<string> Remarks)> ReadVpcOriginsAsync(
            IReadOnlyCollection<string> ids,
            CancellationToken cancellationToken
        ) => throw new InvalidOperationException("there are no VPC origins");
    }
}
