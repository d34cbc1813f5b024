using OriginWatch.Rules;
using OriginWatch.Tests.Reporting;

namespace OriginWatch.Tests;

/// <summary>Rules as the catalogue has them, worded for these tests alone.</summary>
internal static class SampleRules
{
    public static readonly RuleMetadata HttpOnly = New(
        "OW101",
        Severity.High,
        "CloudFront reaches the origin over HTTPS",
        "CloudFront connects over HTTP",
        "Set the origin's protocol policy to HTTPS only, then invalidate what was fetched over HTTP."
    ) with
    {
        Topic = RuleTopic.ClearText,
        SecurityHubControl = "CloudFront.9",
    };
    public static readonly RuleMetadata MatchViewer = New(
        "OW102",
        Severity.High,
        "No behavior carries plain HTTP to a Match Viewer origin",
        "Viewers can make CloudFront connect over HTTP",
        "Redirect viewers to HTTPS in these behaviors, or set the origin to HTTPS only."
    ) with
    {
        Topic = RuleTopic.ClearText,
    };
    public static readonly RuleMetadata OldProtocols = New(
        "OW104",
        Severity.Medium,
        "The origin's list of protocols holds nothing older than TLS 1.2",
        "TLS 1.0 or TLS 1.1 is allowed",
        "Remove SSLv3, TLSv1 and TLSv1.1 from the origin's protocols."
    );
    public static readonly RuleMetadata Refused = New(
        "OW203",
        Severity.Critical,
        "The origin accepts connections",
        "Origin does not accept connections",
        "Start the server, or open its port to CloudFront's addresses.",
        rejects: true
    ) with
    {
        JudgesConnecting = true,
    };
    public static readonly RuleMetadata NoAnswer = New(
        "OW204",
        Severity.Critical,
        "The origin answers from the internet",
        "Origin does not respond",
        "Let the auditor's address in, or judge the origin from a place that may reach it.",
        rejects: true
    );
    public static readonly RuleMetadata Silent = New(
        "OW205",
        Severity.High,
        "The origin answers after the connection is open",
        "Origin stays silent",
        "Find out what listens on the port: it takes connections and never speaks.",
        rejects: true
    );
    public static readonly RuleMetadata NotTls = New(
        "OW206",
        Severity.Critical,
        "The origin speaks TLS on its HTTPS port",
        "Origin does not serve TLS",
        "Serve TLS on this port, or correct HTTPSPort.",
        rejects: true
    );
    public static readonly RuleMetadata CommonProtocol = New(
        "OW207",
        Severity.Critical,
        "The origin has a protocol version in common with CloudFront",
        "No common TLS version",
        "Turn on TLS 1.2 on the origin.",
        rejects: true
    );
    public static readonly RuleMetadata NotExpired = New(
        "OW301",
        Severity.Critical,
        "The origin's certificate is within its validity period",
        "Certificate expired",
        "Renew the certificate on the origin and reload the server.",
        rejects: true
    );
    public static readonly RuleMetadata NotExpiring = New(
        "OW303",
        Severity.Medium,
        "The origin's certificate is not about to expire",
        "Certificate expires soon",
        "Renew the certificate before it expires, and find out why it was not renewed by itself."
    ) with
    {
        Topic = RuleTopic.Expiry,
    };
    public static readonly RuleMetadata NameCovered = New(
        "OW304",
        Severity.Critical,
        "The origin's certificate covers the name that CloudFront requests",
        "Certificate does not cover the requested name",
        "Install a certificate that lists this name.",
        rejects: true
    );
    public static readonly RuleMetadata NotSelfSigned = New(
        "OW401",
        Severity.Critical,
        "The origin's certificate is signed by a certification authority",
        "Certificate is self-signed",
        "Install a certificate from a public certification authority.",
        rejects: true
    );
    public static readonly RuleMetadata TrustedRoot = New(
        "OW402",
        Severity.Critical,
        "The chain ends at a root that Mozilla trusts",
        "Root is not trusted",
        "Install a certificate from a public certification authority.",
        rejects: true
    );
    public static readonly RuleMetadata Complete = New(
        "OW403",
        Severity.Critical,
        "The server sends every intermediate certificate",
        "Intermediate certificate is missing",
        "Install the full chain: the certificate and then its intermediates.",
        rejects: true
    );
    public static readonly RuleMetadata InOrder = New(
        "OW404",
        Severity.Critical,
        "The certificates are sent in order",
        "Chain order is wrong",
        "Put the certificates in order: leaf first, then each one's issuer.",
        rejects: true
    );
    public static readonly RuleMetadata NoSuperfluous = New(
        "OW405",
        Severity.Informational,
        "The server sends no certificate that is not needed",
        "Chain holds certificates it does not need",
        "Leave the root out of the bundle."
    );

    public static readonly RuleMetadata HttpsReady = New(
        "OW501",
        Severity.Informational,
        "CloudFront uses HTTPS with an origin that is ready for it",
        "Origin is ready for HTTPS",
        "Set the origin to HTTPS only."
    );
    public static readonly RuleMetadata SameChain = New(
        "OW411",
        Severity.Informational,
        "All addresses of the origin serve the same certificate",
        "Addresses serve different certificates",
        "Install the same certificate on every server."
    );

    private static RuleMetadata New(string id, Severity severity, string title, string fault, string remediation, bool rejects = false) =>
        new()
        {
            Id = id,
            Severity = severity,
            Title = title,
            Fault = fault,
            Rationale = "CloudFront returns HTTP 502 otherwise.",
            Remediation = remediation,
            Reference = new($"https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/http-502-bad-gateway.html#{id}"),
            RejectsTraffic = rejects,
        };
}
