using OriginWatch.Inventory;
using OriginWatch.Targets;
using OriginWatch.Tls;

namespace OriginWatch.Tests.Inventory.CloudFormation;

public class TemplateReaderTests
{
    private const string Parts = """
        Parameters:
          Domain: {Type: String, Default: www.example.com}
          Environment: {Type: String, Default: test}
          Secret: {Type: String, NoEcho: true, Default: hunter2}
          Stored: {Type: 'AWS::SSM::Parameter::Value<String>', Default: /cdn/origin}
          Names: {Type: CommaDelimitedList, Default: 'a.example.com, b.example.com'}
          Later: {Type: String}
        Conditions:
          IsProduction: !Equals [!Ref Environment, production]
          IsTest: !Not [!Condition IsProduction]
          Maybe: !Equals [!Ref Later, x]
        Mappings:
          Hosts:
            test: {origin: test.example.com}
            production: {origin: app.example.com}

        """;

    public static TheoryData<string, string> Names() =>
        new()
        {
            { "app.example.com", "app.example.com" },
            { "!Ref Domain", "www.example.com" },
            { "!Sub 'origin.${Domain}'", "origin.www.example.com" },
            { "!Sub ['${Name}.example.com', {Name: !Ref Environment}]", "test.example.com" },
            { "!Join ['.', [app, !Ref Environment, example.com]]", "app.test.example.com" },
            { "!Join [., [app, {'Fn::Select': [1, !Split ['/', 'x/y/z']]}]]", "app.y" },
            { "!FindInMap [Hosts, !Ref Environment, origin]", "test.example.com" },
            { "!If [IsProduction, app.example.com, !FindInMap [Hosts, test, origin]]", "test.example.com" },
            { "!If [IsTest, one.example.com, two.example.com]", "one.example.com" },
            { "!If [Maybe, same.example.com, same.example.com]", "same.example.com" },
            { "!Select [0, !Ref Names]", "a.example.com" },
            { "{'Fn::Sub': '${AWS::Region}.example.com'}", "${AWS::Region}.example.com" },
            { "!GetAtt LoadBalancer.DNSName", "${LoadBalancer.DNSName}" },
            { "!Ref LoadBalancer", "${LoadBalancer}" },
            { "!Ref Later", "${Later}" },
            { "!Ref Stored", "${Stored}" },
            { "!Ref Secret", "${Secret}" },
            { "!Sub '${Api}.execute-api.eu-west-1.amazonaws.com'", "${Api}.execute-api.eu-west-1.amazonaws.com" },
            { "!ImportValue cdn-origin", "${Fn::ImportValue}" },
            { "!If [Maybe, one.example.com, two.example.com]", "${Fn::If Maybe}" },
            { "'{{resolve:ssm:/cdn/origin}}'", "${{{resolve:ssm:/cdn/origin}}}" },
            { "!Transform {Name: Macro}", "${Fn::Transform}" },
        };

    [Theory]
    [MemberData(nameof(Names))]
    public void Resolves_what_is_known_before_deployment(string yaml, string domainName)
    {
        var origin = Read(yaml).Distributions.ShouldHaveSingleItem().Origins.ShouldHaveSingleItem();
        origin.DomainName.ShouldBe(domainName);
        (origin.NotKnownYet is not null).ShouldBe(domainName.Contains("${", StringComparison.Ordinal));
    }

    [Fact]
    public void Says_what_a_name_depends_on_and_does_not_probe_it()
    {
        var listing = Read("!GetAtt LoadBalancer.DNSName");
        listing.Remarks.ShouldBe(["Cdn/app is not tested: its domain name is known only after deployment (${LoadBalancer.DNSName})."]);
        var plan = TargetPlanner.Plan(listing);
        plan.Targets.ShouldBeEmpty();
        plan.Origins[0].NotProbedBecause.ShouldBe("its domain name is known only after deployment (${LoadBalancer.DNSName})");
    }

    [Fact]
    public void Takes_parameters_from_the_operator()
    {
        Read("!Ref Later", ("Later", "given.example.com"), ("Environment", "production"))
            .Distributions[0]
            .Origins[0]
            .DomainName.ShouldBe("given.example.com");
        Read("!Sub 'x.${AWS::Region}.example.com'", ("AWS::Region", "eu-west-1"))
            .Distributions[0]
            .Origins[0]
            .DomainName.ShouldBe("x.eu-west-1.example.com");
        InventoryText
            .Fault(Template("!Ref Later"), ("Latter", "x"))
            .ShouldBe("The template has no parameter \"Latter\". It has: Domain, Environment, Secret, Stored, Names, Later.");
    }

