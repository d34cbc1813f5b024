using System.Xml.Linq;
using OriginWatch.Inventory;
using OriginWatch.Probing;
using OriginWatch.Tls;
using static OriginWatch.Tests.Aws.CloudFrontResources;
using static OriginWatch.Tests.Aws.CloudFrontXml;

namespace OriginWatch.Tests.Aws.CloudFront;

/// <summary>Policies, VPC origins and tenants: each read once; what may not be read is said, what fails stops the run.</summary>
public class LookUpTests
{
    [Fact]
    public async Task A_policy_is_read_once_however_many_behaviors_name_it()
    {
        await using var fake = new FakeCloudFront
        {
            Distributions = [.. Enumerable.Range(1, 20).Select(number => WithPolicies($"E{number}"))],
            Resources = Resources(
                ("cache-policy/c", CachePolicy("c", "whitelist", "Host")),
                ("origin-request-policy/o", RequestPolicy("o", "allViewer"))
            ),
        };
        var policies = (await CloudFrontInventoryTests.ReadAsync(fake)).Policies;
        policies["c"]
            .ShouldSatisfyAllConditions(
                policy => policy.HeaderBehavior.ShouldBe("whitelist"),
                policy => policy.Headers.ShouldBe(["Host"]),
                policy => policy.Name.ShouldBe("name of c")
            );
        policies["o"]
            .ShouldSatisfyAllConditions(policy => policy.HeaderBehavior.ShouldBe("allViewer"), policy => policy.Headers.ShouldBeEmpty());
        fake.CallsOf("/2020-05-31/cache-policy").ShouldBe(1);
        fake.CallsOf("/2020-05-31/origin-request-policy").ShouldBe(1);
    }

    [Fact]
    public async Task A_policy_that_may_not_be_read_is_a_remark_with_the_missing_action()
    {
        await using var fake = new FakeCloudFront
        {
            Distributions = [WithPolicies("E1")],
            Resources = Resources(("origin-request-policy/o", RequestPolicy("o", "none"))),
        };
        fake.Fail("cache-policy/c", FakeCloudFront.Error(403, "AccessDenied", "no"));
        var listing = await CloudFrontInventoryTests.ReadAsync(fake);
        listing.Policies.Keys.ShouldBe(["o"]);
        listing.Remarks.ShouldBe([
            "Cache policy c could not be read: AWS denied cloudfront:GetCachePolicy (AccessDenied: no). Allow the action cloudfront:GetCachePolicy to this identity.",
        ]);
    }

    [Fact]
    public async Task A_policy_that_is_throttled_without_end_stops_the_run()
    {
        await using var fake = new FakeCloudFront { Distributions = [WithPolicies("E1")] };
        fake.Fail("cache-policy/c", FakeCloudFront.Error(400, "Throttling", "Rate exceeded"), times: 3);
        (await Should.ThrowAsync<InventoryException>(CloudFrontInventoryTests.ReadAsync(fake))).Message.ShouldStartWith(
            "Cache policy c could not be read: AWS still throttled cloudfront:GetCachePolicy"
        );
    }

    [Fact]
    public async Task An_answer_that_is_no_policy_stops_the_run()
    {
        await using var fake = new FakeCloudFront
        {
            Distributions = [WithPolicies("E1")],
            Resources = Resources(("cache-policy/c", new XElement("html", new XElement("body", "Sign in")))),
        };
        (await Should.ThrowAsync<InventoryException>(CloudFrontInventoryTests.ReadAsync(fake))).Message.ShouldContain(
            "has no CachePolicyConfig for cache policy c"
        );
    }

    [Fact]
    public async Task Vpc_origins_are_read_and_those_of_another_account_are_a_remark()
    {
        await using var fake = new FakeCloudFront
        {
            Distributions =
            [
                Distribution("E1", List("Origins", "Origin", Vpc("vo_1"), Vpc("vo_2")), Behavior("DefaultCacheBehavior", "vo_1")),
            ],
            Resources = Resources(("vpc-origin/vo_1", VpcOrigin("vo_1"))),
        };
        fake.Fail("vpc-origin/vo_2", FakeCloudFront.Error(403, "AccessDenied", "not yours"));
        var listing = await CloudFrontInventoryTests.ReadAsync(fake);
        listing
            .VpcOrigins.Values.Single()
            .ShouldBe(
                new VpcOriginEndpoint(
                    "vo_1",
                    "arn:lb",
                    OriginProtocolPolicy.HttpsOnly,
                    listing.VpcOrigins["vo_1"].OriginSslProtocols,
                    80,
                    8443
                )
            );
        listing.VpcOrigins["vo_1"].OriginSslProtocols.ShouldBe([TlsProtocol.Tls12]);
        listing.Remarks.Single().ShouldStartWith("VPC origin vo_2 could not be read: AWS denied cloudfront:GetVpcOrigin");
    }

