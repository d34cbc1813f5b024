using System.Text;
using System.Text.Json.Nodes;
using OriginWatch.Inventory;
using OriginWatch.Probing;
using OriginWatch.Tls;

namespace OriginWatch.Tests.Inventory;

public class FileInventoryTests
{
    private static CancellationToken None => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Reads_what_list_distributions_prints()
    {
        var distribution = ListingJson.Distribution();
        distribution["CacheBehaviors"] = ListingJson.Items(ListingJson.Behavior(pathPattern: "/api/*"));
        distribution["OriginGroups"] = ListingJson.Items(Group("pair", "app", "app"));

        var listing = await ReadAsync(ListingJson.Paginated(distribution));

        listing.AccountId.ShouldBe("123456789012");
        listing.Remarks.ShouldBeEmpty();
        var read = listing.Distributions.ShouldHaveSingleItem();
        read.Id.ShouldBe("E1EXAMPLE12345");
        read.DomainName.ShouldBe("d111111abcdef8.cloudfront.net");
        read.Aliases.ShouldBe(["www.example.com"]);
        read.Enabled.ShouldBeTrue();
        read.Staging.ShouldBeFalse();
        read.ConnectionMode.ShouldBe(ConnectionMode.Direct);
        read.DefaultCacheBehavior.ViewerProtocolPolicy.ShouldBe(ViewerProtocolPolicy.RedirectToHttps);
        read.CacheBehaviors.ShouldHaveSingleItem().PathPattern.ShouldBe("/api/*");
        read.OriginGroups.ShouldHaveSingleItem().StatusCodes.ShouldBe([502, 504]);
    }

    [Fact]
    public async Task Reads_how_an_origin_is_connected_to()
    {
        var origin = (await ReadAsync(ListingJson.Paginated(ListingJson.Distribution()))).Distributions[0].Origins.ShouldHaveSingleItem();

        origin.DomainName.ShouldBe("app.example.com");
        origin.ConnectionAttempts.ShouldBe(2);
        origin.ConnectionTimeout.ShouldBe(TimeSpan.FromSeconds(4));
        var custom = origin.CustomOriginConfig.ShouldNotBeNull();
        custom.HttpsPort.ShouldBe(443);
        custom.OriginProtocolPolicy.ShouldBe(OriginProtocolPolicy.HttpsOnly);
        custom.OriginSslProtocols.ShouldBe([TlsProtocol.Tls12]);
        custom.IpAddressType.ShouldBe(IpAddressType.Ipv4);
        custom.HasOriginMtls.ShouldBeFalse();
    }

    [Theory]
    [InlineData(
        "Origin",
        "ClientCertificateArn",
        "Origin \"app\" has OriginMtlsConfig beside CustomOriginConfig, where CloudFront does not read it: move it into CustomOriginConfig."
    )]
    [InlineData("CustomOriginConfig", "CertificateArn", "OriginMtlsConfig has no ClientCertificateArn, but CertificateArn: rename it.")]
    [InlineData("CustomOriginConfig", "Arn", "OriginMtlsConfig has no ClientCertificateArn.")]
    public async Task Hints_at_mutual_TLS_that_is_written_as_AWSs_page_has_it(string level, string member, string hint)
    {
        var distribution = ListingJson.Distribution();
        var origin = distribution["Origins"]!["Items"]![0]!;
        (level == "Origin" ? origin : origin[level]!)["OriginMtlsConfig"] = new JsonObject
        {
            [member] = "arn:aws:acm:us-east-1:123456789012:certificate/1",
        };

        var listing = await ReadAsync(ListingJson.Paginated(distribution));

        listing.Remarks.ShouldBe([hint]);
        listing.Distributions[0].Origins[0].CustomOriginConfig!.ClientCertificateArn.ShouldBeNull();
    }

    [Fact]
    public async Task Never_reads_the_value_of_a_custom_header()
    {
        var listing = await ReadAsync(ListingJson.Paginated(ListingJson.Distribution()));

        listing.ToString().ShouldNotContain("secret");
        listing.Distributions[0].Origins[0].ToString().ShouldNotContain("secret");
        string.Concat(listing.Remarks).ShouldNotContain("secret");
    }

    [Fact]
    public async Task Takes_a_complete_listing_without_distributions() =>
        (await ReadAsync(ListingJson.Page())).Distributions.ShouldBeEmpty();

