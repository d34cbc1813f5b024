namespace OriginWatch.Rules.Configuration;

internal sealed class HttpsPortIsUsable : OriginRule
{
    private const int DefaultHttpPort = 80;
    private const int DefaultHttpsPort = 443;

    public override RuleMetadata Metadata { get; } =
        new()
        {
            Id = "OW112",
            Severity = Severity.High,
            Title = "HTTPS ports should be ports that CloudFront connects to",
            Fault = "HTTPS port is unsuitable",
            Rationale = "CloudFront connects to 80, 443 and 1024 to 65535; one port cannot serve both HTTP and HTTPS.",
            Remediation = "Set HTTPSPort to the port on which the origin serves TLS, usually 443.",
            Reference = new("https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/DownloadDistValuesOrigin.html"),
        };

    protected override Verdict Evaluate(Observation observation) =>
        OriginConnection.JudgeTls(
            observation.Planned,
            connection =>
                connection.HttpsPort switch
                {
                    DefaultHttpsPort => new Verdict.Pass(),
                    DefaultHttpPort => Fail(observation, "HTTPSPort is 80, where servers usually serve plain HTTP", Severity.Low),
                    < 1024 or > ushort.MaxValue => Fail(
                        observation,
                        $"HTTPSPort {connection.HttpsPort} is not one that CloudFront accepts",
                        null
                    ),
                    var port when port == connection.HttpPort => Fail(observation, $"HTTPPort and HTTPSPort are both {port}", Severity.Low),
                    var port => new Verdict.Pass($"HTTPSPort is {port}"),
                }
        );

    private static Verdict.Fail Fail(Observation observation, string detail, Severity? severity) =>
        new(
            detail,
            severity,
            Remedy.Set(
                observation.Planned,
                "Set HTTPSPort to the port on which the origin serves TLS.",
                Setting.HttpsPort(DefaultHttpsPort)
            )
        );
}
