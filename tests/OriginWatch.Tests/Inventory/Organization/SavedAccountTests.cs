using System.Text;
using System.Text.Json;
using OriginWatch.Inventory;
using OriginWatch.Inventory.Organization;
using OriginWatch.Inventory.Saved;
using OriginWatch.Text;
using OriginWatch.Tls;
using Shouldly;
using Xunit;

namespace OriginWatch.Tests.Inventory.Organization;

public sealed class SavedAccountTests
{
    private const string Id = "111122223333";

    [Fact]
    public void An_inventory_comes_back_as_it_was_with_everything_that_decides_a_verdict()
    {
        var listing = new Listing
        {
            AccountId = Id,
            Distributions =
            [
                Everything(),
                Sample.Distribution(Sample.S3(), Sample.Vpc()) with
                {
                    Id = "E2",
                    TenantParameterDefaults = new Dictionary<string, string> { ["host"] = "a.example" },
                    ConnectionMode = ConnectionMode.TenantOnly,
                },
            ],
            Policies = new Dictionary<string, HeaderPolicy>
            {
                ["p1"] = new("p1", "mine", "whitelist", ["Host", "X-A"]),
                ["p2"] = new("p2", "none of them", "none", []),
            },
            VpcOrigins = new Dictionary<string, VpcOriginEndpoint>
            {
                ["vo_1"] = new("vo_1", "arn:x", OriginProtocolPolicy.HttpsOnly, [TlsProtocol.Tls12], 80, 8443),
            },
            Tenants = [Sample.Tenant("t1", ["a.example"], ("host", "b.example"))],
            Remarks = ["Something was not understood."],
        };

        var read = SavedAccountFile.Read(SavedAccountFile.Write(new(Id, AccountOutcome.Read, null, listing))).Listing.ShouldNotBeNull();

        JsonSerializer.Serialize(read).ShouldBe(JsonSerializer.Serialize(listing));
    }

    [Fact]
    public void What_was_asked_beside_it_comes_back_and_a_file_of_before_has_none_of_it()
    {
        var asked = new Listing
        {
            AccountId = Id,
            Distributions =
            [
                Everything() with
                {
                    RouteTags = ["team=shop"],
                    Traffic = new(1000, 20, 10, null, 300),
                },
                Everything() with
                {
                    Id = "E2",
                    RouteTags = [],
                },
                Everything() with
                {
                    Id = "E3",
                },
            ],
            TagsUnreadBecause = "CloudFront did not answer within 60 s.",
            TrafficUnreadBecause = "AWS denied it.",
        };
        var read = SavedAccountFile.Read(SavedAccountFile.Write(new(Id, AccountOutcome.Read, null, asked))).Listing.ShouldNotBeNull();
        read.Distributions.Select(distribution => distribution.RouteTags)
            .ShouldBe([
                ["team=shop"],
                [],
                null,
            ]);
        read.Distributions.Select(distribution => distribution.Traffic).ShouldBe([new(1000, 20, 10, null, 300), null, null]);
        (read.TagsUnreadBecause, read.TrafficUnreadBecause).ShouldBe((asked.TagsUnreadBecause, asked.TrafficUnreadBecause));

        var before = SavedAccountFile.Write(new(Id, AccountOutcome.Read, null, new() { Distributions = [Everything()] }));
        Encoding.UTF8.GetString(before.Span).ShouldNotContain("routeTags");
        SavedAccountFile.Read(before).Listing!.Distributions[0].RouteTags.ShouldBeNull();
    }

    [Fact]
    public void A_tag_that_is_none_is_refused()
    {
        var file = Encoding.UTF8.GetString(
            SavedAccountFile
                .Write(new(Id, AccountOutcome.Read, null, new() { Distributions = [Everything() with { RouteTags = ["team=shop"] }] }))
                .Span
        );
        Should
            .Throw<OperatorException>(() =>
                SavedAccountFile.Read(Encoding.UTF8.GetBytes(file.Replace("\"team=shop\"", "null", StringComparison.Ordinal)))
            )
            .Message.ShouldContain("cut short or edited");
    }

    [Theory]
    [InlineData("\"enabled\":false,")]
    [InlineData("\"staging\":true,")]
    [InlineData("\"httpsPort\":8443,")]
    [InlineData("\"errorCode\":502,")]
    [InlineData("\"viewerProtocolPolicy\":{\"value\":\"redirect-to-https\"},")]
    public void A_member_that_was_cut_out_does_not_come_back_as_its_default(string member)
    {
        var file = Encoding.UTF8.GetString(
            SavedAccountFile.Write(new(Id, AccountOutcome.Read, null, new() { Distributions = [Everything()] })).Span
        );
        file.ShouldContain(member);
        Should
            .Throw<OperatorException>(() =>
                SavedAccountFile.Read(Encoding.UTF8.GetBytes(file.Replace(member, "", StringComparison.Ordinal)))
            )
            .Message.ShouldContain("cut short or edited");
    }

