using Amazon;
using Amazon.CertificateManager;
using Amazon.CloudFront;
using Amazon.Runtime;
using Amazon.Runtime.CredentialManagement;
using Amazon.Runtime.Credentials;
using Amazon.SecurityToken;
using OriginWatch.Aws.Certificates;
using OriginWatch.Aws.CloudFront;
using OriginWatch.Aws.Metrics;
using OriginWatch.Inventory;

namespace OriginWatch.Aws;

/// <summary>An account's inventory under one identity. Nothing is called before it is read.</summary>
public sealed class AwsInventory : IInventorySource, IDisposable
{
    private readonly AmazonCloudFrontClient _cloudFront;
    private readonly AmazonSecurityTokenServiceClient _securityToken;
    private readonly AmazonCertificateManagerClient? _certificates;
    private readonly AwsClients _clients;
    private readonly bool _usesDefaultChain;

    /// <param name="clients">Of the identity.</param>
    /// <param name="clientCertificates">True to read the client certificates of origin mutual TLS from ACM too.</param>
    internal AwsInventory(AwsClients clients, bool clientCertificates = false)
    {
        _clients = clients;
        _cloudFront = clients.CloudFront();
        _securityToken = clients.SecurityToken();
        _certificates = clientCertificates ? clients.Certificates() : null;
        _usesDefaultChain = clients.Credentials is null;
    }

    /// <summary>True where VPC origins of other accounts are read there.</summary>
    internal bool DefersSharedVpcOrigins { get; init; }

    /// <summary>For a person at a terminal: a named profile (also of IAM Identity Center), or else what the SDK's default chain
    /// finds.</summary>
    /// <param name="profile">Null for the default chain: environment, <c>AWS_PROFILE</c>, container, instance.</param>
    /// <param name="region">Null for the profile's or the environment's, and where there is none, us-east-1.</param>
    /// <param name="clientCertificates">True to read the client certificates of origin mutual TLS from ACM too.</param>
    /// <exception cref="InventoryException">There is no such profile or region.</exception>
    public static AwsInventory Create(string? profile, string? region, bool clientCertificates = false) =>
        new(ClientsOf(profile, region), clientCertificates);

    /// <exception cref="InventoryException">There is no such profile or region.</exception>
    internal static AwsClients ClientsOf(string? profile, string? region)
    {
        var (credentials, profileRegion) = profile is null ? (null, null) : Find(profile);
        return new AwsClients(credentials, Region(region) ?? profileRegion ?? Fallback(), new AwsTimeouts());
    }

    public async Task<Listing> ReadAsync(CancellationToken cancellationToken)
    {
        if (_usesDefaultChain)
        {
            // Without credentials the SDK goes on to a signature that needs another package, and complains of that.
            using var chain = new DefaultAWSCredentialsIdentityResolver();
            await AwsCall.RequireAsync(
                "looking for AWS credentials",
                token => chain.ResolveIdentityAsync(_securityToken.Config, token),
                cancellationToken
            );
        }

        var listing = await new CloudFrontInventory(_cloudFront, _securityToken, DefersSharedVpcOrigins).ReadAsync(cancellationToken);
        return _certificates is null ? listing : await new ClientCertificateReader(_certificates).AddToAsync(listing, cancellationToken);
    }

    /// <summary>VPC origins of this account by id; those that cannot be read are absent and remarked upon.</summary>
    public async Task<(IReadOnlyDictionary<string, VpcOriginEndpoint> Found, IReadOnlyList<string> Remarks)> ReadVpcOriginsAsync(
        IReadOnlyCollection<string> ids,
        CancellationToken cancellationToken
    )
    {
        var remarks = new InventoryRemarks();
        var read = await VpcOriginReader.ReadAsync(_cloudFront, ids, remarks, cancellationToken);
        return (read.Found, [.. remarks.Sentences, .. read.Remarks]);
    }

    /// <summary>What CloudFront counted for these distributions in the 24 hours before <paramref name="now"/>.</summary>
    public async Task<TrafficReading> ReadTrafficAsync(
        IReadOnlyList<string> distributionIds,
        DateTimeOffset now,
        CancellationToken cancellationToken
    )
    {
        using var metrics = _clients.Metrics();
        return await new TrafficReader(metrics).ReadAsync(distributionIds, now, cancellationToken);
    }

    /// <summary>The tags of a distribution of this account as KEY=VALUE (<c>cloudfront:ListTagsForResource</c>).</summary>
    /// <exception cref="InventoryException">They could not be read.</exception>
    public Task<IReadOnlyList<string>> ReadTagsAsync(Distribution distribution, CancellationToken cancellationToken) =>
        TagReader.ReadAsync(_cloudFront, distribution, cancellationToken);

    public void Dispose()
    {
        _cloudFront.Dispose();
        _securityToken.Dispose();
        _certificates?.Dispose();
    }

    /// <exception cref="InventoryException">There is no such profile, or it holds no credentials.</exception>
    internal static (AWSCredentials? Credentials, RegionEndpoint? Region) Find(string profile)
    {
        var chain = new CredentialProfileStoreChain();
        if (!chain.TryGetProfile(profile, out var found))
        {
            throw new InventoryException(
                $"There is no AWS profile \"{profile}\" in ~/.aws/config or ~/.aws/credentials. "
                    + "\"aws configure list-profiles\" names those that exist."
            );
        }

        return chain.TryGetAWSCredentials(profile, out var credentials)
            ? (credentials, found.Region)
            : throw new InventoryException(
                $"The AWS profile \"{profile}\" holds no credentials. Complete it with \"aws configure\" or \"aws configure sso\"."
            );
    }

    private static RegionEndpoint? Region(string? name) =>
        name is null
            ? null
            : RegionEndpoint.EnumerableAllRegions.FirstOrDefault(region =>
                region.SystemName.Equals(name, StringComparison.OrdinalIgnoreCase)
            ) ?? throw new InventoryException($"There is no AWS region \"{name}\"; write it as in us-east-1.");

    private static RegionEndpoint Fallback() => FallbackRegionFactory.GetRegionEndpoint() ?? RegionEndpoint.USEast1;
}
