using OriginWatch.Inventory;
using OriginWatch.Rules;
using OriginWatch.Rules.Configuration;
using OriginWatch.Tests.Targets;
using static OriginWatch.Tests.Rules.Configuration.ConfigurationRules;

namespace OriginWatch.Tests.Rules.Configuration;

public class OriginIsNotHttpOnlyTests
{
    [Theory]
    [InlineData("https-only")]
    [InlineData("match-viewer")]
    public void Passes_with_another_policy(string policy) => Judge<OriginIsNotHttpOnly>(Sample.Origin(policy: new(policy))).Passes();

    [Fact]
    public void Fails_with_http_only_and_names_the_behaviors()
    {
        var distribution = Sample
            .Distribution(Sample.Origin(policy: OriginProtocolPolicy.HttpOnly))
            .WithBehaviors(Sample.Behavior(pathPattern: "/api/*"));

        var fail = Judge<OriginIsNotHttpOnly>(distribution).Fails();

        fail.Detail.ShouldBe("OriginProtocolPolicy is http-only; reached by \"/api/*\", the default behavior");
        fail.Severity.ShouldBe(Severity.High);
    }

    [Fact]
    public void Says_when_no_behavior_reaches_it() =>
        Judge<OriginIsNotHttpOnly>(Sample.Distribution(Sample.Origin("main"), Sample.Origin(policy: OriginProtocolPolicy.HttpOnly)))
            .Fails()
            .Detail.ShouldEndWith("reached by no behavior");

    [Fact]
    public void Names_no_more_than_five_behaviors() =>
        Judge<OriginIsNotHttpOnly>(
                Sample
                    .Distribution(Sample.Origin(policy: OriginProtocolPolicy.HttpOnly))
                    .WithBehaviors([.. Enumerable.Range(1, 6).Select(number => Sample.Behavior(pathPattern: $"/{number}/*"))])
            )
            .Fails()
            .Detail.ShouldEndWith("\"/5/*\" and 2 more");

    [Fact]
    public void A_vpc_origin_is_Medium_since_it_stays_inside_the_network_of_AWS() =>
        Judge<OriginIsNotHttpOnly>(VpcUse(OriginProtocolPolicy.HttpOnly)).Fails().Severity.ShouldBe(Severity.Medium);

    [Fact]
    public void Says_when_a_vpc_origin_could_not_be_read() =>
        Judge<OriginIsNotHttpOnly>(VpcUse(null))
            .ShouldBeOfType<Verdict.Undetermined>()
            .ShouldSatisfyAllConditions(
                verdict => verdict.Reason.ShouldBe("the configuration of VPC origin \"vo_1\" is not in the inventory (GetVpcOrigin)"),
                verdict => verdict.IsConsequence.ShouldBeFalse(),
                verdict => verdict.Remediation!.ShouldContain("cloudfront:GetVpcOrigin")
            );

    [Fact]
    public void Is_undetermined_for_an_unknown_policy() =>
        Judge<OriginIsNotHttpOnly>(Sample.Origin(policy: new("quic-only"))).IsUndetermined();

    [Fact]
    public void Is_undetermined_for_an_unknown_kind_of_origin() =>
        Judge<OriginIsNotHttpOnly>(new Origin { Id = "app", DomainName = "x.example.com" }).IsUndetermined();

    [Fact]
    public void Does_not_apply_to_a_bucket() => Judge<OriginIsNotHttpOnly>(Sample.S3()).IsNotApplicable();

    [Fact]
    public void Does_not_apply_to_a_website_endpoint_which_has_a_rule_of_its_own() =>
        Judge<OriginIsNotHttpOnly>(
                Sample.Origin(domainName: "b.s3-website.eu-central-1.amazonaws.com", policy: OriginProtocolPolicy.HttpOnly)
            )
            .IsNotApplicable();
}
