using System.Text;
using System.Text.Json.Nodes;
using OriginWatch.Inventory;
using OriginWatch.Tests.Inventory.Terraform;
using static OriginWatch.Tests.TerraformJson;

namespace OriginWatch.Tests.Inventory.Documents;

/// <summary>Whatever a file holds, it ends in a right reading or in a message that says what it is and what to do.</summary>
public class OddInputsTests
{
    private const string Template = "Resources: {Cdn: {Type: 'AWS::CloudFront::Distribution', Properties: {DistributionConfig: ";
    private const string Rest = "DefaultCacheBehavior: {TargetOriginId: a, ViewerProtocolPolicy: https-only}}}}}";
    private const string App =
        "{Id: a, DomainName: a.example.com, CustomOriginConfig: {OriginProtocolPolicy: https-only, OriginSSLProtocols: [TLSv1.2]}}";

    public static TheoryData<string, string> Refused() =>
        new()
        {
            { "null", "The document is null: --query found nothing" },
            { "\"E1EXAMPLE12345\"", "a single value" },
            { "[]", "saved with --query" },
            { "[null]", "is a list of something else" },
            { "[\"E1EXAMPLE12345\"]", "is a list of something else" },
            { """[["E1EXAMPLE12345","d1.cloudfront.net"]]""", "is a list of something else" },
            { """[{"Id":"E1","DomainName":"d1.cloudfront.net"}]""", "lacks the origins" },
            { """{"DistributionIdList":{"Items":["E1"]}}""", "ids of distributions alone" },
            { """{"Invalidation":{}}""", "It has \"Invalidation\"" },
            { """{"Policies":[],"Roles":[]}""", "neither DistributionList" },
            { """{"CachePolicyList":{"Quantity":0}}""", "contains policies and no distributions" },
            {
                """{"version":4,"terraform_version":"1.9.0","serial":3,"lineage":"x","resources":[]}""",
                "terraform show -json > state.json"
            },
            { """{"@level":"info","@message":"Terraform 1.9.0","type":"version"}""", "the log of terraform plan -json" },
            { "{\"@level\":\"info\",\"@message\":\"a\"}\n{\"@level\":\"info\",\"@message\":\"b\"}", "the log of terraform plan -json" },
            { """{"version":"36.0.0","artifacts":{}}""", "cdk.out/STACK.template.json" },
            { """{"version":3,"deployment":{}}""", "Pulumi" },
            { """{"format_version":"2.0","planned_values":{}}""", "format_version is \"2.0\"" },
            { """{"format_version":"0.2","planned_values":{}}""", "format_version is \"0.2\"" },
            { """{"format_version":"1.2","errored":true,"planned_values":{}}""", "ended with an error" },
            { """{"format_version":"1.0"}{"format_version":"1.0"}""", "must be alone in its file" },
            { "PK\u0003\u0004binary", "binary form" },
            { "<!DOCTYPE html><title>Sign in</title>", "This is a web page" },
            { "<?xml version=\"1.0\"?><DistributionList/>", "This is XML" },
            { "-------------------\n|ListDistributions|\n-------------------", "a table or plain text" },
            { "DISTRIBUTIONLIST\tFalse", "a table or plain text" },
            { "resource \"aws_cloudfront_distribution\" \"site\" {\n  enabled = true\n}", "Terraform's source" },
            { "terraform {\n}\n", "Terraform's source" },
            { "Terraform used the selected providers to generate the following execution plan.\n", "prints it for people" },
            { "usage: aws [options] <command>", "This is an error message" },
            { "urllib3 warning\n{\n  \"DistributionList\": {}\n}\n", "Save it again without 2>&1" },
            { "hello", "This is not a listing of distributions: \"hello\"" },
            { "key: value", "neither DistributionList" },
            { "a: [1, 2", "As YAML it is broken" },
            { "a: 1\na: 2", "Line 2: the key \"a\" appears twice" },
            { "a: &x [1]\nb: *x", "an alias" },
            { "? [a]\n: 1", "a key is not a text" },
            { "{'DistributionList': {'Items': [", "damaged or was cut short" },
            { "{'a': __import__('os').system('x') + 1}", "damaged" },
            { "{\"a\":1} trailing", "damaged" },
            { Template + "{Enabled: true, " + Rest, "Origins: lists no origin" },
            { Template + "{Enabled: true, Origins: [" + App + "]}}}}", "DefaultCacheBehavior is missing" },
            { Template + "{Enabled: perhaps, Origins: [" + App + "], " + Rest, "\"perhaps\" is neither true nor false" },
            { Template + "{Enabled: true, Origins: [" + App + ", " + App + "], " + Rest, "the id \"a\" appears twice" },
            { Template + "{Enabled: true, Origins: [{Id: b, DomainName: b.example.com, S3OriginConfig: {}}], " + Rest, "targets \"a\"" },
            {
                Template + "{Enabled: true, Origins: [{Id: a, CustomOriginConfig: {OriginProtocolPolicy: https-only}}], " + Rest,
                "DomainName is missing"
            },
            { Template + "{Enabled: true, Origins: [{Id: a, DomainName: {a: b, c: d}}], " + Rest, "expected one value" },
            {
                Template
                    + "{Enabled: true, Origins: [{Id: a, DomainName: a.example.com, CustomOriginConfig: {OriginProtocolPolicy: https-only, HTTPSPort: many}}], "
                    + Rest,
                "\"many\" is not a whole number"
            },
            {
                """{"format_version":"1.2","planned_values":{"root_module":{"resources":[{"address":"aws_cloudfront_distribution.a","mode":"managed","type":"aws_cloudfront_distribution","name":"a","values":null}]}}}""",
                "aws_cloudfront_distribution.a: Origins: lists no origin"
            },
            { "Resources: {Cdn: {Type: 'AWS::CloudFront::Distribution'}}", "there is no DistributionConfig" },
        };

