using System.Globalization;
using System.Net;
using System.Text;

namespace OriginWatch.Benchmarks.Servers;

/// <summary>CloudFront's listing of one distribution and STS's word on who is asking, for a function that is given this as its
/// endpoint.</summary>
internal sealed class AwsAnswers : IDisposable
{
    private readonly HttpListener _listener = new();

    public AwsAnswers()
    {
        Url = string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{Ports.Free()}/");
        _listener.Prefixes.Add(Url);
        _listener.Start();
        _ = AnswerAsync();
    }

    public string Url { get; }

    public void Dispose() => _listener.Close();

    private async Task AnswerAsync()
    {
        while (_listener.IsListening)
        {
            try
            {
                var call = await _listener.GetContextAsync();
                call.Response.ContentType = "text/xml";
                call.Response.Close(Encoding.UTF8.GetBytes(call.Request.HttpMethod == "GET" ? Listing : Identity), willBlock: false);
            }
            catch (Exception exception) when (exception is HttpListenerException or ObjectDisposedException)
            {
                return;
            }
        }
    }

    private const string Identity = """
        <GetCallerIdentityResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><GetCallerIdentityResult><Arn>arn:aws:iam::123456789012:user/bench</Arn><UserId>BENCH</UserId><Account>123456789012</Account></GetCallerIdentityResult></GetCallerIdentityResponse>
        """;

    private const string Listing = """
        <DistributionList xmlns="http://cloudfront.amazonaws.com/doc/2020-05-31/"><Marker></Marker><MaxItems>100</MaxItems><IsTruncated>false</IsTruncated><Quantity>1</Quantity><Items><DistributionSummary>
          <Id>E1</Id><ARN>arn:aws:cloudfront::123456789012:distribution/E1</ARN><ETag>E1</ETag><Status>Deployed</Status><LastModifiedTime>2026-10-01T12:00:00Z</LastModifiedTime><DomainName>de1.cloudfront.net</DomainName>
          <Aliases><Quantity>0</Quantity></Aliases>
          <Origins><Quantity>1</Quantity><Items><Origin><Id>app</Id><DomainName>o00000.bench.test</DomainName><OriginPath></OriginPath><CustomHeaders><Quantity>0</Quantity></CustomHeaders>
            <CustomOriginConfig><HTTPPort>80</HTTPPort><HTTPSPort>443</HTTPSPort><OriginProtocolPolicy>https-only</OriginProtocolPolicy><OriginSslProtocols><Quantity>1</Quantity><Items><SslProtocol>TLSv1.2</SslProtocol></Items></OriginSslProtocols><OriginReadTimeout>30</OriginReadTimeout><OriginKeepaliveTimeout>5</OriginKeepaliveTimeout></CustomOriginConfig>
            <ConnectionAttempts>3</ConnectionAttempts><ConnectionTimeout>10</ConnectionTimeout><OriginShield><Enabled>false</Enabled></OriginShield><OriginAccessControlId></OriginAccessControlId></Origin></Items></Origins>
          <OriginGroups><Quantity>0</Quantity></OriginGroups>
          <DefaultCacheBehavior><TargetOriginId>app</TargetOriginId><ViewerProtocolPolicy>https-only</ViewerProtocolPolicy></DefaultCacheBehavior>
          <CacheBehaviors><Quantity>0</Quantity></CacheBehaviors><CustomErrorResponses><Quantity>0</Quantity></CustomErrorResponses><Comment></Comment><PriceClass>PriceClass_All</PriceClass><Enabled>true</Enabled>
          <ViewerCertificate><CloudFrontDefaultCertificate>true</CloudFrontDefaultCertificate></ViewerCertificate><Restrictions><GeoRestriction><RestrictionType>none</RestrictionType><Quantity>0</Quantity></GeoRestriction></Restrictions>
          <WebACLId></WebACLId><HttpVersion>http2</HttpVersion><IsIPV6Enabled>true</IsIPV6Enabled><Staging>false</Staging>
        </DistributionSummary></Items></DistributionList>
        """;
}
