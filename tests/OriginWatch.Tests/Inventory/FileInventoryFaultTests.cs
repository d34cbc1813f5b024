using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using OriginWatch.Inventory;

namespace OriginWatch.Tests.Inventory;

/// <summary>A partial or damaged listing stops the run with a message that says where and what to do.</summary>
public class FileInventoryFaultTests
{
    private static CancellationToken None => TestContext.Current.CancellationToken;

    public static TheoryData<string, string, string> Damages() =>
        new()
        {
            { "DistributionList.IsTruncated", "true", "cut short" },
            { "DistributionList.NextMarker", "\"E2\"", "cut short" },
            { "NextToken", "\"abc\"", "cut short" },
            { "DistributionList.Quantity", "2", "DistributionList.Quantity: says 2, but 1 are listed" },
            { "DistributionList.Items", "null", "neither Items nor a Quantity" },
            { "DistributionList.Items", "{}", "DistributionList.Items: expected a list, found an object" },
            { "DistributionList", "[]", "DistributionList: expected an object, found a list" },
            { "DistributionList.Items.0", "7", "DistributionList.Items[0]: expected an object" },
            { "DistributionList.Items.0.Id", "null", "DistributionList.Items[0].Id: is missing or empty" },
            { "DistributionList.Items.0.Id", "5", "Id: expected a string, found a number" },
            { "DistributionList.Items.0.Enabled", "\"yes\"", "Enabled: expected true or false, found a string" },
            { "DistributionList.Items.0.Origins", "null", "DistributionList.Items[0].Origins: lists no origin" },
            { "DistributionList.Items.0.Origins.Quantity", "3", "Origins.Quantity: says 3, but 1 are listed" },
            {
                "DistributionList.Items.0.Origins.Items.0.DomainName",
                "null",
                "DistributionList.Items[0].Origins.Items[0].DomainName: is missing or empty"
            },
            {
                "DistributionList.Items.0.Origins.Items.0.DomainName",
                "\"\"",
                "DistributionList.Items[0].Origins.Items[0].DomainName: is missing or empty"
            },
            {
                "DistributionList.Items.0.Origins.Items.0.CustomOriginConfig.HTTPSPort",
                "\"443\"",
                "HTTPSPort: expected a whole number, found a string"
            },
            {
                "DistributionList.Items.0.Origins.Items.0.CustomOriginConfig.HTTPSPort",
                "99999999999",
                "HTTPSPort: expected a whole number"
            },
            {
                "DistributionList.Items.0.Origins.Items.0.CustomOriginConfig.OriginProtocolPolicy",
                "null",
                "OriginProtocolPolicy: is missing"
            },
            {
                "DistributionList.Items.0.Origins.Items.0.CustomOriginConfig.OriginSslProtocols",
                "{\"Quantity\":1,\"Items\":[12]}",
                "OriginSslProtocols.Items[0]: expected a string"
            },
            {
                "DistributionList.Items.0.Origins.Items.0.CustomOriginConfig.OriginSslProtocols",
                "\"TLSv1.2\"",
                "OriginSslProtocols: expected an object, found a string"
            },
            { "DistributionList.Items.0.Origins.Items.0.ConnectionAttempts", "0", "ConnectionAttempts: 0 is not a number of attempts" },
            {
                "DistributionList.Items.0.Origins.Items.0.ConnectionTimeout",
                "86400",
                "ConnectionTimeout: 86400 is not a number of seconds"
            },
            { "DistributionList.Items.0.DefaultCacheBehavior", "null", "DistributionList.Items[0].DefaultCacheBehavior: is missing" },
            {
                "DistributionList.Items.0.DefaultCacheBehavior.TargetOriginId",
                "\"gone\"",
                "DefaultCacheBehavior: path pattern \"*\" targets \"gone\""
            },
            {
                "DistributionList.Items.0.CacheBehaviors",
                """{"Quantity":1,"Items":[{"PathPattern":"/a","TargetOriginId":"gone","ViewerProtocolPolicy":"allow-all"}]}""",
                "CacheBehaviors: path pattern \"/a\" targets \"gone\""
            },
            {
                "DistributionList.Items.0.CacheBehaviors",
                """{"Quantity":1,"Items":[{"TargetOriginId":"app","ViewerProtocolPolicy":"allow-all"}]}""",
                "CacheBehaviors.Items[0].PathPattern: is missing"
            },
            {
                "DistributionList.Items.0.OriginGroups",
                """{"Quantity":1,"Items":[{"Id":"g","Members":{"Quantity":1,"Items":[{"OriginId":"gone"}]}}]}""",
                "group \"g\" has the member \"gone\""
            },
            {
                "DistributionList.Items.0.OriginGroups",
                """{"Quantity":1,"Items":[{"Id":"g","Members":{"Quantity":0}}]}""",
                "group \"g\" has no members"
            },
            {
                "DistributionList.Items.0.OriginGroups",
                """{"Quantity":1,"Items":[{"Id":"app","Members":{"Quantity":1,"Items":[{"OriginId":"app"}]}}]}""",
                "the id \"app\" appears twice"
            },
            {
                "DistributionList.Items.0.CustomErrorResponses",
                """{"Quantity":1,"Items":[{"ErrorCode":502,"ResponseCode":"fine"}]}""",
                "ResponseCode: \"fine\" is not a status code"
            },
        };

    [Theory]
    [MemberData(nameof(Damages))]
    public async Task Refuses_a_damaged_listing(string place, string value, string message) =>
        (await FaultAsync(Set(ListingJson.Paginated(ListingJson.Distribution()), place, value).ToJsonString())).ShouldContain(message);