    [Fact]
    public async Task Takes_a_page_that_is_the_only_one() =>
        (await ReadAsync(ListingJson.Page(ListingJson.Distribution()))).Distributions.Count.ShouldBe(1);

    [Theory]
    [InlineData("EDFDVBD6EXAMPL.json", "EDFDVBD6EXAMPL")]
    [InlineData("next.json", "my-caller-reference")]
    public async Task Names_a_configuration_by_its_file_or_caller_reference_and_says_so(string fileName, string id)
    {
        var config = ListingJson.Config();
        config["CallerReference"] = "my-caller-reference";

        var listing = await ReadAsync(new() { ["ETag"] = "E2QWRUHEXAMPLE", ["DistributionConfig"] = config }, fileName);

        listing.Distributions.ShouldHaveSingleItem().Id.ShouldBe(id);
        listing.AccountId.ShouldBeNull();
        listing.Remarks.ShouldHaveSingleItem().ShouldContain(id);
    }

    [Fact]
    public async Task Takes_the_bare_configuration_that_update_distribution_takes() =>
        (await ReadAsync(ListingJson.Config())).Distributions.ShouldHaveSingleItem().Origins[0].Id.ShouldBe("app");

    [Fact]
    public async Task Reads_what_get_distribution_prints()
    {
        var config = ListingJson.Config();
        config["TenantConfig"] = JsonNode.Parse(
            """{"ParameterDefinitions":[{"Name":"region","Definition":{"StringSchema":{"Required":false,"DefaultValue":"eu"}}},{"Name":"shop","Definition":{"StringSchema":{"Required":true}}}]}"""
        );
        config["ConnectionMode"] = "tenant-only";

        var read = (
            await ReadAsync(
                new()
                {
                    ["ETag"] = "E2QWRUHEXAMPLE",
                    ["Distribution"] = new JsonObject
                    {
                        ["Id"] = "EDFDVBD6EXAMPL",
                        ["ARN"] = "arn:aws:cloudfront::210987654321:distribution/EDFDVBD6EXAMPL",
                        ["DomainName"] = "d2.cloudfront.net",
                        ["DistributionConfig"] = config,
                    },
                }
            )
        ).Distributions.ShouldHaveSingleItem();

        read.Id.ShouldBe("EDFDVBD6EXAMPL");
        read.ConnectionMode.ShouldBe(ConnectionMode.TenantOnly);
        read.TenantParameterDefaults.ShouldNotBeNull().ShouldBe(new Dictionary<string, string> { ["region"] = "eu" });
    }

    [Fact]
    public async Task Tells_the_kinds_of_origins_apart()
    {
        var s3 = new JsonObject
        {
            ["Id"] = "bucket",
            ["DomainName"] = "b.s3.eu-west-1.amazonaws.com",
            ["S3OriginConfig"] = new JsonObject { ["OriginAccessIdentity"] = "" },
            ["OriginAccessControlId"] = "E2QWRUHOAC",
        };
        var vpc = new JsonObject
        {
            ["Id"] = "private",
            ["DomainName"] = "internal.example.com",
            ["VpcOriginConfig"] = new JsonObject { ["VpcOriginId"] = "vo_1", ["OwnerAccountId"] = "123456789012" },
        };
        var mtls = ListingJson.CustomOrigin("mtls");
        mtls["CustomOriginConfig"]!["OriginMtlsConfig"] = new JsonObject
        {
            ["ClientCertificateArn"] = "arn:aws:acm:us-east-1:123456789012:certificate/1",
        };
        mtls["CustomOriginConfig"]!["IpAddressType"] = "dualstack";

        var origins = (
            await ReadAsync(ListingJson.Paginated(ListingJson.Distribution("E1EXAMPLE12345", ListingJson.CustomOrigin(), s3, vpc, mtls)))
        )
            .Distributions[0]
            .Origins;

        origins[1]
            .ShouldSatisfyAllConditions(
                o => o.IsS3.ShouldBeTrue(),
                o => o.CustomOriginConfig.ShouldBeNull(),
                o => o.OriginAccessControlId.ShouldBe("E2QWRUHOAC")
            );
        origins[2].ShouldSatisfyAllConditions(o => o.VpcOriginId.ShouldBe("vo_1"), o => o.IsS3.ShouldBeFalse());
        origins[3]
            .CustomOriginConfig.ShouldNotBeNull()
            .ShouldSatisfyAllConditions(
                c => c.HasOriginMtls.ShouldBeTrue(),
                c => c.ClientCertificateArn.ShouldBe("arn:aws:acm:us-east-1:123456789012:certificate/1"),
                c => c.IpAddressType.ShouldBe(IpAddressType.Dualstack)
            );
    }

