using OriginWatch.Inventory;
using OriginWatch.Rules.Configuration;
using OriginWatch.Tests.Targets;
using static OriginWatch.Tests.Rules.Configuration.ConfigurationRules;

namespace OriginWatch.Tests.Rules.Configuration;

public class GrpcIsHttpsEndToEndTests
{
    private static readonly CacheBehavior Grpc = Sample.Behavior() with { GrpcEnabled = true };

    [Theory]
    [InlineData("https-only")]
    [InlineData("match-viewer")]
    public void Passes_over_https(string policy) => Judge(Sample.Origin(policy: new(policy)), Grpc).Passes();

    [Fact]
    public void Fails_when_the_origin_is_http_only() =>
        Judge(Sample.Origin(policy: OriginProtocolPolicy.HttpOnly), Grpc).Fails().Detail.ShouldContain("http-only");

    [Fact]
    public void Fails_when_viewers_may_come_over_http() =>
        Judge(Sample.Origin(policy: OriginProtocolPolicy.MatchViewer), Grpc with { ViewerProtocolPolicy = ViewerProtocolPolicy.AllowAll })
            .Fails()
            .Detail.ShouldContain("allow-all");

    [Fact]
    public void Fails_with_mutual_tls() =>
        Judge(Sample.Origin().With(config => config with { HasOriginMtls = true }), Grpc).Fails().Detail.ShouldContain("mutual TLS");

    [Fact]
    public void Fails_for_a_vpc_origin() => Judge(Sample.Vpc("app"), Grpc).Fails().Detail.ShouldContain("VPC");

    [Fact]
    public void Where_no_setting_helps_the_remedy_is_to_turn_it_off() =>
        Judge(Sample.S3("app"), Grpc).Fails().Remediation.ShouldNotBeNull().ShouldStartWith("Turn gRPC off for the default behavior");

    [Fact]
    public void Does_not_apply_without_grpc() =>
        Judge(Sample.Origin(policy: OriginProtocolPolicy.HttpOnly), Sample.Behavior()).IsNotApplicable();

    private static OriginWatch.Rules.Verdict Judge(Origin origin, CacheBehavior behavior) =>
        Judge<GrpcIsHttpsEndToEnd>(Sample.Distribution(origin) with { DefaultCacheBehavior = behavior });
}

public class OriginIsUsedTests
{
    [Fact]
    public void Passes_when_a_behavior_names_it() => Judge<OriginIsUsed>(Sample.Origin()).Passes();

    [Fact]
    public void Passes_through_an_origin_group() =>
        Judge<OriginIsUsed>(
                Sample.Distribution(Sample.Origin("main"), Sample.Origin()) with
                {
                    OriginGroups = [new("pair", ["main", "app"], [502])],
                    DefaultCacheBehavior = Sample.Behavior("pair"),
                }
            )
            .Passes();

    [Fact]
    public void Fails_when_no_behavior_names_it() =>
        Judge<OriginIsUsed>(Sample.Distribution(Sample.Origin("main"), Sample.Origin())).Fails().Detail.ShouldBe("no behavior targets it");

    [Fact]
    public void Fails_when_its_group_is_not_used_and_reminds_of_edge_functions() =>
        Judge<OriginIsUsed>(
                Sample.Distribution(Sample.Origin("main"), Sample.Origin()) with
                {
                    OriginGroups = [new("pair", ["main", "app"], [502])],
                    DefaultCacheBehavior = Sample.Behavior("main") with { RequestFunctionArns = ["arn:f"] },
                }
            )
            .Fails()
            .Detail.ShouldBe("it belongs to \"pair\", which no behavior targets; the distribution's edge functions may still select it");
}

public class BehaviorIsNotShadowedTests
{
    private static readonly Distribution Two = Sample.Distribution(Sample.Origin("main"), Sample.Origin());

