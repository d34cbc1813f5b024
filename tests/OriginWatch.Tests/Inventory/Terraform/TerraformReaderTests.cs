using System.Text.Json.Nodes;
using OriginWatch.Inventory;
using OriginWatch.Targets;
using OriginWatch.Tls;
using static OriginWatch.Tests.TerraformJson;

namespace OriginWatch.Tests.Inventory.Terraform;

public class TerraformReaderTests
{
    [Fact]
    public void Reads_a_distribution_that_will_be_created()
    {
        var values = Values();
        values["ordered_cache_behavior"] = new JsonArray(Behavior(pathPattern: "/api/*"));
        values["custom_error_response"] = new JsonArray(
            JsonNode.Parse("""{"error_code":502,"response_code":200,"response_page_path":"/sorry"}"""),
            JsonNode.Parse("""{"error_code":404,"response_code":0,"response_page_path":""}""")
        );
        values["origin_group"] = new JsonArray(
            JsonNode.Parse(
                """{"origin_id":"pair","failover_criteria":[{"status_codes":[502,504]}],"member":[{"origin_id":"app"},{"origin_id":"app"}]}"""
            )
        );

        var read = Read(Plan(Resource(values)).Change(Address, "create", """{"arn":true,"domain_name":true,"id":true}"""))
            .Distributions.ShouldHaveSingleItem();

        read.Id.ShouldBe(Address);
        read.DomainName.ShouldBe("");
        read.IsDeployed.ShouldBeFalse();
        read.Aliases.ShouldBe(["www.example.com"]);
        read.CacheBehaviors.ShouldHaveSingleItem().PathPattern.ShouldBe("/api/*");
        read.CustomErrorResponses.ShouldBe([new(502, 200, "/sorry"), new(404, null, null)]);
        read.OriginGroups.ShouldHaveSingleItem().StatusCodes.ShouldBe([502, 504]);
        var origin = read.Origins.ShouldHaveSingleItem();
        origin.ConnectionTimeout.ShouldBe(TimeSpan.FromSeconds(4));
        origin.CustomOriginConfig.ShouldNotBeNull().OriginSslProtocols.ShouldBe([TlsProtocol.Tls12]);
        origin.NotKnownYet.ShouldBeNull();
    }

    [Fact]
    public void Reads_a_state_with_the_account_and_the_distributions_own_name()
    {
        var values = Values();
        values["domain_name"] = "d1.cloudfront.net";
        values["arn"] = "arn:aws:cloudfront::123456789012:distribution/E1EXAMPLE12345";
        var listing = Read(State(Resource(values)));
        listing.AccountId.ShouldBe("123456789012");
        listing
            .Distributions[0]
            .ShouldSatisfyAllConditions(read => read.DomainName.ShouldBe("d1.cloudfront.net"), read => read.IsDeployed.ShouldBeTrue());
    }

    [Fact]
    public void Reads_what_OpenTofu_prints_alike()
    {
        var plan = Plan(Resource(Values())).ToJsonString();
        var ofTofu = plan.Replace("registry.terraform.io", "registry.opentofu.org", StringComparison.Ordinal)
            .Replace("1.12.0", "1.9.0", StringComparison.Ordinal);
        var (one, other) = (InventoryText.Read(plan), InventoryText.Read(ofTofu));
        other.Distributions.ShouldHaveSingleItem().Origins[0].DomainName.ShouldBe(one.Distributions[0].Origins[0].DomainName);
        other.Remarks.ShouldBe(one.Remarks);
    }

    [Theory]
    [InlineData("no-op", true)]
    [InlineData("update", false)]
    [InlineData("create", false)]
    public void Takes_only_what_will_not_change_for_deployed(string action, bool isDeployed) =>
        Read(Plan(Resource(Values())).Change(Address, action)).Distributions[0].IsDeployed.ShouldBe(isDeployed);

