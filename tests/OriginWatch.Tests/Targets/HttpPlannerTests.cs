using OriginWatch.Inventory;
using OriginWatch.Targets;
using OriginWatch.Tls;

namespace OriginWatch.Tests.Targets;

public class HttpPlannerTests
{
    [Fact]
    public void An_HTTP_only_origin_is_connected_to_as_it_is_configured()
    {
        var origin = Sample.Origin(policy: OriginProtocolPolicy.HttpOnly) with
        {
            ConnectionAttempts = 2,
            ConnectionTimeout = TimeSpan.FromSeconds(3),
        };
        origin = origin with
        {
            CustomOriginConfig = origin.CustomOriginConfig! with { HttpPort = 8080, IpAddressType = IpAddressType.Dualstack },
        };

        TargetPlanner
            .Plan(Sample.Listing(Sample.Distribution(origin)))
            .HttpTargets.ShouldHaveSingleItem()
            .ShouldBe(
                new HttpTarget
                {
                    DomainName = "origin.example.com",
                    Port = 8080,
                    IpAddressType = IpAddressType.Dualstack,
                    ConnectionAttempts = 2,
                    ConnectionTimeout = TimeSpan.FromSeconds(3),
                }
            );
    }

    [Theory]
    [InlineData("http-only", "https-only", true)]
    [InlineData("match-viewer", "allow-all", true)]
    [InlineData("match-viewer", "redirect-to-https", false)]
    [InlineData("https-only", "allow-all", false)]
    public void Is_planned_where_requests_may_go_over_HTTP(string policy, string viewers, bool planned)
    {
        var distribution = Sample.Distribution(Sample.Origin(policy: new(policy))) with
        {
            DefaultCacheBehavior = Sample.Behavior(viewer: new(viewers)),
        };
        Sample.Use(distribution).HttpTargets.Count.ShouldBe(planned ? 1 : 0);
    }

    [Theory]
    [InlineData(-1, false)]
    [InlineData(0, false)]
    [InlineData(1, true)]
    [InlineData(65_535, true)]
    [InlineData(65_536, false)]
    public void Is_planned_on_what_is_a_port(int port, bool planned)
    {
        var origin = Sample.Origin(policy: OriginProtocolPolicy.HttpOnly);
        origin = origin with { CustomOriginConfig = origin.CustomOriginConfig! with { HttpPort = port } };

        int[] ports = planned ? [port] : [];
        Sample.Use(Sample.Distribution(origin)).HttpTargets.Select(target => target.Port).ShouldBe(ports);
    }

    [Fact]
    public void A_behavior_that_no_request_reaches_makes_no_match_viewer_origin_one_over_HTTP()
    {
        var distribution = Sample.Distribution(Sample.Origin(policy: OriginProtocolPolicy.MatchViewer)) with
        {
            CacheBehaviors =
            [
                Sample.Behavior(pathPattern: "*"),
                Sample.Behavior(pathPattern: "/a/*", viewer: ViewerProtocolPolicy.AllowAll),
            ],
        };
        Sample.Use(distribution).HttpTargets.ShouldBeEmpty();
    }

    [Fact]
    public void An_S3_website_endpoint_has_an_HTTP_port_and_nothing_else()
    {
        var use = Sample.Use(
            Sample.Distribution(Sample.Origin(domainName: "b.s3-website-us-east-1.amazonaws.com", policy: OriginProtocolPolicy.HttpOnly))
        );
        use.Names.ShouldBeEmpty();
        use.HttpTargets.ShouldHaveSingleItem().DomainName.ShouldBe("b.s3-website-us-east-1.amazonaws.com");
    }

    [Fact]
    public void Buckets_and_private_origins_have_none()
    {
        var distribution = Sample.Distribution(Sample.S3(), Sample.Vpc()) with
        {
            DefaultCacheBehavior = Sample.Behavior("bucket", viewer: ViewerProtocolPolicy.AllowAll),
        };
        var endpoint = new VpcOriginEndpoint("vo_1", "arn", OriginProtocolPolicy.HttpOnly, [], 80, 443);
        var listing = Sample.Listing(distribution) with { VpcOrigins = new Dictionary<string, VpcOriginEndpoint> { ["vo_1"] = endpoint } };
        TargetPlanner.Plan(listing).HttpTargets.ShouldBeEmpty();
    }

    [Fact]
    public void Equal_ports_are_connected_to_once_whatever_TLS_would_be_offered()
    {
        var plan = TargetPlanner.Plan(
            Sample.Listing(
                Sample.Distribution(
                    Sample.Origin(policy: OriginProtocolPolicy.HttpOnly),
                    Sample.Origin("old", "Origin.Example.com.", OriginProtocolPolicy.HttpOnly, OriginWatch.Tls.TlsProtocol.Tls10)
                )
            )
        );

        plan.Targets.Count.ShouldBe(2);
        plan.HttpTargets.Count.ShouldBe(1);
        plan.Origins[1].HttpTargets[0].ShouldBeSameAs(plan.Origins[0].HttpTargets[0]);
    }

    [Fact]
    public void A_forwarded_Host_is_not_needed_to_connect()
    {
        var distribution = Sample.Distribution(Sample.Origin(policy: OriginProtocolPolicy.HttpOnly)) with
        {
            DomainName = "",
            Aliases = [],
            DefaultCacheBehavior = Sample.Behavior() with { OriginRequestPolicyId = Sample.AllViewer },
        };
        Sample
            .Use(distribution)
            .ShouldSatisfyAllConditions(
                use => use.Names.ShouldBeEmpty(),
                use => use.HttpTargets.ShouldHaveSingleItem().DomainName.ShouldBe("origin.example.com")
            );
    }

    [Fact]
    public void Tenants_may_have_domain_names_of_their_own()
    {
        var distribution = Sample.Distribution(
            Sample.Origin(domainName: "{{shop}}.example.com", policy: OriginProtocolPolicy.HttpOnly)
        ) with
        {
            ConnectionMode = ConnectionMode.TenantOnly,
            Aliases = [],
        };
        var listing = Sample.Listing(distribution) with
        {
            Tenants =
            [
                Sample.Tenant("a", ["a.test"], ("shop", "books")),
                Sample.Tenant("b", ["b.test"], ("shop", "shoes")),
                Sample.Tenant("c", ["c.test"]),
            ],
        };

        var use = Sample.Use(listing);

        use.HttpTargets.Select(target => target.DomainName).ShouldBe(["books.example.com", "shoes.example.com"]);
        use.Cuts.ShouldHaveSingleItem("the same tenant is left out of both").ShouldContain("1 tenants were left out");
    }

    [Theory]
    [InlineData(0)]
    [InlineData(70000)]
    public void An_impossible_port_is_no_target(int port)
    {
        var origin = Sample.Origin(policy: OriginProtocolPolicy.HttpOnly);
        Sample
            .Use(Sample.Distribution(origin with { CustomOriginConfig = origin.CustomOriginConfig! with { HttpPort = port } }))
            .HttpTargets.ShouldBeEmpty();
    }
}