    [Fact]
    public void Passes_when_the_narrow_pattern_comes_first() =>
        Judge<BehaviorIsNotShadowed>(Two.WithBehaviors(Sample.Behavior("app", "/api/v1/*"), Sample.Behavior("main", "/api/*"))).Passes();

    [Fact]
    public void Fails_when_a_wider_pattern_comes_first() =>
        Judge<BehaviorIsNotShadowed>(Two.WithBehaviors(Sample.Behavior("main", "/api/*"), Sample.Behavior("app", "api/v1/*")))
            .Fails()
            .Detail.ShouldBe("\"api/v1/*\" is shadowed by \"/api/*\"; the origin gets no requests");

    [Fact]
    public void Says_nothing_of_no_requests_when_others_reach_it() =>
        Judge<BehaviorIsNotShadowed>(Two.WithBehaviors(Sample.Behavior("app", "/api/*"), Sample.Behavior("app", "/api/v1")))
            .Fails()
            .Detail.ShouldBe("\"/api/v1\" is shadowed by \"/api/*\"");

    [Fact]
    public void Even_the_default_behavior_can_be_shadowed() =>
        Judge<BehaviorIsNotShadowed>(Two.WithBehaviors(Sample.Behavior("app", "/*")), "main")
            .Fails()
            .Detail.ShouldStartWith("the default behavior is shadowed by \"/*\"");

    [Fact]
    public void Does_not_apply_to_an_unused_origin() => Judge<BehaviorIsNotShadowed>(Two).IsNotApplicable();
}

public class ErrorResponsesDoNotMaskTheOriginTests
{
    [Theory]
    [InlineData(404, 200)]
    [InlineData(502, null)]
    [InlineData(504, 503)]
    public void Passes_where_a_failure_stays_one(int error, int? response) =>
        Judge(new CustomErrorResponse(error, response, "/error.html")).Passes();

    [Theory]
    [InlineData(502, 200)]
    [InlineData(503, 302)]
    [InlineData(504, 404)]
    public void Fails_where_a_failure_looks_like_something_else(int error, int response) =>
        Judge(new CustomErrorResponse(error, response, "/sorry.html")).Fails().Detail.ShouldBe($"{error} is returned as {response}");

    [Fact]
    public void Is_said_once_for_a_distribution() =>
        Judge<ErrorResponsesDoNotMaskTheOrigin>(
                Sample.Distribution(Sample.Origin("main"), Sample.Origin()) with
                {
                    CustomErrorResponses = [new(502, 200, null)],
                }
            )
            .IsNotApplicable();

    private static OriginWatch.Rules.Verdict Judge(CustomErrorResponse response) =>
        Judge<ErrorResponsesDoNotMaskTheOrigin>(Sample.Distribution(Sample.Origin()) with { CustomErrorResponses = [response] });
}

public class EdgeFunctionsLeaveTheOriginAloneTests
{
    [Fact]
    public void Passes_without_functions() => Judge<EdgeFunctionsLeaveTheOriginAlone>(Sample.Origin()).Passes();

    [Fact]
    public void Fails_with_a_function_that_sees_requests_to_it() =>
        Judge<EdgeFunctionsLeaveTheOriginAlone>(
                Sample.Distribution(Sample.Origin()) with
                {
                    DefaultCacheBehavior = Sample.Behavior() with { RequestFunctionArns = ["arn:f"] },
                }
            )
            .Fails()
            .Detail.ShouldBe("may differ at the edge: \"arn:f\" on the default behavior");

    [Fact]
    public void Passes_when_the_function_is_on_a_shadowed_behavior() =>
        Judge<EdgeFunctionsLeaveTheOriginAlone>(
                Sample
                    .Distribution(Sample.Origin())
                    .WithBehaviors(
                        Sample.Behavior(pathPattern: "/a/*"),
                        Sample.Behavior(pathPattern: "/a/b") with
                        {
                            RequestFunctionArns = ["arn:f"],
                        }
                    )
            )
            .Passes();
}