    [Theory]
    [MemberData(nameof(Refused))]
    public void Refuses_with_a_sentence(string text, string sentence) => InventoryText.Fault(text).ShouldContain(sentence);

    public static TheoryData<string, int> Taken() =>
        new()
        {
            { "AWSTemplateFormatVersion: '2010-09-09'", 0 },
            { "AWSTemplateFormatVersion: 2010-09-09\nResources: {Topic: {Type: 'AWS::SNS::Topic'}}", 0 },
            { Template + "{Enabled: true, Origins: [" + App + "], " + Rest, 1 },
            { Template + "{Enabled: true, Origins: [" + App + ", !Ref AWS::NoValue], " + Rest, 1 },
            {
                Template
                    + "{Enabled: 'true', Origins: ["
                    + App
                    + "], Aliases: !Ref Nothing, CacheBehaviors: !If [Unknown, [], []], "
                    + Rest,
                1
            },
            { Template + "{Enabled: !Ref X, Origins: !Ref Y, " + Rest, 0 },
            { "# a comment\n---\n" + Template + "{Enabled: true, Origins: [" + App + "], " + Rest, 1 },
            {
                "Conditions: {A: !Condition B, B: !Condition A}\n"
                    + Template
                    + "{Enabled: !If [A, true, false], Origins: ["
                    + App
                    + "], "
                    + Rest,
                1
            },
            {
                "Conditions: {A: {Condition: A}}\nMappings: 7\nParameters: []\n"
                    + Template
                    + "{Enabled: true, Origins: ["
                    + App
                    + "], "
                    + Rest,
                1
            },
            { "Resources: {'Fn::ForEach::All': [A, [b], {}], 'Cdn': {Type: 'AWS::Foo::Bar'}, Odd: 7}", 0 },
            { """{"format_version":"1.0"}""", 0 },
            {
                """{"format_version":"1.9","values":{"root_module":{"resources":[{"type":7},{"type":"aws_lb","address":"aws_lb.x"}],"child_modules":[null,7,{}]}}}""",
                0
            },
            { """{"format_version":"1.2","planned_values":{"root_module":{}},"complete":false}""", 0 },
            { """{"format_version":"1.2","planned_values":null,"resource_changes":null,"configuration":null}""", 0 },
            { "{\"format_version\":\"1.2\",\"planned_values\":{\"root_module\":" + Nested(50) + "}}", 0 },
            {
                Plan(
                        Resource(Values(), "module.cdn[0].aws_cloudfront_distribution.site[0]"),
                        Resource(Values(), "module.cdn[1].aws_cloudfront_distribution.site[\"a/b \\\" c\"]")
                    )
                    .ToJsonString(),
                2
            },
            { Template + "{Enabled: !If [A, !If [B, !If [C, true, true], true], true], Origins: [" + App + "], " + Rest, 1 },
        };

    [Theory]
    [MemberData(nameof(Taken))]
    public void Reads_rightly(string text, int distributions) => InventoryText.Read(text).Distributions.Count.ShouldBe(distributions);

    public static TheoryData<string, string, string?> PlansWithChangedOrigins() =>
        new()
        {
            { "custom_origin_config", "null", "neither CustomOriginConfig" },
            { "custom_origin_config", """{"origin_protocol_policy":"https-only","https_port":"443"}""", null },
            { "custom_origin_config", "7", "expected a block" },
            {
                "custom_origin_config",
                """[{"origin_protocol_policy":"https-only"},{"origin_protocol_policy":"https-only"}]""",
                "there is more than one"
            },
            { "connection_attempts", "0", "0 is not a number of attempts" },
            { "connection_attempts", "\"two\"", "\"two\" is not a whole number" },
            { "origin_id", "null", "Id is missing" },
            { "domain_name", "[]", "expected one value" },
            { "origin_id", "\"other\"", "targets \"app\"" },
        };

