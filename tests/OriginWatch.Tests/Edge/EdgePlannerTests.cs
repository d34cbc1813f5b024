using OriginWatch.Edge;
using OriginWatch.Inventory;
using OriginWatch.Targets;
using OriginWatch.Tests.Targets;
using static OriginWatch.Tests.EdgeSample;

namespace OriginWatch.Tests.Edge;

public class EdgePlannerTests
{
    private static readonly CacheBehavior ForwardingHost = Sample.Behavior() with { OriginRequestPolicyId = Sample.AllViewer };
    private static readonly Distribution Plain = Sample.Distribution(Sample.Origin());

    [Fact]
    public void Asks_under_the_distributions_own_name_where_Host_is_not_forwarded()
    {
        var question = Plan(Plain).Questions.ShouldHaveSingleItem();

        (question.Host, question.ConnectTo, question.Port).ShouldBe((Sample.OwnName, Sample.OwnName, 443));
        question.Name!.Role.ShouldBe(ServerNameRole.OriginDomain);
        question.JudgesOrigin.ShouldBeTrue();
        question.Remarks.ShouldBeEmpty();
    }

    [Fact]
    public void Asks_under_each_alias_where_Host_is_forwarded_and_connects_to_the_distributions_own_name()
    {
        var questions = Plan(
            Plain with
            {
                Aliases = ["www.example.com", "*.example.org"],
                DefaultCacheBehavior = ForwardingHost,
            }
        ).Questions;

        questions.Select(question => question.Host).ShouldBe(["www.example.com"]);
        questions.ShouldAllBe(question => question.ConnectTo == Sample.OwnName);
    }

    [Fact]
    public void Asks_for_each_name_through_a_behavior_that_sends_it()
    {
        var questions = Plan(Plain with { CacheBehaviors = [ForwardingHost with { PathPattern = "/shop/*" }] }).Questions;

        questions
            .Select(question => (question.Host, question.Behavior.Behavior.PathPattern))
            .ShouldBe([(Sample.OwnName, "*"), ("www.example.com", "/shop/*")], ignoreOrder: true);
    }

    [Fact]
    public void Prefers_a_behavior_that_leads_straight_to_the_origin()
    {
        var distribution = Sample.Distribution(Sample.Origin(), Sample.Origin("spare")) with
        {
            OriginGroups = [new("pair", ["app", "spare"], [502, 504])],
            DefaultCacheBehavior = Sample.Behavior("pair"),
            CacheBehaviors =
            [
                Sample.Behavior(pathPattern: "/f/*") with
                {
                    RequestFunctionArns = ["arn:f"],
                },
                Sample.Behavior(pathPattern: "/direct/*"),
            ],
        };

        Plan(distribution).Questions.ShouldHaveSingleItem().Behavior.Behavior.PathPattern.ShouldBe("/direct/*");
        var spare = Plan(distribution, "spare").Questions.ShouldHaveSingleItem();
        spare.JudgesOrigin.ShouldBeFalse();
        spare.Remarks.ShouldHaveSingleItem().ShouldContain("origin group \"pair\"");
    }

    [Fact]
    public void Says_that_a_function_may_choose_another_origin()
    {
        var question = Plan(Plain with { DefaultCacheBehavior = Sample.Behavior() with { RequestFunctionArns = ["arn:f"] } })
            .Questions.ShouldHaveSingleItem();

        question.JudgesOrigin.ShouldBeFalse();
        question.Remarks.ShouldHaveSingleItem().ShouldContain("edge function");
    }

    [Fact]
    public void Asks_only_for_the_names_that_are_wanted()
    {
        var listing = Sample.Listing(Plain with { Aliases = ["a.example.com", "b.example.com"], DefaultCacheBehavior = ForwardingHost });
        var origin = TargetPlanner.Plan(listing).Origins[0];

        new EdgePlanner(listing)
            .Plan(origin, name => name.Target.ServerName == "b.example.com")
            .Questions.ShouldHaveSingleItem()
            .Host.ShouldBe("b.example.com");
    }

    [Fact]
    public void Asks_for_a_VPC_origin()
    {
        var question = Plan(Sample.Distribution(Sample.Vpc()), "private").Questions.ShouldHaveSingleItem();

        question.Name.ShouldBeNull();
        question.Host.ShouldBe(Sample.OwnName);
    }

