using System.Diagnostics;
using System.Text.Json.Nodes;
using OriginWatch.Inventory;
using OriginWatch.Rules.Configuration;
using OriginWatch.Tests.Inventory;
using OriginWatch.Tests.Targets;

namespace OriginWatch.Tests.Rules.Configuration;

public class RemedyTests
{
    private static CancellationToken None => TestContext.Current.CancellationToken;

    [Fact]
    public void Is_ready_to_run() =>
        Remedy
            .Set(Sample.Use(Sample.Distribution(Sample.Origin())), "Set it.", Setting.HttpsOnly, invalidate: true)
            .ShouldBe(
                """
                Set it.
                aws cloudfront get-distribution-config --id E1EXAMPLE12345 > E1EXAMPLE12345.json
                jq --argjson origin '"app"' '.DistributionConfig | (.Origins.Items[] | select(.Id == $origin) | .CustomOriginConfig.OriginProtocolPolicy) = "https-only"' E1EXAMPLE12345.json > E1EXAMPLE12345-new.json
                aws cloudfront update-distribution --id E1EXAMPLE12345 --if-match "$(jq -r .ETag E1EXAMPLE12345.json)" --distribution-config file://E1EXAMPLE12345-new.json
                aws cloudfront wait distribution-deployed --id E1EXAMPLE12345 && aws cloudfront create-invalidation --distribution-id E1EXAMPLE12345 --paths '/*'
                rm E1EXAMPLE12345.json E1EXAMPLE12345-new.json
                CloudFormation, AWS::CloudFront::Distribution: DistributionConfig.Origins[].CustomOriginConfig.OriginProtocolPolicy: https-only
                Terraform, aws_cloudfront_distribution: origin.custom_origin_config: origin_protocol_policy = "https-only"
                """
            );

    [Fact]
    public void Changes_a_vpc_origin_where_its_settings_are()
    {
        var remedy = Remedy.Set(ConfigurationRules.VpcUse(OriginProtocolPolicy.HttpOnly), "Set it.", Setting.SslProtocols("TLSv1.2"));

        remedy.ShouldContain(
            "jq '.VpcOrigin.VpcOriginEndpointConfig | .OriginSslProtocols = {\"Quantity\":1,\"Items\":[\"TLSv1.2\"]}' vo_1.json > vo_1-new.json"
        );
        remedy.ShouldContain(
            "aws cloudfront update-vpc-origin --id vo_1 --if-match \"$(jq -r .ETag vo_1.json)\" --vpc-origin-endpoint-config file://vo_1-new.json"
        );
        remedy.ShouldContain("vpc_origin_endpoint_config.origin_ssl_protocols { items = [\"TLSv1.2\"], quantity = 1 }");
    }

    [Theory]
    [InlineData("'; touch owned; '")]
    [InlineData("\"$(touch owned)\"")]
    [InlineData("a\nb\u001b[31m")]
    public async Task An_id_cannot_start_a_command_of_its_own(string id)
    {
        var remedy = Remedy.Set(Sample.Use(Sample.Distribution(Sample.Origin(id)) with { Id = id }, id), "Set it.", Setting.HttpsOnly);

        remedy.ShouldNotContain("touch owned; '");
        remedy.ShouldNotContain("\u001b");
        remedy.Split('\n').Length.ShouldBe(7);
        var changed = await RunJqAsync(
            remedy,
            "DISTRIBUTION_ID",
            new() { ["DistributionConfig"] = ListingJson.Config(ListingJson.CustomOrigin(id), ListingJson.CustomOrigin("other")) }
        );
        Policies(changed).ShouldBe(["https-only", "http-only"]);
    }