    [Fact]
    public async Task Tenants_are_read_page_by_page_with_their_parameters_and_the_defaults()
    {
        await using var fake = new FakeCloudFront
        {
            PageSize = 2,
            Distributions =
            [
                Distribution(
                    "E1",
                    new XElement("ConnectionMode", "tenant-only"),
                    List("Origins", "Origin", Origin("origin", "{{name}}.example"))
                ),
                Distribution("E2"),
            ],
            Tenants =
            [
                TenantSummary("dt_1", "E1", "a.example"),
                TenantSummary("dt_2", "E1", "b.example"),
                TenantSummary("dt_3", "E1", "c.example"),
            ],
            Resources = Resources(
                ("distribution-tenant/dt_1", Tenant("dt_1", "one")),
                ("distribution-tenant/dt_2", Tenant("dt_2", "two")),
                ("distribution-tenant/dt_3", Tenant("dt_3", null)),
                ("distribution/E1/config", Config("fallback"))
            ),
        };
        var listing = await CloudFrontInventoryTests.ReadAsync(fake);
        listing
            .Tenants.Select(tenant =>
                (tenant.Id, tenant.DistributionId, tenant.Domains.Single(), tenant.Parameters.GetValueOrDefault("name"))
            )
            .ShouldBe([("dt_1", "E1", "a.example", "one"), ("dt_2", "E1", "b.example", "two"), ("dt_3", "E1", "c.example", null)]);
        listing.Distributions[0].TenantParameterDefaults.ShouldNotBeNull()["name"].ShouldBe("fallback");
        listing.Distributions[1].TenantParameterDefaults.ShouldBeNull();
        fake.CallsOf("/2020-05-31/distribution-tenants").ShouldBe(2);
        fake.Unexpected.ShouldBeEmpty();
    }

    [Fact]
    public async Task Tenants_without_parameters_in_origin_names_cost_one_call_a_page()
    {
        await using var fake = new FakeCloudFront
        {
            Distributions = [Distribution("E1", new XElement("ConnectionMode", "tenant-only"))],
            Tenants = [TenantSummary("dt_1", "E1", "a.example")],
        };
        (await CloudFrontInventoryTests.ReadAsync(fake)).Tenants.Count.ShouldBe(1);
        fake.CallsOf("/2020-05-31/distribution-tenant/").ShouldBe(0);
        fake.Unexpected.ShouldBeEmpty();
    }

    [Fact]
    public async Task More_tenants_than_the_bound_are_cut_and_the_cut_is_said()
    {
        await using var fake = new FakeCloudFront
        {
            Distributions = [Distribution("E1", new XElement("ConnectionMode", "tenant-only"))],
            Tenants = [.. Enumerable.Range(1, 1001).Select(number => TenantSummary($"dt_{number}", "E1", $"t{number}.example"))],
        };
        var listing = await CloudFrontInventoryTests.ReadAsync(fake);
        listing.Tenants.Count.ShouldBe(1000);
        listing.Remarks.ShouldBe(["Distribution E1 has more than 1000 tenants; only the first 1000 are looked at."]);
    }

    private static Dictionary<string, XElement> Resources(params (string Path, XElement Resource)[] resources) =>
        resources.ToDictionary(resource => resource.Path, resource => resource.Resource, StringComparer.Ordinal);

    private static XElement WithPolicies(string id) =>
        Distribution(
            id,
            Behavior("DefaultCacheBehavior", more: [new XElement("CachePolicyId", "c"), new XElement("OriginRequestPolicyId", "o")])
        );

    private static XElement Vpc(string id) => Origin(id, "internal", new XElement("VpcOriginConfig", new XElement("VpcOriginId", id)));
}
