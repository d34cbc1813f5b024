using OriginWatch.Text;
using OriginWatch.Tls;

namespace OriginWatch.Inventory;

/// <summary>Makes origins of what the readers find.</summary>
public static class OriginBuilder
{
    /// <exception cref="InventoryException">A part is missing or impossible.</exception>
    public static Origin Build(OriginDraft draft)
    {
        ArgumentNullException.ThrowIfNull(draft);
        var origin = new Origin
        {
            Id = draft.Source.Required(draft.Id, "Id"),
            DomainName = draft.Source.Required(draft.DomainName, "DomainName"),
            OriginPath = draft.OriginPath ?? "",
            ConnectionAttempts = draft.ConnectionAttempts ?? Origin.DefaultConnectionAttempts,
            ConnectionTimeout = TimeSpan.FromSeconds(draft.ConnectionTimeout ?? Origin.DefaultConnectionTimeoutSeconds),
            ReadTimeout = TimeSpan.FromSeconds(
                Math.Clamp(draft.ReadTimeout ?? Origin.DefaultReadTimeoutSeconds, 1, Origin.MaxReadTimeoutSeconds)
            ),
            CustomOriginConfig = draft.Custom is { } custom ? Build(custom) : null,
            VpcOriginId = draft.IsVpc ? draft.Source.Required(draft.VpcOriginId, "VpcOriginConfig.VpcOriginId") : null,
            VpcOriginOwnerId = draft.IsVpc && draft.VpcOriginOwnerId is { Length: > 0 } owner ? owner : null,
            IsS3 = draft.IsS3,
            OriginAccessControlId = draft.OriginAccessControlId is { Length: > 0 } id ? id : null,
            NotKnownYet = draft.NotKnownYet,
        };
        Validate(origin, draft.Source);
        return origin;
    }

    /// <exception cref="InventoryException">A part is missing.</exception>
    public static CustomOriginConfig Build(CustomOriginDraft draft)
    {
        ArgumentNullException.ThrowIfNull(draft);
        var remarks = draft.Source.Remarks;
        var unknown = draft.OriginSslProtocols.Where(name => TlsProtocols.Parse(name) is null && !PendingText.Is(name)).ToList();
        unknown.ForEach(name => remarks.UnknownValue("OriginSslProtocols", name));
        var config = new CustomOriginConfig
        {
            HttpPort = draft.HttpPort ?? 80,
            HttpsPort = draft.HttpsPort ?? 443,
            OriginProtocolPolicy = new(draft.Source.Required(draft.OriginProtocolPolicy, "OriginProtocolPolicy")),
            OriginSslProtocols = draft.OriginSslProtocols.Select(TlsProtocols.Parse).OfType<TlsProtocol>().ToArray(),
            UnknownSslProtocols = unknown,
            IpAddressType = draft.IpAddressType is { Length: > 0 } type ? new(type) : IpAddressType.Ipv4,
            HasOriginMtls = draft.HasOriginMtls,
            ClientCertificateArn = draft.ClientCertificateArn is { Length: > 0 } arn ? arn : null,
        };
        if (!config.OriginProtocolPolicy.IsKnown && !PendingText.Is(draft.OriginProtocolPolicy))
        {
            remarks.UnknownValue("OriginProtocolPolicy", config.OriginProtocolPolicy.Value);
        }

        if (!config.IpAddressType.IsKnown)
        {
            remarks.UnknownValue("IpAddressType", config.IpAddressType.Value);
        }

        return config;
    }

    private static void Validate(Origin origin, IDraftSource source)
    {
        if (origin is { CustomOriginConfig: null, VpcOriginId: null, IsS3: false, NotKnownYet: null })
        {
            source.Remarks.Add(
                $"Origin {Quoted.Text(origin.Id)} has neither CustomOriginConfig nor S3OriginConfig nor "
                    + "VpcOriginConfig: this version does not know how CloudFront reaches it."
            );
        }

        if (origin.ConnectionAttempts is < 1 or > 10)
        {
            throw source.Broken(
                "ConnectionAttempts",
                $"{origin.ConnectionAttempts} is not a number of attempts; CloudFront allows 1 to 3."
            );
        }

        if (origin.ConnectionTimeout < TimeSpan.FromSeconds(1) || origin.ConnectionTimeout > TimeSpan.FromMinutes(1))
        {
            throw source.Broken(
                "ConnectionTimeout",
                $"{origin.ConnectionTimeout.TotalSeconds} is not a number of seconds that CloudFront allows; it is 1 to 10."
            );
        }
    }
}