    [Theory]
    [InlineData("", "The file is empty")]
    [InlineData(" \n", "The file is empty")]
    [InlineData("{}", "it is not a listing of distributions")]
    [InlineData("[]", "saved with --query")]
    [InlineData("42", "This is a single value, not a listing")]
    [InlineData("null", "The document is null")]
    [InlineData("""{"Buckets":[]}""", "it is not a listing of distributions")]
    [InlineData("""{"DistributionList":{}}""", "neither Items nor a Quantity")]
    [InlineData("""{"DistributionList":{"Quantity":2}}""", "DistributionList.Quantity: says 2, but 0 are listed")]
    [InlineData("""{"DistributionList":{"Items":[]""", "damaged or was cut short (line 1")]
    [InlineData("""{"DistributionList":{"Items":[]},"DistributionList":{"Items":[]}}""", "damaged")]
    [InlineData("DISTRIBUTIONLIST\tfalse", "It is not JSON: the AWS CLI wrote a table or plain text.")]
    [InlineData(
        "\nAn error occurred (AccessDenied) when calling the ListDistributions operation: no\nmore",
        "\"An error occurred (AccessDenied) when calling the ListDistributions operation: no\""
    )]
    public async Task Refuses_what_is_no_listing(string content, string message) => (await FaultAsync(content)).ShouldContain(message);

    [Fact]
    public async Task Refuses_a_distribution_that_stands_there_twice() =>
        (await FaultAsync(ListingJson.Paginated(ListingJson.Distribution(), ListingJson.Distribution()).ToJsonString())).ShouldContain(
            "\"E1EXAMPLE12345\" appears twice"
        );

    [Fact]
    public async Task Refuses_two_origins_with_one_id() =>
        (
            await FaultAsync(
                ListingJson
                    .Paginated(ListingJson.Distribution("E1EXAMPLE12345", ListingJson.CustomOrigin(), ListingJson.CustomOrigin()))
                    .ToJsonString()
            )
        ).ShouldContain("DistributionList.Items[0].Origins: the id \"app\" appears twice");

    [Theory]
    [InlineData(new byte[] { 0x7B, 0xFF, 0x7D })]
    [InlineData(new byte[] { 0x7B, 0x00, 0x7D, 0x00 })]
    [InlineData(new byte[] { 0xFF, 0xFE, 0x7B, 0x00, 0x00 })]
    public async Task Refuses_text_in_another_encoding(byte[] content)
    {
        using var file = new TemporaryFile(content);
        (await FaultOfAsync(file.Path)).ShouldContain("as UTF-8");
    }

    [Fact]
    public async Task Never_quotes_a_damaged_listing()
    {
        var text = ListingJson.Paginated(ListingJson.Distribution()).ToJsonString();
        var cut = text[..(text.IndexOf("the-secret-value", StringComparison.Ordinal) + 10)];
        (await FaultAsync(cut)).ShouldNotContain("the-secre");
    }

    [Fact]
    public async Task Quotes_an_id_without_control_characters() =>
        (
            await FaultAsync(
                Set(
                        ListingJson.Paginated(ListingJson.Distribution()),
                        "DistributionList.Items.0.DefaultCacheBehavior.TargetOriginId",
                        "\"\\u001b[31mred\\u202e\""
                    )
                    .ToJsonString()
            )
        ).ShouldContain("\"\\u001b[31mred\\u202e\"");

    [Fact]
    public async Task Refuses_a_file_that_is_not_there() =>
        (await FaultOfAsync("/nowhere/distributions.json")).ShouldBe("/nowhere/distributions.json: There is no such file.");

    [Fact]
    public async Task Refuses_a_directory()
    {
        using var file = new TemporaryFile("{}");
        (await FaultOfAsync(file.Folder)).ShouldContain("This is a directory");
    }

    [Fact]
    public async Task Refuses_a_file_without_permission()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows() || Environment.IsPrivilegedProcess, "whoever may do everything may read everything");
        using var file = new TemporaryFile("{}");
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(file.Path, UnixFileMode.None);
        }

        (await FaultOfAsync(file.Path)).ShouldContain("may not be read by this user");
    }

    [Fact]
    public async Task Reads_no_more_of_a_file_than_the_bound()
    {
        using var file = new TemporaryFile(new byte[300_000]);
        var fault = await Should.ThrowAsync<InventoryException>(() => BoundedFile.ReadAsync(file.Path, 200_000, None));
        fault.Message.ShouldContain("larger than");
    }

    [Fact]
    public async Task Does_not_read_a_device_without_end()
    {
        Assert.SkipUnless(File.Exists("/dev/zero"), "there is no /dev/zero here");
        var fault = await Should.ThrowAsync<InventoryException>(() => BoundedFile.ReadAsync("/dev/zero", 1_000_000, None));
        fault.Message.ShouldContain("larger than");
    }

    private static JsonObject Set(JsonObject document, string place, string value)
    {
        var steps = place.Split('.');
        var parent = steps[..^1].Aggregate((JsonNode)document, (node, step) => node is JsonArray ? node[IndexOf(step)]! : node[step]!);
        if (parent is JsonArray array)
        {
            array[IndexOf(steps[^1])] = JsonNode.Parse(value);
        }
        else
        {
            parent[steps[^1]] = JsonNode.Parse(value);
        }

        return document;
    }

    private static int IndexOf(string step) => int.Parse(step, CultureInfo.InvariantCulture);

    private static async Task<string> FaultAsync(string content)
    {
        using var file = new TemporaryFile(Encoding.UTF8.GetBytes(content));
        return await FaultOfAsync(file.Path);
    }

    private static async Task<string> FaultOfAsync(string path) =>
        (await Should.ThrowAsync<InventoryException>(() => new FileInventory(path).ReadAsync(None))).Message;
}