    [Fact]
    public void Reads_child_modules_with_count_and_for_each()
    {
        var plan = Plan(Resource(Values(), $"{Address}[0]"), Resource(Values(), $"{Address}[1]"));
        plan["planned_values"]!["root_module"]!["child_modules"] = new JsonArray(
            new JsonObject
            {
                ["address"] = "module.cdn[\"eu.west\"]",
                ["child_modules"] = new JsonArray(
                    new JsonObject
                    {
                        ["address"] = "module.cdn[\"eu.west\"].module.inner",
                        ["resources"] = new JsonArray(Resource(Values(), $"module.cdn[\"eu_west\"].module.inner.{Address}[\"a\"]")),
                    }
                ),
            }
        );
        Read(plan)
            .Distributions.Select(distribution => distribution.Id)
            .ShouldBe([$"{Address}[0]", $"{Address}[1]", $"module.cdn[\"eu_west\"].module.inner.{Address}[\"a\"]"]);
    }

    [Fact]
    public void Does_not_probe_what_is_known_only_after_apply_and_says_where_it_comes_from()
    {
        var plan = Plan(Resource(Values(Origin(domainName: null), Origin("other", "other.example.com"))))
            .Change(Address, "create", """{"origin":[{"domain_name":true},{}]}""")
            .Configure(
                """
                {"root_module":{"resources":[{"type":"aws_cloudfront_distribution","name":"site","expressions":{"origin":[
                  {"origin_id":{"constant_value":"other"},"domain_name":{"constant_value":"other.example.com"}},
                  {"origin_id":{"constant_value":"app"},"domain_name":{"references":["aws_lb.web.dns_name","aws_lb.web"]}}]}}]}}
                """
            );
        var listing = Read(plan);
        var origins = listing.Distributions[0].Origins;
        origins[0].NotKnownYet.ShouldBe("its domain name is known only after apply (aws_lb.web.dns_name)");
        origins[0].DomainName.ShouldBe("${aws_lb.web.dns_name}");
        origins[1].NotKnownYet.ShouldBeNull();
        var planned = TargetPlanner.Plan(listing);
        planned.Targets.ShouldHaveSingleItem().DomainName.ShouldBe("other.example.com");
        planned.Origins[0].NotProbedBecause.ShouldBe(origins[0].NotKnownYet);
    }

    [Theory]
    [InlineData("aws_cloudfront_origin_request_policy.all.id", "forwards Host")]
    [InlineData("var.policy", "forwards Host")]
    [InlineData("module.policies.all_id", "leaves Host out")]
    [InlineData("local.policy", "is not known yet")]
    [InlineData("aws_cloudfront_origin_request_policy.many[each.key].id", "is not known yet")]
    public void Resolves_policies_of_the_same_plan_through_the_configuration(string reference, string reason)
    {
        var inModule = reference.StartsWith("var.", StringComparison.Ordinal);
        var address = inModule ? $"module.cdn.{Address}" : Address;
        var plan = Plan(
            Policy("aws_cloudfront_origin_request_policy.all", "allViewer"),
            Policy("aws_cloudfront_origin_request_policy.many[\"a\"]", "allViewer"),
            Policy("aws_cloudfront_origin_request_policy.many[\"b\"]", "none")
        );
        var root = plan["planned_values"]!["root_module"]!.AsObject();
        var values = Values();
        values["default_cache_behavior"]![0]!["origin_request_policy_id"] = null;
        JsonArray modules =
        [
            new JsonObject
            {
                ["address"] = "module.policies",
                ["resources"] = new JsonArray(Policy("module.policies.aws_cloudfront_origin_request_policy.none", "none")),
            },
        ];
        root["child_modules"] = modules;
        if (inModule)
        {
            modules.Add((JsonNode)new JsonObject { ["address"] = "module.cdn", ["resources"] = new JsonArray(Resource(values, address)) });
        }
        else
        {
            root["resources"]!.AsArray().Add((JsonNode)Resource(values));
        }

        var site =
            """[{"type":"aws_cloudfront_distribution","name":"site","expressions":{"default_cache_behavior":[{"origin_request_policy_id":{"references":["REFERENCE"]}}]}}]""".Replace(
                "REFERENCE",
                reference,
                StringComparison.Ordinal
            );
        plan.Change(address, "create", """{"default_cache_behavior":[{"origin_request_policy_id":true}]}""")
            .Configure(
                """
                {"root_module":{"resources":ROOT,"module_calls":{
                  "policies":{"module":{"outputs":{"all_id":{"expression":{"references":["aws_cloudfront_origin_request_policy.none.id","aws_cloudfront_origin_request_policy.none"]}}}}},
                  "cdn":{"expressions":{"policy":{"references":["aws_cloudfront_origin_request_policy.all.id","aws_cloudfront_origin_request_policy.all"]}},"module":{"resources":MODULE}}}}}
                """.Replace("ROOT", inModule ? "[]" : site, StringComparison.Ordinal).Replace(
                    "MODULE",
                    inModule ? site : "[]",
                    StringComparison.Ordinal
                )
            );

        TargetPlanner.Plan(Read(plan)).Origins[0].HostForwardingReason.ShouldContain(reason);
    }