    [Fact]
    public void Asks_once_for_an_HTTP_only_origin() =>
        Plan(
            Sample.Distribution(Sample.Origin(policy: OriginProtocolPolicy.HttpOnly)) with
            {
                Aliases = ["a.example.com", "b.example.com"],
                DefaultCacheBehavior = ForwardingHost,
            }
        )
            .Questions.Count.ShouldBe(1);

    [Fact]
    public void Asks_a_multi_tenant_distribution_under_a_tenants_domain()
    {
        var distribution = Sample.Distribution(Sample.Origin(domainName: "{{shop}}.example.com")) with
        {
            ConnectionMode = ConnectionMode.TenantOnly,
            Aliases = [],
            DomainName = "",
        };
        var listing = Sample.Listing(distribution) with
        {
            Tenants = [Sample.Tenant("silent", [], ("shop", "one")), Sample.Tenant("one", ["shop.example.net"], ("shop", "one"))],
        };

        var question = Plan(listing).Questions.ShouldHaveSingleItem();

        (question.Host, question.ConnectTo).ShouldBe(("shop.example.net", "shop.example.net"));
    }

    [Fact]
    public void Does_not_ask_for_tenants_without_a_domain()
    {
        var distribution = Sample.Distribution(Sample.Origin(domainName: "{{shop}}.example.com")) with
        {
            ConnectionMode = ConnectionMode.TenantOnly,
        };

        Plan(Sample.Listing(distribution) with { Tenants = [Sample.Tenant("one", [], ("shop", "one"))] })
            .NotAskedBecause.ShouldNotBeNull()
            .ShouldContain("no enabled tenant with a domain");
    }

    [Fact]
    public void Waits_as_long_as_CloudFront_would_and_never_longer_than_a_minute()
    {
        Plan(Plain).Questions[0].TimeBudget.ShouldBe(TimeSpan.FromSeconds(60));
        var quick = Sample.Origin() with
        {
            ConnectionAttempts = 1,
            ConnectionTimeout = TimeSpan.FromSeconds(2),
            ReadTimeout = TimeSpan.FromSeconds(5),
        };
        Plan(Sample.Distribution(quick)).Questions[0].TimeBudget.ShouldBe(TimeSpan.FromSeconds(12));
    }

    [Fact]
    public void Remarks_on_a_continuous_deployment_policy()
    {
        Plan(Plain with { ContinuousDeploymentPolicyId = "policy" })
            .Questions[0]
            .Remarks.ShouldHaveSingleItem()
            .ShouldContain("staging distribution");
        Plan(Sample.Listing(Plain, Plain with { Id = "E2STAGING", Staging = true, Aliases = [] }))
            .Questions[0]
            .Remarks.ShouldHaveSingleItem()
            .ShouldContain("staging distribution");
    }

    [Theory]
    [MemberData(nameof(NotAsked))]
    public void Says_why_it_does_not_ask(string because, string originId) =>
        Plan(Sample.Listing(Unasked[because]), originId).NotAskedBecause.ShouldNotBeNull().ShouldContain(because);

    [Fact]
    public void Never_asks_a_staging_distribution()
    {
        var listing = Sample.Listing(Plain with { Staging = true });

        new EdgePlanner(listing).Plan(TargetPlanner.Plan(listing).Origins[0]).NotAskedBecause.ShouldNotBeNull().ShouldContain("staging");
    }

    private static readonly Dictionary<string, Distribution> Unasked = new()
    {
        ["S3 buckets"] = Sample.Distribution(Sample.S3()),
        ["is disabled"] = Plain with { Enabled = false },
        ["client certificate of its viewers"] = Plain with { RequiresViewerCertificate = true },
        ["no behavior sends requests"] = Sample.Distribution(Sample.Origin(), Sample.Origin("idle")),
        ["does not include the distribution's domain name"] = Plain with { DomainName = "" },
        ["signed URLs"] = Plain with { DefaultCacheBehavior = Sample.Behavior() with { IsSigned = true } },
        ["for gRPC"] = Plain with { DefaultCacheBehavior = Sample.Behavior() with { GrpcEnabled = true } },
        ["no path is known"] = Sample.Distribution(Sample.Origin("other"), Sample.Origin()) with
        {
            CacheBehaviors = [Sample.Behavior(pathPattern: "/a b/*")],
        },
    };

    public static TheoryData<string, string> NotAsked =>
        new(
            Unasked.Keys.Select(because =>
                (
                    because,
                    because switch
                    {
                        "S3 buckets" => "bucket",
                        "no behavior sends requests" => "idle",
                        _ => "app",
                    }
                )
            )
        );
}