    [Fact]
    public async Task A_denied_account_is_denied_again_with_its_reason_and_that_of_another_account_is_refused()
    {
        var file = SavedAccountFile.Write(new(Id, AccountOutcome.Denied, "The role could not be assumed.", null));
        var denied = await Should.ThrowAsync<InventoryException>(() =>
            new SavedInventory(Id, _ => Task.FromResult(file)).ReadAsync(TestContext.Current.CancellationToken)
        );
        (denied.Message, denied.IsDenied).ShouldBe(("The role could not be assumed.", true));
        (
            await Should.ThrowAsync<InventoryException>(() =>
                new SavedInventory("444455556666", _ => Task.FromResult(file)).ReadAsync(TestContext.Current.CancellationToken)
            )
        ).Message.ShouldContain("is that of account 111122223333");
    }

    [Theory]
    [InlineData(
        """{"format":"originwatch-inventory","schema":2}""",
        "schema 2, and this version of OriginWatch knows schemas up to 1: a newer version wrote it. Deploy the same version to all functions"
    )]
    [InlineData("""{"format":"originwatch-state","schema":1}""", "does not say that it is of the format originwatch-inventory")]
    [InlineData("""{"format":"originwatch-inventory","schema":1,"account":"111122223333","outcome":"read"}""", "cut short or edited")]
    [InlineData("""{"format":"originwatch-inventory","schema":1,"outcome":{}}""", "cut short or edited")]
    [InlineData("""{"format":"originwatch-inventory","schema":1,""", "cut short or edited")]
    [InlineData("[]", "does not say")]
    [InlineData("{", "not JSON")]
    [InlineData("", "not JSON")]
    public void What_is_none_or_of_a_newer_version_is_refused_with_a_sentence(string content, string sentence) =>
        Should.Throw<OperatorException>(() => SavedAccountFile.Read(Encoding.UTF8.GetBytes(content))).Message.ShouldContain(sentence);

    private static Distribution Everything()
    {
        var certificate = new ClientCertificate
        {
            Arn = "arn:aws:acm:us-east-1:1:certificate/1",
            NotAfter = DateTimeOffset.UnixEpoch,
            Status = "ISSUED",
            ExtendedKeyUsages = ["1.3.6.1.5.5.7.3.2"],
        };
        var custom = new CustomOriginConfig
        {
            HttpPort = 8080,
            HttpsPort = 8443,
            OriginProtocolPolicy = OriginProtocolPolicy.MatchViewer,
            OriginSslProtocols = [TlsProtocol.Tls10, TlsProtocol.Tls12],
            UnknownSslProtocols = ["TLSv9"],
            IpAddressType = IpAddressType.Dualstack,
            HasOriginMtls = true,
            ClientCertificateArn = certificate.Arn,
            ClientCertificate = certificate,
        };
        var app = Sample.Origin() with
        {
            OriginPath = "/app",
            ConnectionAttempts = 2,
            ConnectionTimeout = TimeSpan.FromSeconds(4),
            ReadTimeout = TimeSpan.FromSeconds(60),
            CustomOriginConfig = custom,
            OriginAccessControlId = "oac",
        };
        return Sample.Distribution(app, Sample.Origin("other")) with
        {
            Arn = $"arn:aws:cloudfront::{Id}:distribution/E1EXAMPLE12345",
            Comment = "a shop",
            Enabled = false,
            Staging = true,
            OriginGroups = [new("group", ["app", "other"], [500, 502])],
            DefaultCacheBehavior = Sample.Behavior("group") with
            {
                CachePolicyId = null,
                ForwardedHeaders = ["Host"],
                GrpcEnabled = true,
                IsSigned = true,
                RequestFunctionArns = ["f1", "f2", "f2"],
                OriginRequestFunctionArns = ["f2"],
            },
            CacheBehaviors = [Sample.Behavior("other", "/api/*") with { OriginRequestPolicyId = "p1", ForwardedHeaders = null }],
            CustomErrorResponses = [new(502, 200, "/sorry.html"), new(504, null, null)],
            WebAclId = "arn:waf",
            HasGeoRestriction = true,
            RequiresViewerCertificate = true,
            ContinuousDeploymentPolicyId = "cd",
        };
    }
}
