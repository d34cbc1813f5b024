using Amazon.SecurityToken;
using OriginWatch.Inventory;
using OriginWatch.Inventory.Organization;

namespace OriginWatch.Aws.Organization;

/// <summary>The inventory of one account of several, under its role; nothing is called before it is read.</summary>
/// <param name="clients">Of the identity that assumes the role.</param>
/// <param name="securityToken">Of that identity; closed by the caller.</param>
/// <param name="role">Null for the account of the identity itself.</param>
/// <param name="clientCertificates">True to read the client certificates of origin mutual TLS from ACM too.</param>
internal sealed class MemberInventory(
    AwsClients clients,
    AmazonSecurityTokenServiceClient securityToken,
    MemberRole? role,
    bool clientCertificates
) : IAccountInventory, IDisposable
{
    private AwsInventory? _inventory;

    /// <summary>What may be asked of the account beside its listing; null where it was not read.</summary>
    public AwsInventory? Opened => _inventory;

    public async Task<Listing> ReadAsync(CancellationToken cancellationToken)
    {
        await OpenAsync(cancellationToken);
        var listing = await _inventory!.ReadAsync(cancellationToken);
        return role is null || listing.AccountId == role.AccountId
            ? listing
            : throw new InventoryException(
                $"The role {role.Arn} led to account {listing.AccountId}. Check AWS_ENDPOINT_URL: something else than AWS answers."
            );
    }

    /// <summary>Assumes the role and lists nothing.</summary>
    public async Task OpenAsync(CancellationToken cancellationToken)
    {
        var own = role is null ? clients : clients with { Credentials = await role.AssumeAsync(securityToken, cancellationToken) };
        _inventory = new(own, clientCertificates) { DefersSharedVpcOrigins = true };
    }

    public Task<(IReadOnlyDictionary<string, VpcOriginEndpoint> Found, IReadOnlyList<string> Remarks)> ReadVpcOriginsAsync(
        IReadOnlyCollection<string> ids,
        CancellationToken cancellationToken
    ) =>
        _inventory is null
            ? throw new InvalidOperationException("The account was not read.")
            : _inventory.ReadVpcOriginsAsync(ids, cancellationToken);

    public void Dispose() => _inventory?.Dispose();
}
