using OriginWatch.Inventory;
using OriginWatch.Probing;
using OriginWatch.Targets;
using OriginWatch.Text;
using OriginWatch.Tls;

namespace OriginWatch.Rules.Configuration;

/// <summary>How CloudFront connects to an origin, be it a custom origin or a VPC origin, which keeps the same settings elsewhere.</summary>
internal sealed record OriginConnection(
    OriginProtocolPolicy Policy,
    IReadOnlyList<TlsProtocol> SslProtocols,
    IReadOnlyList<string> UnknownSslProtocols,
    int HttpPort,
    int HttpsPort,
    bool IsVpc
)
{
    private const string ReadVpcOrigin =
        "Scan the account itself with the action cloudfront:GetVpcOrigin allowed: "
        + "a saved list of distributions does not include these settings.";

    public bool IsHttpOnly => Policy == OriginProtocolPolicy.HttpOnly;

    /// <summary>Unencrypted HTTP to a VPC origin stays inside AWS's network: against policy, but not across the internet.</summary>
    public Severity ClearTextSeverity => IsVpc ? Severity.Medium : Severity.High;

    /// <summary>Judges origins that have such settings; answers for the others.</summary>
    public static Verdict Judge(PlannedOrigin use, Func<OriginConnection, Verdict> judge) =>
        use switch
        {
            { Kind: OriginKind.S3 } => new Verdict.NotApplicable("an S3 bucket has no protocol settings of its own"),
            { Kind: OriginKind.S3Website } => new Verdict.NotApplicable("an S3 website endpoint cannot do HTTPS, whatever its settings"),
            { Origin.CustomOriginConfig: { } custom } => judge(
                new(
                    custom.OriginProtocolPolicy,
                    custom.OriginSslProtocols,
                    custom.UnknownSslProtocols,
                    custom.HttpPort,
                    custom.HttpsPort,
                    IsVpc: false
                )
            ),
            { VpcOrigin: { } vpc } => judge(
                new(vpc.OriginProtocolPolicy, vpc.OriginSslProtocols, [], vpc.HttpPort, vpc.HttpsPort, IsVpc: true)
            ),
            { Kind: OriginKind.Vpc } => new Verdict.Undetermined(
                $"the configuration of VPC origin {Quoted.Text(use.Origin.VpcOriginId ?? "")} is not in the inventory (GetVpcOrigin)",
                IsConsequence: true,
                ReadVpcOrigin
            ),
            _ => new Verdict.Undetermined(
                "this version does not know how CloudFront reaches an origin of this kind",
                IsConsequence: true,
                Remedy.Update
            ),
        };

    /// <summary>The same for rules about TLS, which say nothing where TLS is never used.</summary>
    public static Verdict JudgeTls(PlannedOrigin use, Func<OriginConnection, Verdict> judge) =>
        Judge(
            use,
            connection =>
                connection.IsHttpOnly ? new Verdict.NotApplicable("CloudFront connects to this origin over HTTP only") : judge(connection)
        );
}