    [Fact]
    public async Task Reads_what_a_behavior_forwards_and_which_functions_see_the_request()
    {
        var behavior = ListingJson.Behavior();
        behavior["CachePolicyId"] = "";
        behavior["ForwardedValues"] = JsonNode.Parse(
            """{"QueryString":false,"Cookies":{"Forward":"none"},"Headers":{"Quantity":2,"Items":["Host","Origin"]}}"""
        );
        behavior["GrpcConfig"] = new JsonObject { ["Enabled"] = true };
        behavior["FunctionAssociations"] = ListingJson.Items(
            Function("FunctionARN", "arn:f1", "viewer-request"),
            Function("FunctionARN", "arn:f2", "viewer-response")
        );
        behavior["LambdaFunctionAssociations"] = ListingJson.Items(Function("LambdaFunctionARN", "arn:l1", "origin-request"));
        var distribution = ListingJson.Distribution();
        distribution["DefaultCacheBehavior"] = behavior;

        var read = (await ReadAsync(ListingJson.Paginated(distribution))).Distributions[0].DefaultCacheBehavior;

        read.CachePolicyId.ShouldBeNull();
        read.ForwardedHeaders.ShouldBe(["Host", "Origin"]);
        read.GrpcEnabled.ShouldBeTrue();
        read.RequestFunctionArns.ShouldBe(["arn:f1", "arn:l1"]);
    }

    [Fact]
    public async Task Carries_unknown_values_and_members_and_says_each_once()
    {
        JsonNode[] origins = [ListingJson.CustomOrigin("app"), ListingJson.CustomOrigin("two")];
        foreach (var origin in origins)
        {
            origin["QuantumConfig"] = new JsonObject();
            origin["CustomOriginConfig"]!["OriginProtocolPolicy"] = "quic-only";
            origin["CustomOriginConfig"]!["OriginSslProtocols"] = ListingJson.Items("TLSv1.2", "TLSv2");
            origin["CustomOriginConfig"]!["IpAddressType"] = "ipv8";
        }

        var listing = await ReadAsync(ListingJson.Paginated(ListingJson.Distribution("E1EXAMPLE12345", origins)));

        var custom = listing.Distributions[0].Origins[1].CustomOriginConfig.ShouldNotBeNull();
        custom.OriginProtocolPolicy.Value.ShouldBe("quic-only");
        custom.IpAddressType.Value.ShouldBe("ipv8");
        custom.UnknownSslProtocols.ShouldBe(["TLSv2"]);
        listing.Remarks.Count.ShouldBe(4);
        foreach (var unknown in new[] { "QuantumConfig", "quic-only", "TLSv2", "ipv8" })
        {
            listing.Remarks.Count(remark => remark.Contains(unknown)).ShouldBe(1);
        }
    }

    [Theory]
    [InlineData("utf-8")]
    [InlineData("utf-16")]
    [InlineData("utf-16BE")]
    public async Task Reads_a_file_with_a_byte_order_mark(string encodingName)
    {
        var encoding = Encoding.GetEncoding(encodingName);
        var text = ListingJson.Paginated(ListingJson.Distribution()).ToJsonString();
        using var file = new TemporaryFile([.. encoding.GetPreamble(), .. encoding.GetBytes(text)]);

        (await new FileInventory(file.Path).ReadAsync(None)).Distributions.Count.ShouldBe(1);
    }

    internal static async Task<Listing> ReadAsync(JsonObject document, string fileName = "distributions.json")
    {
        using var file = new TemporaryFile(document.ToJsonString(), fileName);
        return await new FileInventory(file.Path).ReadAsync(None);
    }

    private static JsonObject Function(string member, string arn, string eventType) => new() { [member] = arn, ["EventType"] = eventType };

    private static JsonObject Group(string id, params string[] members) =>
        new()
        {
            ["Id"] = id,
            ["FailoverCriteria"] = new JsonObject { ["StatusCodes"] = ListingJson.Items(502, 504) },
            ["Members"] = ListingJson.Items([.. members.Select(member => (JsonNode)new JsonObject { ["OriginId"] = member })]),
        };
}
