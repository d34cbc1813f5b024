using System.Xml.Linq;
using OriginWatch.Aws;
using OriginWatch.Inventory;
using OriginWatch.Probing;
using OriginWatch.Tls;
using static OriginWatch.Tests.Aws.CloudFrontXml;

namespace OriginWatch.Tests.Aws.CloudFront;

public class CloudFrontInventoryTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Reads_every_page_once_and_in_order()
    {
        await using var fake = new FakeCloudFront
        {
            Distributions = [.. Enumerable.Range(1, 250).Select(number => Distribution($"E{number:000}"))],
        };
        var listing = await ReadAsync(fake);
        listing.AccountId.ShouldBe(FakeCloudFront.AccountId);
        listing.Distributions.Select(distribution => distribution.Id).ShouldBe(Enumerable.Range(1, 250).Select(number => $"E{number:000}"));
        fake.CallsOf("/2020-05-31/distribution").ShouldBe(3);
        fake.Unexpected.ShouldBeEmpty();
    }

    [Fact]
    public async Task Reads_an_empty_account()
    {
        await using var fake = new FakeCloudFront();
        var listing = await ReadAsync(fake);
        listing.Distributions.ShouldBeEmpty();
        listing.Remarks.ShouldBeEmpty();
    }

    [Fact]
    public async Task Reads_every_member_that_decides_something()
    {
        await using var fake = new FakeCloudFront { Distributions = [Rich()] };
        var distribution = (await ReadAsync(fake)).Distributions.Single();
        distribution.Aliases.ShouldBe(["www.example", "*.example"]);
        distribution.Enabled.ShouldBeFalse();
        distribution.Staging.ShouldBeTrue();
        distribution.Arn.ShouldBe($"arn:aws:cloudfront::{FakeCloudFront.AccountId}:distribution/E1");
        distribution
            .OriginGroups.Single()
            .ShouldSatisfyAllConditions(
                group => group.MemberOriginIds.ShouldBe(["a", "b"]),
                group => group.StatusCodes.ShouldBe([502, 504])
            );
        distribution.CustomErrorResponses.ShouldBe([new(502, 200, "/sorry.html"), new(404, null, null)]);
        distribution.DefaultCacheBehavior.RequestFunctionArns.ShouldBe(["arn:f", "arn:l"]);
        distribution.DefaultCacheBehavior.GrpcEnabled.ShouldBeTrue();
        distribution
            .CacheBehaviors.Single()
            .ShouldSatisfyAllConditions(
                behavior => behavior.PathPattern.ShouldBe("/api/*"),
                behavior => behavior.TargetOriginId.ShouldBe("group"),
                behavior => behavior.ForwardedHeaders.ShouldBe(["Host"])
            );
    }

    [Fact]
    public async Task Reads_what_decides_whether_an_edge_can_be_asked()
    {
        await using var fake = new FakeCloudFront
        {
            Distributions =
            [
                Distribution(
                    "E1",
                    new XElement("WebACLId", "arn:acl"),
                    new XElement(
                        "Restrictions",
                        new XElement("GeoRestriction", new XElement("RestrictionType", "blacklist"), new XElement("Quantity", 0))
                    ),
                    new XElement("ViewerMtlsConfig", new XElement("Mode", "required")),
                    Behavior(
                        "DefaultCacheBehavior",
                        "origin",
                        new XElement("TrustedKeyGroups", new XElement("Enabled", "true"), new XElement("Quantity", 0))
                    )
                ),
                Distribution(
                    "E2",
                    Behavior(
                        "DefaultCacheBehavior",
                        "origin",
                        new XElement("TrustedSigners", new XElement("Enabled", "false"), new XElement("Quantity", 0))
                    )
                ),
            ],
        };

        var listing = await ReadAsync(fake);

        listing
            .Distributions[0]
            .ShouldSatisfyAllConditions(
                distribution => distribution.WebAclId.ShouldBe("arn:acl"),
                distribution => distribution.HasGeoRestriction.ShouldBeTrue(),
                distribution => distribution.RequiresViewerCertificate.ShouldBeTrue(),
                distribution => distribution.DefaultCacheBehavior.IsSigned.ShouldBeTrue(),
                distribution => distribution.Origins[0].ReadTimeout.ShouldBe(TimeSpan.FromSeconds(30))
            );
        listing
            .Distributions[1]
            .ShouldSatisfyAllConditions(
                distribution => distribution.WebAclId.ShouldBeNull(),
                distribution => distribution.HasGeoRestriction.ShouldBeFalse(),
                distribution => distribution.RequiresViewerCertificate.ShouldBeFalse(),
                distribution => distribution.DefaultCacheBehavior.IsSigned.ShouldBeFalse()
            );
    }

    [Fact]
    public async Task Reads_each_kind_of_origin_and_never_a_custom_header()
    {
        await using var fake = new FakeCloudFront { Distributions = [Rich()] };
        var origins = (await ReadAsync(fake)).Distributions.Single().Origins;
        origins[0]
            .ShouldSatisfyAllConditions(
                origin => origin.ConnectionAttempts.ShouldBe(2),
                origin => origin.ConnectionTimeout.ShouldBe(TimeSpan.FromSeconds(7)),
                origin => origin.CustomOriginConfig.ShouldNotBeNull().OriginSslProtocols.ShouldBe([TlsProtocol.Ssl3, TlsProtocol.Tls12]),
                origin => origin.CustomOriginConfig!.HttpsPort.ShouldBe(8443),
                origin => origin.CustomOriginConfig!.IpAddressType.ShouldBe(IpAddressType.Dualstack),
                origin => origin.CustomOriginConfig!.HasOriginMtls.ShouldBeTrue()
            );
        origins[1].IsS3.ShouldBeTrue();
        origins[1].CustomOriginConfig.ShouldBeNull();
        origins[2].VpcOriginId.ShouldBe("vo_1");
        origins.ShouldAllBe(origin => !origin.ToString().Contains("hunter2", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Says_which_protocol_it_does_not_know()
    {
        await using var fake = new FakeCloudFront
        {
            Distributions =
            [
                Distribution("E1", List("Origins", "Origin", Origin("origin", "o.example", Custom(protocols: ["TLSv1.2", "TLSv9"])))),
            ],
        };
        (await ReadAsync(fake)).Remarks.Single().ShouldBe("OriginSslProtocols has a value that this version does not know: \"TLSv9\".");
    }

    [Fact]
    public async Task Remarks_upon_what_a_saved_listing_is_remarked_upon_for()
    {
        var origin = Origin("origin", "o.example");
        origin.Element("CustomOriginConfig")!.Remove();
        await using var fake = new FakeCloudFront
        {
            Distributions =
            [
                Distribution(
                    "E1",
                    List("Origins", "Origin", origin),
                    new XElement("ConnectionMode", "sideways"),
                    new XElement(
                        "DefaultCacheBehavior",
                        new XElement("TargetOriginId", "origin"),
                        new XElement("ViewerProtocolPolicy", "gopher")
                    )
                ),
            ],
        };
        (await ReadAsync(fake)).Remarks.ShouldBe(
            [
                "Origin \"origin\" has neither CustomOriginConfig nor S3OriginConfig nor VpcOriginConfig: this version does not know how CloudFront reaches it.",
                "ViewerProtocolPolicy has a value that this version does not know: \"gopher\".",
                "ConnectionMode has a value that this version does not know: \"sideways\".",
            ],
            ignoreOrder: true
        );
    }

    [Fact]
    public async Task Refuses_what_a_saved_listing_is_refused_for()
    {
        var origin = Origin("origin", "o.example", Custom());
        origin.SetElementValue("ConnectionAttempts", 0);
        await using var fake = new FakeCloudFront { Distributions = [Distribution("E1", List("Origins", "Origin", origin))] };
        (await Should.ThrowAsync<InventoryException>(ReadAsync(fake))).Message.ShouldBe(
            "CloudFront's answer, ConnectionAttempts of origin origin of distribution E1: 0 is not a number of attempts; CloudFront allows 1 to 3. Nothing was evaluated."
        );
    }

    internal static async Task<Listing> ReadAsync(FakeCloudFront fake)
    {
        using var inventory = new AwsInventory(LoopbackClients.On(fake.Http.Url));
        return await inventory.ReadAsync(Token);
    }

    private static XElement Rich() =>
        Distribution(
            "E1",
            List("Aliases", "CNAME", "www.example", "*.example"),
            new XElement("Enabled", "false"),
            new XElement("Staging", "true"),
            List(
                "Origins",
                "Origin",
                Origin(
                    "a",
                    "a.example",
                    Custom(
                        httpsPort: 8443,
                        protocols: ["SSLv3", "TLSv1.2"],
                        more:
                        [
                            new XElement("IpAddressType", "dualstack"),
                            new XElement("OriginMtlsConfig", new XElement("ClientCertificateArn", "arn:c")),
                        ]
                    )
                ),
                Origin("b", "b.s3.amazonaws.com", new XElement("S3OriginConfig", new XElement("OriginAccessIdentity", ""))),
                Origin("c", "internal", new XElement("VpcOriginConfig", new XElement("VpcOriginId", "vo_1")))
            ),
            List(
                "OriginGroups",
                "OriginGroup",
                new XElement(
                    "OriginGroup",
                    new XElement("Id", "group"),
                    new XElement("FailoverCriteria", List("StatusCodes", "StatusCode", 502, 504)),
                    List(
                        "Members",
                        "OriginGroupMember",
                        new XElement("OriginGroupMember", new XElement("OriginId", "a")),
                        new XElement("OriginGroupMember", new XElement("OriginId", "b"))
                    )
                )
            ),
            Behavior(
                "DefaultCacheBehavior",
                "a",
                new XElement("GrpcConfig", new XElement("Enabled", "true")),
                List(
                    "FunctionAssociations",
                    "FunctionAssociation",
                    new XElement("FunctionAssociation", new XElement("FunctionARN", "arn:f"), new XElement("EventType", "viewer-request"))
                ),
                List(
                    "LambdaFunctionAssociations",
                    "LambdaFunctionAssociation",
                    new XElement(
                        "LambdaFunctionAssociation",
                        new XElement("LambdaFunctionARN", "arn:l"),
                        new XElement("EventType", "origin-request")
                    ),
                    new XElement(
                        "LambdaFunctionAssociation",
                        new XElement("LambdaFunctionARN", "arn:later"),
                        new XElement("EventType", "origin-response")
                    )
                )
            ),
            List(
                "CacheBehaviors",
                "CacheBehavior",
                Behavior(
                    "CacheBehavior",
                    "group",
                    new XElement("PathPattern", "/api/*"),
                    new XElement("ForwardedValues", new XElement("QueryString", "false"), List("Headers", "Name", "Host"))
                )
            ),
            List(
                "CustomErrorResponses",
                "CustomErrorResponse",
                new XElement(
                    "CustomErrorResponse",
                    new XElement("ErrorCode", 502),
                    new XElement("ResponsePagePath", "/sorry.html"),
                    new XElement("ResponseCode", "200")
                ),
                new XElement("CustomErrorResponse", new XElement("ErrorCode", 404), new XElement("ResponseCode", ""))
            )
        );
}
