using OriginWatch.Inventory;
using OriginWatch.Probing;
using OriginWatch.Targets;
using OriginWatch.Tls;

namespace OriginWatch.Tests.Targets;

public class TargetPlannerTests
{
    [Fact]
    public void An_origin_is_probed_as_it_is_configured()
    {
        var origin = Sample.Origin() with { ConnectionAttempts = 2, ConnectionTimeout = TimeSpan.FromSeconds(3) };
        origin = origin with
        {
            CustomOriginConfig = origin.CustomOriginConfig! with { HttpsPort = 8443, IpAddressType = IpAddressType.Dualstack },
        };

        var target = TargetPlanner.Plan(Sample.Listing(Sample.Distribution(origin))).Targets.ShouldHaveSingleItem();

        target.ShouldBe(
            new ProbeTarget
            {
                DomainName = "origin.example.com",
                Port = 8443,
                ServerName = "origin.example.com",
                Protocols = new(TlsProtocol.Tls12, TlsProtocol.Tls13),
                IpAddressType = IpAddressType.Dualstack,
                ConnectionAttempts = 2,
                ConnectionTimeout = TimeSpan.FromSeconds(3),
            }
        );
    }

    [Fact]
    public void Equal_targets_are_probed_once_however_many_origins_share_them()
    {
        var first = Sample.Distribution(Sample.Origin());
        var second = Sample.Distribution(Sample.Origin("other", "Origin.Example.com.")) with { Id = "E2EXAMPLE12345" };

        var plan = TargetPlanner.Plan(Sample.Listing(first, second));

        plan.Origins.Count.ShouldBe(2);
        plan.Targets.Count.ShouldBe(1);
        plan.Origins[1].Names[0].Target.ShouldBeSameAs(plan.Origins[0].Names[0].Target);
    }

    [Fact]
    public void Other_protocols_are_another_target() =>
        TargetPlanner
            .Plan(
                Sample.Listing(
                    Sample.Distribution(Sample.Origin(), Sample.Origin("old", protocols: [TlsProtocol.Tls10, TlsProtocol.Tls12]))
                )
            )
            .Targets.Select(target => target.Protocols.ToString())
            .ShouldBe(["TLSv1.2, TLSv1.3", "TLSv1, TLSv1.2, TLSv1.3"]);

    [Theory]
    [InlineData(new[] { TlsProtocol.Tls12 }, "TLSv1.2, TLSv1.3")]
    [InlineData(new[] { TlsProtocol.Tls10 }, "TLSv1")]
    [InlineData(new[] { TlsProtocol.Ssl3, TlsProtocol.Tls12 }, "SSLv3, TLSv1.2, TLSv1.3")]
    [InlineData(new TlsProtocol[0], "TLSv1.2, TLSv1.3")]
    public void Tls_1_3_is_offered_where_Tls_1_2_is_listed(TlsProtocol[] listed, string offered)
    {
        var origin = Sample.Origin();
        origin = origin with { CustomOriginConfig = origin.CustomOriginConfig! with { OriginSslProtocols = listed } };
        Sample.Use(Sample.Distribution(origin)).Names[0].Target.Protocols.ToString().ShouldBe(offered);
    }

    [Fact]
    public void Buckets_and_private_origins_are_not_probed_and_say_why()
    {
        var distribution = Sample.Distribution(
            Sample.S3(),
            Sample.Vpc(),
            Sample.Origin("web", "b.s3-website-us-east-1.amazonaws.com"),
            new() { Id = "new", DomainName = "new.example.com" }
        );

        var plan = TargetPlanner.Plan(Sample.Listing(distribution));

        plan.Targets.ShouldBeEmpty();
        plan.Origins.ShouldAllBe(use => use.Names.Count == 0 && use.NotProbedBecause != null);
        plan.Origins.Select(use => use.Kind).ShouldBe([OriginKind.S3, OriginKind.Vpc, OriginKind.S3Website, OriginKind.Custom]);
    }

    [Fact]
    public void A_vpc_origin_carries_its_endpoint()
    {
        var endpoint = new VpcOriginEndpoint("vo_1", "arn:aws:elasticloadbalancing:…", OriginProtocolPolicy.HttpOnly, [], 80, 443);
        var listing = Sample.Listing(Sample.Distribution(Sample.Vpc())) with
        {
            VpcOrigins = new Dictionary<string, VpcOriginEndpoint> { ["vo_1"] = endpoint },
        };

        var use = Sample.Use(listing, "private");

        use.VpcOrigin.ShouldBe(endpoint);
        use.OriginProtocolPolicy.ShouldBe(OriginProtocolPolicy.HttpOnly);
    }

    [Fact]
    public void Disabled_and_staging_distributions_are_planned_as_well() =>
        TargetPlanner
            .Plan(Sample.Listing(Sample.Distribution(Sample.Origin()) with { Enabled = false, Staging = true }))
            .Targets.Count.ShouldBe(1);

    [Fact]
    public void An_origin_that_is_reached_over_http_only_is_probed_on_its_https_port() =>
        Sample
            .Use(Sample.Distribution(Sample.Origin(policy: OriginProtocolPolicy.HttpOnly)))
            .Names.ShouldHaveSingleItem()
            .Target.Port.ShouldBe(443);

    [Theory]
    [InlineData("192.0.2.1", "192.0.2.1")]
    [InlineData("2001:DB8::1", "2001:db8::1")]
    [InlineData("[2001:db8::1]", "2001:db8::1")]
    [InlineData("Bücher.example", "xn--bcher-kva.example")]
    [InlineData("Under_Score.example.", "under_score.example")]
    [InlineData("a..b", "a..b")]
    [InlineData("ü..b", "ü..b")]
    public void A_server_name_is_an_A_label_in_lower_case(string domainName, string serverName) =>
        Sample.Use(Sample.Distribution(Sample.Origin(domainName: domainName))).Names[0].Target.ServerName.ShouldBe(serverName);

    [Theory]
    [InlineData(0)]
    [InlineData(70000)]
    public void An_impossible_port_is_no_target(int port)
    {
        var origin = Sample.Origin();
        Sample
            .Use(Sample.Distribution(origin with { CustomOriginConfig = origin.CustomOriginConfig! with { HttpsPort = port } }))
            .NotProbedBecause.ShouldBe($"HTTPSPort {port} is not a port");
    }

    [Fact]
    public void An_empty_account_is_an_empty_plan() =>
        TargetPlanner
            .Plan(Sample.Listing())
            .ShouldSatisfyAllConditions(plan => plan.Origins.ShouldBeEmpty(), plan => plan.Targets.ShouldBeEmpty());
}