    [Fact]
    public async Task Redirects_the_viewers_of_the_behaviors_that_reach_the_origin_alone()
    {
        var distribution = Sample.Distribution(Sample.S3(), Sample.S3("other")) with
        {
            OriginGroups = [new("pair", ["bucket", "other"], [502])],
            CacheBehaviors =
            [
                Sample.Behavior("pair", "/a", ViewerProtocolPolicy.AllowAll),
                Sample.Behavior("other", "/b", ViewerProtocolPolicy.AllowAll),
                Sample.Behavior("bucket", "/c", ViewerProtocolPolicy.HttpsOnly),
            ],
            DefaultCacheBehavior = Sample.Behavior("bucket", viewer: ViewerProtocolPolicy.AllowAll),
        };
        var config = new JsonObject
        {
            ["DefaultCacheBehavior"] = Behavior("bucket", "allow-all"),
            ["CacheBehaviors"] = ListingJson.Items(
                Behavior("pair", "allow-all"),
                Behavior("other", "allow-all"),
                Behavior("bucket", "https-only")
            ),
        };

        var changed = await RunJqAsync(
            Remedy.RedirectViewers(Sample.Use(distribution, "bucket"), "Set it."),
            "E1EXAMPLE12345",
            new() { ["DistributionConfig"] = config }
        );

        changed["DefaultCacheBehavior"]!["ViewerProtocolPolicy"]!.GetValue<string>().ShouldBe("redirect-to-https");
        changed["CacheBehaviors"]!["Items"]!
            .AsArray()
            .Select(behavior => behavior!["ViewerProtocolPolicy"]!.GetValue<string>())
            .ShouldBe(["redirect-to-https", "allow-all", "https-only"]);
    }

    [Fact]
    public async Task Redirects_without_ordered_behaviors()
    {
        var use = Sample.Use(Sample.Distribution(Sample.S3()), "bucket");
        var config = new JsonObject
        {
            ["DefaultCacheBehavior"] = Behavior("bucket", "allow-all"),
            ["CacheBehaviors"] = ListingJson.Items(),
        };

        var changed = await RunJqAsync(Remedy.RedirectViewers(use, "Set it."), "E1EXAMPLE12345", new() { ["DistributionConfig"] = config });

        changed["DefaultCacheBehavior"]!["ViewerProtocolPolicy"]!.GetValue<string>().ShouldBe("redirect-to-https");
        changed["CacheBehaviors"]!.ToJsonString().ShouldBe("""{"Quantity":0}""");
    }

    private static JsonObject Behavior(string target, string viewer) =>
        new() { ["TargetOriginId"] = target, ["ViewerProtocolPolicy"] = viewer };

    private static IEnumerable<string> Policies(JsonNode config) =>
        config["Origins"]!["Items"]!.AsArray().Select(origin => origin!["CustomOriginConfig"]!["OriginProtocolPolicy"]!.GetValue<string>());

    /// <summary>Runs the remedy's jq line in a shell, as an operator would.</summary>
    private static async Task<JsonNode> RunJqAsync(string remedy, string id, JsonObject config)
    {
        Assert.SkipUnless(File.Exists("/usr/bin/jq") && File.Exists("/bin/sh"), "jq is not installed");
        foreach (var origin in config["DistributionConfig"]!["Origins"]?["Items"]?.AsArray() ?? [])
        {
            origin!["CustomOriginConfig"]!["OriginProtocolPolicy"] = "http-only";
        }

        using var file = new TemporaryFile(config.ToJsonString(), $"{id}.json");
        var line = remedy.Split('\n').Single(line => line.StartsWith("jq ", StringComparison.Ordinal));
        using var shell = Process.Start(
            new ProcessStartInfo("/bin/sh", ["-c", line])
            {
                WorkingDirectory = file.Folder,
                RedirectStandardError = true,
                UseShellExecute = false,
            }
        )!;
        var errors = await shell.StandardError.ReadToEndAsync(None);
        await shell.WaitForExitAsync(None);
        errors.ShouldBeEmpty();
        Directory.GetFiles(file.Folder).Length.ShouldBe(2);
        return JsonNode.Parse(await File.ReadAllTextAsync(Path.Combine(file.Folder, $"{id}-new.json"), None))!;
    }
}