    [Fact]
    public void Never_shows_a_secret()
    {
        var plan = Plan(Resource(Values(), sensitive: JsonNode.Parse("""{"origin":true}""")));
        var listing = Read(plan);
        listing
            .Distributions[0]
            .Origins[0]
            .ShouldSatisfyAllConditions(
                origin => origin.ToString().ShouldNotContain("secret"),
                origin => origin.NotKnownYet.ShouldBeNull()
            );
    }

    [Fact]
    public void Neither_shows_nor_connects_to_a_name_that_comes_from_a_sensitive_variable()
    {
        var plan = Plan(Resource(Values(), sensitive: JsonNode.Parse("""{"origin":true}""")))
            .Configure(
                """
                {"root_module":{"variables":{"host":{"sensitive":true}},"resources":[{"type":"aws_cloudfront_distribution","name":"site","expressions":{"origin":[
                  {"origin_id":{"constant_value":"app"},"domain_name":{"references":["var.host"]}}]}}]}}
                """
            );
        var origin = Read(plan).Distributions[0].Origins[0];
        origin.NotKnownYet.ShouldNotBeNull().ShouldContain("sensitive");
        origin.DomainName.ShouldNotContain("app.example.com");
    }

    [Theory]
    [InlineData("""{"origin":true}""", "its origins are known only after apply")]
    [InlineData(
        """{"default_cache_behavior":[{"target_origin_id":true}]}""",
        "which origin a behavior or a group targets is not known yet"
    )]
    public void Leaves_out_with_a_remark_what_cannot_be_told_at_all(string unknown, string remark)
    {
        var listing = Read(Plan(Resource(Values())).Change(Address, "create", unknown));
        listing.Distributions.ShouldBeEmpty();
        listing.Remarks.ShouldContain(sentence => sentence.Contains(remark, StringComparison.Ordinal));
    }

    [Fact]
    public void Tells_buckets_and_VPC_origins_apart()
    {
        var bucket = Origin("bucket", null);
        bucket["custom_origin_config"] = new JsonArray();
        bucket["s3_origin_config"] = null;
        var vpc = Origin("private");
        vpc["custom_origin_config"] = new JsonArray();
        vpc["vpc_origin_config"] = new JsonArray(JsonNode.Parse("""{"vpc_origin_id":"vo_1"}"""));
        var endpoint = Resource(
            (JsonObject)
                JsonNode.Parse(
                    """{"id":"vo_1","vpc_origin_endpoint_config":[{"arn":"arn:x","http_port":80,"https_port":8443,"origin_protocol_policy":"https-only","origin_ssl_protocols":[{"items":["TLSv1.2"],"quantity":1}]}]}"""
                )!,
            "aws_cloudfront_vpc_origin.private"
        );
        var listing = Read(
            Plan(Resource(Values(Origin(), bucket, vpc)), endpoint)
                .Change(Address, "create", """{"origin":[{},{"domain_name":true,"origin_access_control_id":true},{}]}""")
        );
        var uses = TargetPlanner.Plan(listing).Origins;
        uses.Select(use => use.Kind).ShouldBe([OriginKind.Custom, OriginKind.S3, OriginKind.Vpc]);
        uses[2].VpcOrigin.ShouldNotBeNull().HttpsPort.ShouldBe(8443);
    }

    internal static Listing Read(JsonObject document) => InventoryText.Read(document.ToJsonString());

    private static JsonObject Policy(string address, string behavior) =>
        Resource(
            (JsonObject)JsonNode.Parse($$"""{"name":"policy","headers_config":[{"header_behavior":"{{behavior}}","headers":[]}]}""")!,
            address
        );
}