    [Fact]
    public void Reads_a_whole_distribution()
    {
        var listing = InventoryText.Read(
            """
            {"AWSTemplateFormatVersion":"2010-09-09","Resources":{
              "Policy":{"Type":"AWS::CloudFront::OriginRequestPolicy","Properties":{"OriginRequestPolicyConfig":{"Name":"all","HeadersConfig":{"HeaderBehavior":"allViewer"}}}},
              "Cdn":{"Type":"AWS::CloudFront::Distribution","Properties":{"DistributionConfig":{
                "Enabled":"true","Staging":false,"Aliases":["a.example.com",{"Ref":"AWS::NoValue"},{"Fn::GetAtt":["Zone","Name"]}],
                "Origins":[{"Id":"app","DomainName":"app.example.com","OriginCustomHeaders":[{"HeaderName":"X","HeaderValue":"hunter2"}],
                  "CustomOriginConfig":{"HTTPSPort":"8443","OriginProtocolPolicy":"https-only","OriginSSLProtocols":["TLSv1.2"]}},
                  {"Id":"bucket","DomainName":{"Fn::GetAtt":["Bucket","RegionalDomainName"]},"S3OriginConfig":{}}],
                "OriginGroups":{"Quantity":1,"Items":[{"Id":"pair","FailoverCriteria":{"StatusCodes":{"Quantity":1,"Items":[502]}},
                  "Members":{"Quantity":2,"Items":[{"OriginId":"app"},{"OriginId":"bucket"}]}}]},
                "DefaultCacheBehavior":{"TargetOriginId":"pair","ViewerProtocolPolicy":"allow-all","OriginRequestPolicyId":{"Ref":"Policy"},"CachePolicyId":"658327ea-f89d-4fab-a63d-7e88639e58f6"},
                "CacheBehaviors":[{"PathPattern":"/a","TargetOriginId":"app","ViewerProtocolPolicy":"https-only","ForwardedValues":{"QueryString":true,"Headers":["Host"]},
                  "LambdaFunctionAssociations":[{"EventType":"origin-request","LambdaFunctionARN":{"Ref":"Edge"}}]}],
                "CustomErrorResponses":[{"ErrorCode":502,"ResponseCode":200,"ResponsePagePath":"/sorry"}]}}}}}
            """
        );
        var read = listing.Distributions.ShouldHaveSingleItem();
        read.Id.ShouldBe("Cdn");
        read.IsDeployed.ShouldBeFalse();
        read.Aliases.ShouldBe(["a.example.com"]);
        read.Origins[0]
            .CustomOriginConfig.ShouldNotBeNull()
            .ShouldSatisfyAllConditions(
                custom => custom.HttpsPort.ShouldBe(8443),
                custom => custom.HttpPort.ShouldBe(80),
                custom => custom.OriginSslProtocols.ShouldBe([TlsProtocol.Tls12])
            );
        read.ToString().ShouldNotContain("hunter2");
        read.OriginGroups.ShouldHaveSingleItem().MemberOriginIds.ShouldBe(["app", "bucket"]);
        read.CacheBehaviors.ShouldHaveSingleItem().RequestFunctionArns.ShouldBe(["${Edge}"]);
        read.CustomErrorResponses.ShouldBe([new(502, 200, "/sorry")]);
        listing.Policies["Policy"].HeaderBehavior.ShouldBe("allViewer");
        var uses = TargetPlanner.Plan(listing).Origins;
        uses[0].HostForwarding.ShouldBe(HostForwarding.Forwarded);
        uses[1].Kind.ShouldBe(OriginKind.S3);
        listing.Remarks.ShouldHaveSingleItem().ShouldContain("1 of 2 alternate domain names are not known yet");
    }

    [Fact]
    public void Reads_the_legacy_shape()
    {
        var listing = InventoryText.Read(
            """
            Resources:
              Old:
                Type: AWS::CloudFront::Distribution
                Properties:
                  DistributionConfig:
                    Enabled: true
                    CNAMEs: [old.example.com]
                    CustomOrigin: {DNSName: app.example.com, HTTPSPort: 8443, OriginProtocolPolicy: match-viewer, OriginSSLProtocols: [TLSv1, SSLv3]}
                    DefaultCacheBehavior: {TargetOriginId: origin, ViewerProtocolPolicy: allow-all, ForwardedValues: {QueryString: false}}
            """
        );
        var read = listing.Distributions.ShouldHaveSingleItem();
        read.Aliases.ShouldBe(["old.example.com"]);
        read.Origins.ShouldHaveSingleItem()
            .CustomOriginConfig.ShouldNotBeNull()
            .OriginSslProtocols.ShouldBe([TlsProtocol.Tls10, TlsProtocol.Ssl3]);
    }

