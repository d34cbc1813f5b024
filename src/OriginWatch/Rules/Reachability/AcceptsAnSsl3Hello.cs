using OriginWatch.Probing;
using OriginWatch.Tls;

namespace OriginWatch.Rules.Reachability;

internal sealed class AcceptsAnSsl3Hello : ConnectionRule
{
    public override RuleMetadata Metadata { get; } =
        new()
        {
            Id = "OW208",
            Severity = Severity.High,
            Title = "Origins with SSLv3 in their list should accept an SSLv3-only ClientHello",
            Fault = "SSLv3-only ClientHello is rejected",
            Rationale =
                "AWS documents that with SSLv3 in OriginSslProtocols CloudFront offers only SSLv3; "
                + "a server without SSLv3 rejects that and CloudFront returns HTTP 502.",
            Remediation = "Remove SSLv3 from OriginSslProtocols: the origin negotiates a newer version.",
            Reference = new(
                "https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/using-https-cloudfront-to-custom-origin.html"
            ),
        };

    protected override Verdict Evaluate(AddressObservation address, TargetObservation target, Observation observation)
    {
        var ssl3 = address.Hellos.FirstOrDefault(hello => hello.Offered is [TlsProtocol.Ssl3]);
        var newer = address.Hellos.FirstOrDefault(hello => hello.Offered is not [TlsProtocol.Ssl3]);
        return (ssl3, newer) switch
        {
            _ when !target.Name.Target.Protocols.Contains(TlsProtocol.Ssl3) => new Verdict.NotApplicable(
                "SSLv3 is not in the origin's list"
            ),
            ({ Last.Result: Handshake }, _) => new Verdict.Pass(),
            ({ Last.Result: ProbeFailure failure }, { Last.Result: Handshake handshake }) => new Verdict.Fail(
                $"only a ClientHello without SSLv3 works ({Negotiated(handshake)}); "
                    + $"AWS documents an SSLv3-only ClientHello, which fails: {failure.Detail}"
            ),
            _ => Obstacles.Consequence(address.Decisive.Last.Result),
        };
    }

    protected override Verdict Evaluate(ProbeResult result, TargetObservation target, Observation observation) =>
        throw new System.Diagnostics.UnreachableException();

    private static string Negotiated(Handshake handshake) => $"it negotiates {handshake.Seen.Protocol?.CloudFrontName()}";
}
