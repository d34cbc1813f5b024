using System.Text.Json.Nodes;
using OriginWatch.Inventory;
using OriginWatch.Tests.Inventory.Terraform;

namespace OriginWatch.Tests.Inventory;

/// <summary>Members that decide whether and how an edge can be asked for an origin.</summary>
public class EdgeMembersTests
{
    [Fact]
    public async Task Reads_what_may_answer_in_the_origins_place()
    {
        var read = await ReadAsync(
            """
            {"WebACLId": "arn:aws:wafv2:us-east-1:123456789012:global/webacl/shop/1", "ContinuousDeploymentPolicyId": "policy",
             "Restrictions": {"GeoRestriction": {"RestrictionType": "whitelist", "Quantity": 1, "Items": ["DE"]}}}
            """
        );

        (read.WebAclId, read.HasGeoRestriction, read.ContinuousDeploymentPolicyId).ShouldBe(
            ("arn:aws:wafv2:us-east-1:123456789012:global/webacl/shop/1", true, "policy")
        );
    }

    [Fact]
    public async Task Reads_that_there_is_nothing_of_the_sort()
    {
        var read = await ReadAsync(
            """{"WebACLId": "", "ContinuousDeploymentPolicyId": "", "Restrictions": {"GeoRestriction": {"RestrictionType": "none", "Quantity": 0}}}"""
        );

        (read.WebAclId, read.HasGeoRestriction, read.RequiresViewerCertificate, read.ContinuousDeploymentPolicyId).ShouldBe(
            (null, false, false, null)
        );
    }

    [Theory]
    [InlineData("required", true)]
    [InlineData("optional", false)]
    [InlineData("passthrough", false)]
    [InlineData("tomorrow", true)]
    public async Task Reads_whether_viewers_need_a_certificate(string mode, bool requires) =>
        (await ReadAsync($$$"""{"ViewerMtlsConfig": {"Mode": "{{{mode}}}"}}""")).RequiresViewerCertificate.ShouldBe(requires);

    [Theory]
    [InlineData("TrustedSigners", true)]
    [InlineData("TrustedKeyGroups", true)]
    [InlineData("TrustedKeyGroups", false)]
    public async Task Reads_whether_a_behavior_is_signed(string list, bool enabled)
    {
        var behavior = ListingJson.Behavior();
        behavior[list] = new JsonObject { ["Enabled"] = enabled, ["Quantity"] = 0 };

        (await ReadAsync(new JsonObject { ["DefaultCacheBehavior"] = behavior })).DefaultCacheBehavior.IsSigned.ShouldBe(enabled);
    }

    [Theory]
    [InlineData(null, 30)]
    [InlineData(7, 7)]
    [InlineData(2_000_000_000, Origin.MaxReadTimeoutSeconds)]
    [InlineData(-5, 1)]
    public async Task Reads_how_long_CloudFront_waits_for_an_answer(int? written, int seconds)
    {
        var origin = ListingJson.CustomOrigin();
        origin["CustomOriginConfig"]!["OriginReadTimeout"] = written;

        (await ReadAsync(new JsonObject { ["Origins"] = ListingJson.Items(origin) }))
            .Origins[0]
            .ReadTimeout.ShouldBe(TimeSpan.FromSeconds(seconds));
    }

    [Fact]
    public void Reads_them_from_Terraform()
    {
        var origin = TerraformJson.Origin();
        origin["custom_origin_config"]![0]!["origin_read_timeout"] = 7;
        var signed = TerraformJson.Behavior(pathPattern: "/private/*");
        signed["trusted_key_groups"] = new JsonArray("group");
        var values = TerraformJson.Values(origin);
        values["ordered_cache_behavior"] = new JsonArray(signed);
        values["web_acl_id"] = "arn:acl";
        values["restrictions"] = JsonNode.Parse("""[{"geo_restriction": [{"restriction_type": "blacklist", "locations": ["DE"]}]}]""");
        values["viewer_mtls_config"] = JsonNode.Parse("""[{"mode": "required"}]""");
        values["continuous_deployment_policy_id"] = "policy";

        var read = InventoryText.Read(TerraformJson.State(TerraformJson.Resource(values)).ToJsonString()).Distributions[0];

        ShouldHaveThemAll(read);
        var plain = InventoryText.Read(TerraformJson.State(TerraformJson.Resource(TerraformJson.Values())).ToJsonString()).Distributions[0];
        ShouldHaveNone(plain);
    }

    [Fact]
    public void Reads_them_from_CloudFormation()
    {
        const string Members = """
                    WebACLId: arn:acl
                    Restrictions: {GeoRestriction: {RestrictionType: whitelist, Locations: [DE]}}
                    ViewerMtlsConfig: {Mode: required}
                    ContinuousDeploymentPolicyId: policy
                    CacheBehaviors: [{PathPattern: '/private/*', TargetOriginId: app, ViewerProtocolPolicy: https-only, TrustedKeyGroups: [!Ref Keys]}]

            """;

        ShouldHaveThemAll(InventoryText.Read(Template(Members, ", OriginReadTimeout: 7")).Distributions[0]);
        ShouldHaveNone(InventoryText.Read(Template("", "")).Distributions[0]);
    }

    private static string Template(string members, string custom) =>
        $$$"""
            Resources:
              Site:
                Type: AWS::CloudFront::Distribution
                Properties:
                  DistributionConfig:
                    Enabled: true
                    Origins: [{Id: app, DomainName: app.example.com, CustomOriginConfig: {OriginProtocolPolicy: https-only{{{custom}}}}}]
                    DefaultCacheBehavior: {TargetOriginId: app, ViewerProtocolPolicy: https-only}
            {{{members}}}
            """;

    private static void ShouldHaveThemAll(Distribution read)
    {
        (read.WebAclId, read.HasGeoRestriction, read.RequiresViewerCertificate, read.ContinuousDeploymentPolicyId).ShouldBe(
            ("arn:acl", true, true, "policy")
        );
        (read.DefaultCacheBehavior.IsSigned, read.CacheBehaviors[0].IsSigned).ShouldBe((false, true));
        read.Origins[0].ReadTimeout.ShouldBe(TimeSpan.FromSeconds(7));
    }

    private static void ShouldHaveNone(Distribution read)
    {
        (read.WebAclId, read.HasGeoRestriction, read.RequiresViewerCertificate, read.ContinuousDeploymentPolicyId).ShouldBe(
            (null, false, false, null)
        );
        read.DefaultCacheBehavior.IsSigned.ShouldBeFalse();
        read.Origins[0].ReadTimeout.ShouldBe(TimeSpan.FromSeconds(30));
    }

    private static Task<Distribution> ReadAsync(string members) => ReadAsync(JsonNode.Parse(members)!.AsObject());

    private static async Task<Distribution> ReadAsync(JsonObject members)
    {
        var distribution = ListingJson.Distribution();
        foreach (var (name, value) in members)
        {
            distribution[name] = value?.DeepClone();
        }

        using var file = new TemporaryFile(ListingJson.Paginated(distribution).ToJsonString());
        return (await new FileInventory(file.Path).ReadAsync(TestContext.Current.CancellationToken)).Distributions[0];
    }
}