    [Fact]
    public void Takes_the_versions_that_CloudFormation_sets_where_none_are_given()
    {
        var listing = InventoryText.Read(
            Template("app.example.com").Replace(", OriginSSLProtocols: [TLSv1.2]", "", StringComparison.Ordinal)
        );
        listing
            .Distributions[0]
            .Origins[0]
            .CustomOriginConfig.ShouldNotBeNull()
            .OriginSslProtocols.ShouldBe([TlsProtocol.Tls10, TlsProtocol.Ssl3]);
        listing.Remarks.ShouldHaveSingleItem().ShouldContain("CloudFormation sets TLSv1 and SSLv3");
    }

    [Theory]
    [InlineData("IsTest", 1, null)]
    [InlineData("IsProduction", 0, "Cdn is not created")]
    [InlineData("Maybe", 1, "Cdn is evaluated, although")]
    public void Heeds_the_condition_of_a_distribution(string condition, int count, string? remark)
    {
        var listing = InventoryText.Read(
            Template("app.example.com")
                .Replace(
                    "Type: AWS::CloudFront::Distribution",
                    $"Type: AWS::CloudFront::Distribution\n    Condition: {condition}",
                    StringComparison.Ordinal
                )
        );
        listing.Distributions.Count.ShouldBe(count);
        (remark is null ? listing.Remarks.Count == 0 : listing.Remarks[0].StartsWith(remark, StringComparison.Ordinal)).ShouldBeTrue();
    }

    [Theory]
    [InlineData("Transform: AWS::Serverless-2016-10-31", null)]
    [InlineData("Transform: [MyMacro]", "macro \"MyMacro\", which is not run")]
    [InlineData("Transform: {Name: AWS::Include}", "macro \"AWS::Include\"")]
    public void Says_which_macros_it_does_not_run(string line, string? remark) =>
        InventoryText
            .Read($"{line}\n{Template("app.example.com")}")
            .Remarks.Any(sentence => remark is not null && sentence.Contains(remark, StringComparison.Ordinal))
            .ShouldBe(remark is not null);

    [Fact]
    public void Reads_the_template_that_get_template_prints()
    {
        var printed = System.Text.Json.Nodes.JsonNode.Parse("""{"TemplateBody":"","StagesAvailable":["Original"]}""")!;
        printed["TemplateBody"] = Template("app.example.com");
        InventoryText.Read(printed.ToJsonString()).Distributions.ShouldHaveSingleItem().Id.ShouldBe("Cdn");
    }

    [Fact]
    public void Reads_tenants_and_their_parameters()
    {
        var listing = InventoryText.Read(
            """
            Resources:
              Shared:
                Type: AWS::CloudFront::Distribution
                Properties:
                  DistributionConfig:
                    Enabled: true
                    ConnectionMode: tenant-only
                    TenantConfig: {ParameterDefinitions: [{Name: region, Definition: {StringSchema: {Required: false, DefaultValue: eu}}}]}
                    Origins: [{Id: app, DomainName: 'app.{{region}}.{{shop}}.example.com', CustomOriginConfig: {OriginProtocolPolicy: https-only, OriginSSLProtocols: [TLSv1.2]}}]
                    DefaultCacheBehavior: {TargetOriginId: app, ViewerProtocolPolicy: https-only, CachePolicyId: 658327ea-f89d-4fab-a63d-7e88639e58f6}
              Shop:
                Type: AWS::CloudFront::DistributionTenant
                Properties: {DistributionId: !GetAtt Shared.Id, Name: shop, Domains: [shop.example.com], Parameters: [{Name: shop, Value: one}]}
            """
        );
        TargetPlanner.Plan(listing).Targets.ShouldHaveSingleItem().DomainName.ShouldBe("app.eu.one.example.com");
    }

    private static Listing Read(string domainName, params IEnumerable<(string Name, string Value)> parameters) =>
        InventoryText.Read(Template(domainName), parameters);

    private static string Template(string domainName) =>
        $$"""
            {{Parts}}
            Resources:
              Cdn:
                Type: AWS::CloudFront::Distribution
                Properties:
                  DistributionConfig:
                    Enabled: true
                    Origins:
                    - Id: app
                      DomainName: {{domainName}}
                      CustomOriginConfig: {OriginProtocolPolicy: https-only, OriginSSLProtocols: [TLSv1.2]}
                    DefaultCacheBehavior: {TargetOriginId: app, ViewerProtocolPolicy: https-only, CachePolicyId: 658327ea-f89d-4fab-a63d-7e88639e58f6}
            """;
}
