using System.Text.Json.Nodes;

namespace OriginWatch.Tests.Inventory.Documents;

/// <summary>Listings as people have them: cut by --query, one after the other, printed by Python, in YAML.</summary>
public class ListingShapesTests
{
    private static string One => ListingJson.Distribution("E1EXAMPLE12345").ToJsonString();
    private static string Two => ListingJson.Distribution("E2EXAMPLE12345").ToJsonString();

    private static string Whole(string id) =>
        new JsonObject
        {
            ["ETag"] = "E2",
            ["Distribution"] = new JsonObject
            {
                ["Id"] = id,
                ["DomainName"] = "d2.cloudfront.net",
                ["DistributionConfig"] = ListingJson.Config(),
            },
        }.ToJsonString();

    public static TheoryData<string, string, string[]> Shapes() =>
        new()
        {
            { "--query DistributionList.Items", $"[{One},{Two}]", ["E1EXAMPLE12345", "E2EXAMPLE12345"] },
            { "--query DistributionList.Items[0]", One, ["E1EXAMPLE12345"] },
            { "--query DistributionList", $$"""{"Quantity":1,"IsTruncated":false,"Items":[{{One}}]}""", ["E1EXAMPLE12345"] },
            { "one per line", $"{One}\n{Two}\n", ["E1EXAMPLE12345", "E2EXAMPLE12345"] },
            {
                "a loop over get-distribution",
                $"{Whole("E1EXAMPLE12345")}\n{Whole("E2EXAMPLE12345")}",
                ["E1EXAMPLE12345", "E2EXAMPLE12345"]
            },
            { "side by side", $"{Whole("E1EXAMPLE12345")}{Whole("E2EXAMPLE12345")}", ["E1EXAMPLE12345", "E2EXAMPLE12345"] },
            { "a list of them", $"[{Whole("E1EXAMPLE12345")},{Whole("E2EXAMPLE12345")}]", ["E1EXAMPLE12345", "E2EXAMPLE12345"] },
            { "a list of lists", $"[[{One}],[{Two}]]", ["E1EXAMPLE12345", "E2EXAMPLE12345"] },
            { "--query Distribution", JsonNode.Parse(Whole("E1EXAMPLE12345"))!["Distribution"]!.ToJsonString(), ["E1EXAMPLE12345"] },
            {
                "listings of two profiles",
                ListingJson.Paginated(ListingJson.Distribution("E1EXAMPLE12345")).ToJsonString()
                    + ListingJson.Paginated(ListingJson.Distribution("E2EXAMPLE12345")).ToJsonString(),
                ["E1EXAMPLE12345", "E2EXAMPLE12345"]
            },
        };

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Reads(string shape, string text, string[] ids) =>
        InventoryText.Read(text).Distributions.Select(distribution => distribution.Id).ShouldBe(ids, shape);

    [Theory]
    [InlineData("{'DistributionList': {'Items': [ITEM]}}")]
    [InlineData(
        "{'ResponseMetadata': {'HTTPStatusCode': 200, 'RetryAttempts': 0}, 'DistributionList': {'Quantity': 1, 'IsTruncated': False, 'Items': [ITEM]}}"
    )]
    [InlineData("""{u'DistributionList': {'Items': [ITEM]}}""", false)]
    public void Reads_what_Python_prints(string text, bool isPrinted = true)
    {
        const string Item = """
            {'Id': 'E1EXAMPLE12345', 'DomainName': 'd1.cloudfront.net', 'LastModifiedTime': datetime.datetime(2026, 1, 21, 22, 0, tzinfo=tzutc()),
             'Comment': "it's a "
                        'shop \u00e9\n', 'Aliases': {'Quantity': 0}, 'Enabled': True, 'Staging': False, 'WebACLId': None,
             'Origins': {'Quantity': 1, 'Items': ({'Id': 'app', 'DomainName': 'app.example.com', 'CustomOriginConfig': {'HTTPPort': 80, 'HTTPSPort': 8443,
               'OriginProtocolPolicy': 'https-only', 'OriginSslProtocols': {'Quantity': 1, 'Items': ['TLSv1.2']}}},)},
             'DefaultCacheBehavior': {'TargetOriginId': 'app', 'ViewerProtocolPolicy': 'https-only'}}
            """;
        if (!isPrinted)
        {
            InventoryText.Fault(text.Replace("ITEM", Item, StringComparison.Ordinal)).ShouldContain("damaged");
            return;
        }

        var read = InventoryText.Read(text.Replace("ITEM", Item, StringComparison.Ordinal)).Distributions.ShouldHaveSingleItem();
        read.Comment.ShouldBe("it's a shop é\n");
        read.Origins[0].CustomOriginConfig.ShouldNotBeNull().HttpsPort.ShouldBe(8443);
    }

