using System.Collections.Immutable;
using System.Text.Json.Serialization;
using OriginWatch.Tls;

namespace OriginWatch.Inventory.Saved;

/// <summary>What the CLI prints elsewhere, and what the reader had to say.</summary>
internal sealed record SavedExtras
{
    public required IReadOnlyList<SavedVpcOrigin> VpcOrigins { get; init; }
    public required IReadOnlyList<DistributionTenant> Tenants { get; init; }
    public required IReadOnlyList<ClientCertificate> ClientCertificates { get; init; }
    public required IReadOnlyList<string> Remarks { get; init; }

    /// <summary>Null where nothing was asked for, and in files of before there was anything to ask for.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public SavedAnswers? Answers { get; init; }

    public static SavedExtras Of(Listing listing) =>
        new()
        {
            VpcOrigins = [.. listing.VpcOrigins.Values.Select(SavedVpcOrigin.Of)],
            Tenants = listing.Tenants,
            ClientCertificates =
            [
                .. listing
                    .Distributions.SelectMany(distribution => distribution.Origins)
                    .Select(origin => origin.CustomOriginConfig?.ClientCertificate)
                    .OfType<ClientCertificate>()
                    .DistinctBy(certificate => certificate.Arn, StringComparer.Ordinal),
            ],
            Remarks = listing.Remarks,
            Answers = SavedAnswers.Of(listing),
        };

    public Listing AddTo(Listing listing)
    {
        var certificates = ClientCertificates.ToDictionary(certificate => certificate.Arn, StringComparer.Ordinal);
        var read = listing with
        {
            Distributions =
                certificates.Count == 0
                    ? listing.Distributions
                    :
                    [
                        .. listing.Distributions.Select(distribution =>
                            distribution with
                            {
                                Origins = [.. distribution.Origins.Select(origin => With(origin, certificates))],
                            }
                        ),
                    ],
            VpcOrigins = VpcOrigins.Select(origin => origin.Read()).ToImmutableDictionary(origin => origin.Id, StringComparer.Ordinal),
            Tenants = Tenants,
            Remarks = Remarks,
        };
        return Answers is null ? read : Answers.AddTo(read);
    }

    private static Origin With(Origin origin, Dictionary<string, ClientCertificate> certificates) =>
        origin.CustomOriginConfig is { ClientCertificateArn: { } arn } config && certificates.TryGetValue(arn, out var certificate)
            ? origin with
            {
                CustomOriginConfig = config with { ClientCertificate = certificate },
            }
            : origin;
}

/// <summary>A VPC origin in plain texts.</summary>
internal sealed record SavedVpcOrigin(
    string Id,
    string Arn,
    string OriginProtocolPolicy,
    IReadOnlyList<string> OriginSslProtocols,
    int HttpPort,
    int HttpsPort
)
{
    public static SavedVpcOrigin Of(VpcOriginEndpoint origin) =>
        new(
            origin.Id,
            origin.Arn,
            origin.OriginProtocolPolicy.Value,
            [.. origin.OriginSslProtocols.Select(protocol => protocol.CloudFrontName())],
            origin.HttpPort,
            origin.HttpsPort
        );

    public VpcOriginEndpoint Read() =>
        new(
            Id,
            Arn,
            new(OriginProtocolPolicy),
            [.. OriginSslProtocols.Select(TlsProtocols.Parse).OfType<TlsProtocol>()],
            HttpPort,
            HttpsPort
        );
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, RespectNullableAnnotations = true, MaxDepth = 8)]
[JsonSerializable(typeof(SavedExtras))]
internal sealed partial class SavedExtrasContext : JsonSerializerContext;