    [Theory]
    [MemberData(nameof(PlansWithChangedOrigins))]
    public void Reads_or_refuses_an_odd_origin_of_a_plan(string member, string value, string? sentence)
    {
        var origin = Origin();
        origin[member] = JsonNode.Parse(value);
        var text = Plan(Resource(Values(origin))).ToJsonString();
        if (sentence is null || sentence.StartsWith("neither", StringComparison.Ordinal))
        {
            InventoryText
                .Read(text)
                .ShouldSatisfyAllConditions(
                    listing => listing.Distributions.ShouldHaveSingleItem(),
                    listing =>
                        listing
                            .Remarks.Any(remark => sentence is not null && remark.Contains(sentence, StringComparison.Ordinal))
                            .ShouldBe(sentence is not null)
                );
        }
        else
        {
            InventoryText.Fault(text).ShouldContain(sentence);
        }
    }

    [Fact]
    public void There_are_sixty_of_them_and_more() =>
        (Refused().Count + Taken().Count + PlansWithChangedOrigins().Count).ShouldBeGreaterThanOrEqualTo(60);

    [Theory]
    [InlineData(70)]
    [InlineData(5_000)]
    public void Refuses_modules_that_nest_without_end(int depth) =>
        InventoryText
            .Fault("{\"format_version\":\"1.2\",\"planned_values\":{\"root_module\":" + Nested(depth) + "}}")
            .ShouldContain("nests deeper");

    private static string Nested(int depth) =>
        string.Concat(Enumerable.Repeat("{\"child_modules\":[", depth)) + "{}" + string.Concat(Enumerable.Repeat("]}", depth));

    [Fact]
    public void Refuses_an_address_that_stands_there_twice() =>
        InventoryText
            .Fault(Plan(Resource(Values()), Resource(Values())).ToJsonString())
            .ShouldContain($"The address \"{Address}\" appears twice");

    [Fact]
    public void Leaves_a_configuration_that_goes_round_in_a_circle()
    {
        var values = Values();
        values["default_cache_behavior"]![0]!["cache_policy_id"] = null;
        var plan = Plan(Resource(values))
            .Change(Address, "create", """{"default_cache_behavior":[{"cache_policy_id":true}]}""")
            .Configure(
                """
                {"root_module":{"resources":[{"type":"aws_cloudfront_distribution","name":"site","expressions":{"default_cache_behavior":[{"cache_policy_id":{"references":["module.a.out"]}}]}}],
                  "module_calls":{"a":{"expressions":{"in":{"references":["module.a.out"]}},"module":{"outputs":{"out":{"expression":{"references":["var.in"]}}}}}}}}
                """
            );
        InventoryText.Read(plan.ToJsonString()).Distributions[0].DefaultCacheBehavior.CachePolicyId.ShouldBe("${module.a.out}");
    }

    [Fact]
    public void Leaves_a_template_whose_texts_would_grow_without_end()
    {
        var join = Enumerable.Range(0, 40).Aggregate("aaaaaaaaaaaaaaaa", (inner, _) => $"!Sub ['${{A}}${{A}}', {{A: {inner}}}]");
        InventoryText
            .Fault(Template + "{Enabled: true, Origins: [{Id: a, DomainName: " + join + ", S3OriginConfig: {}}], " + Rest)
            .ShouldContain("more than 100,000 characters");
    }

    [Theory]
    [InlineData('[', "nests deeper")]
    [InlineData('{', "a key is not a text")]
    [InlineData('-', "is not a listing")]
    public void Leaves_what_nests_without_end(char opening, string sentence) =>
        InventoryText
            .Fault("a: " + string.Concat(Enumerable.Repeat(opening == '-' ? "- " : $"{opening}", 200_000)))
            .ShouldContain(opening == '-' ? "YAML" : sentence);

    [Fact]
    public void Reads_a_plan_of_50_MB()
    {
        var bulk = new JsonObject
        {
            ["type"] = "null_resource",
            ["address"] = "null_resource.x",
            ["values"] = new JsonObject { ["blob"] = new string('x', 50_000_000) },
        };
        InventoryText.Read(Plan(Resource(Values()), bulk).ToJsonString()).Distributions.Count.ShouldBe(1);
    }

    [Fact]
    public void Refuses_100_MB_that_are_no_JSON()
    {
        var text = Encoding.UTF8.GetBytes("a: ").Concat(Enumerable.Repeat((byte)'x', 100_000_000)).ToArray();
        Should.Throw<InventoryException>(() => FileInventory.Read(text, "x")).Message.ShouldContain("larger than 64 MiB");
    }
}