    [Fact]
    public void Reads_the_CLIs_YAML()
    {
        var listing = InventoryText.Read(
            """
            DistributionList:
              Items:
              - ARN: arn:aws:cloudfront::123456789012:distribution/E1EXAMPLE12345
                Aliases: {Quantity: 1, Items: [www.example.com]}
                DefaultCacheBehavior:
                  TargetOriginId: app
                  ViewerProtocolPolicy: https-only
                DomainName: d1.cloudfront.net
                Enabled: true
                Id: E1EXAMPLE12345
                LastModifiedTime: '2026-01-21T22:00:00+00:00'
                Origins:
                  Quantity: 1
                  Items:
                  - Id: app
                    DomainName: app.example.com
                    CustomOriginConfig: {HTTPPort: 80, HTTPSPort: 443, OriginProtocolPolicy: https-only, OriginSslProtocols: {Items: [TLSv1.2], Quantity: 1}}
            """
        );
        listing.AccountId.ShouldBe("123456789012");
        listing.Distributions.ShouldHaveSingleItem().Aliases.ShouldBe(["www.example.com"]);
    }

    [Fact]
    public void Reads_policies_that_stand_beside_the_distributions()
    {
        var listing = InventoryText.Read(
            One
                + """
                {"ETag":"E2","OriginRequestPolicy":{"Id":"orp-1","OriginRequestPolicyConfig":{"Name":"all","HeadersConfig":{"HeaderBehavior":"allViewer"}}}}
                {"CachePolicyList":{"Quantity":1,"Items":[{"Type":"custom","CachePolicy":{"Id":"cp-1","CachePolicyConfig":{"Name":"hosts",
                  "ParametersInCacheKeyAndForwardedToOrigin":{"HeadersConfig":{"HeaderBehavior":"whitelist","Headers":{"Quantity":1,"Items":["Host"]}}}}}}]}}
                """
        );
        listing.Policies["orp-1"].HeaderBehavior.ShouldBe("allViewer");
        listing.Policies["cp-1"].Headers.ShouldBe(["Host"]);
    }

    [Fact]
    public void Says_which_of_several_documents_is_wrong() =>
        InventoryText
            .Fault(One + """ {"DistributionList":{"Quantity":2,"Items":[]}}""")
            .ShouldContain("document[1].DistributionList.Quantity: says 2");

    [Theory]
    [InlineData(
        "\nError when retrieving token from sso: Token has expired and refresh failed\n",
        "\"Error when retrieving token from sso: Token has expired and refresh failed\""
    )]
    [InlineData(
        "Unable to locate credentials. You can configure credentials by running \"aws configure\".",
        "Unable to locate credentials"
    )]
    [InlineData(
        "\naws: [ERROR]: An error occurred (AccessDenied) when calling the ListDistributions operation: no",
        "An error occurred (AccessDenied)"
    )]
    [InlineData("The config profile (prod) could not be found", "The config profile (prod) could not be found")]
    [InlineData("The SSO session associated with this profile has expired or is otherwise invalid.", "The SSO session")]
    [InlineData(
        "\nCould not connect to the endpoint URL: \"https://cloudfront.amazonaws.com/2020-05-31/distribution\"",
        "Could not connect"
    )]
    [InlineData("bash: aws: command not found", "bash: aws: command not found")]
    [InlineData("'aws' is not recognized as an internal or external command,\noperable program or batch file.", "is not recognized")]
    [InlineData(
        "Traceback (most recent call last):\n  File \"x.py\", line 1, in <module>\nbotocore.exceptions.NoCredentialsError: Unable to locate credentials",
        "NoCredentialsError"
    )]
    [InlineData("Partial credentials found in env, missing: AWS_SECRET_ACCESS_KEY", "Partial credentials")]
    [InlineData("╷\n│ Error: No state file was found!\n╵", "Error: No state file was found!")]
    [InlineData("""{"Error":{"Code":"AccessDenied","Message":"not allowed"}}""", "\"not allowed\"")]
    [InlineData("""{"message":"The security token included in the request is expired"}""", "is expired")]
    public void Quotes_an_error_message_and_says_how_to_go_on(string text, string quoted) =>
        InventoryText
            .Fault(text)
            .ShouldSatisfyAllConditions(
                message => message.ShouldContain("This is an error message, not a listing"),
                message => message.ShouldContain(quoted.Replace("\"", "", StringComparison.Ordinal)),
                message => message.ShouldContain("aws cloudfront list-distributions --output json > distributions.json")
            );
}
