using OriginWatch.Aws;
using OriginWatch.Aws.CloudFront;
using OriginWatch.Inventory;
using static OriginWatch.Tests.Aws.CloudFrontXml;

namespace OriginWatch.Tests.Aws.CloudFront;

/// <summary>A list that is denied, throttled, cut short or not CloudFront's is an exception with a way out, never a short list.</summary>
public class InventoryFaultTests
{
    private const string ListPath = "/2020-05-31/distribution";

    [Fact]
    public async Task A_denied_list_names_the_missing_action() =>
        (
            await MessageAsync(fake =>
                fake.Fail(
                    ListPath,
                    FakeCloudFront.Error(403, "AccessDenied", "User is not authorized to perform: cloudfront:ListDistributions")
                )
            )
        ).ShouldBe(
            "AWS denied cloudfront:ListDistributions (AccessDenied: User is not authorized to perform: cloudfront:ListDistributions). Allow the action cloudfront:ListDistributions to this identity."
        );

    [Fact]
    public async Task Throttling_is_waited_out()
    {
        await using var fake = ThreePages()
            .Fail(ListPath, FakeCloudFront.Error(400, "Throttling", "Rate exceeded"))
            .Fail("Marker=E2", FakeCloudFront.Error(503, "ServiceUnavailable", "Try later"));
        (await CloudFrontInventoryTests.ReadAsync(fake)).Distributions.Count.ShouldBe(5);
        fake.CallsOf(ListPath).ShouldBe(5);
    }

    [Fact]
    public async Task Throttling_without_end_says_so() =>
        (await MessageAsync(fake => fake.Fail(ListPath, FakeCloudFront.Error(400, "Throttling", "Rate exceeded"), times: 3))).ShouldBe(
            "AWS still throttled cloudfront:ListDistributions after every retry (Throttling: Rate exceeded). Run again later, or at another hour."
        );

    [Fact]
    public async Task A_page_that_fails_after_two_good_ones_stops_everything() =>
        (await MessageAsync(fake => fake.Fail("Marker=E4", FakeCloudFront.Error(403, "AccessDenied", "no more")))).ShouldBe(
            "The list of distributions broke off at page 3, after 4 distributions. AWS denied cloudfront:ListDistributions (AccessDenied: no more). Allow the action cloudfront:ListDistributions to this identity."
        );

    [Theory]
    [InlineData("<html><body>Sign in</body></html>", "is not a list of distributions")]
    [InlineData("<!DOCTYPE html><html><body><br>Sign in</body></html>", "is not what AWS sends")]
    [InlineData("<DistributionList><Quantity>1</Quantity><IsTruncated>false</IsTr", "is not what AWS sends")]
    [InlineData("<DistributionList><Marker/></DistributionList>", "is not a list of distributions")]
    [InlineData(
        "<DistributionList><IsTruncated>false</IsTruncated><Quantity>2</Quantity></DistributionList>",
        "announced 2 distributions on page 1 and sent 0"
    )]
    [InlineData("<DistributionList><IsTruncated>true</IsTruncated><Quantity>0</Quantity></DistributionList>", "does not say where")]
    [InlineData(
        "<DistributionList><IsTruncated>false</IsTruncated><Quantity>1</Quantity><Items><DistributionSummary><Id>E1</Id></DistributionSummary></Items></DistributionList>",
        "has no Origins for distribution E1"
    )]
    [InlineData("<DistributionList><IsTruncated>maybe</IsTruncated><Quantity>0</Quantity></DistributionList>", "is not what AWS sends")]
    public async Task An_answer_that_is_no_list_is_not_an_empty_account(string body, string expected) =>
        (await MessageAsync(fake => fake.Fail(ListPath, new HttpAnswer(200, body)))).ShouldContain(expected);

    [Fact]
    public async Task An_answer_that_nests_without_end_is_refused_before_it_is_read() =>
        (
            await MessageAsync(fake =>
                fake.Fail(
                    ListPath,
                    new HttpAnswer(200, $"<DistributionList>{string.Concat(Enumerable.Repeat("<Items>", 50_000))}"),
                    times: 3
                )
            )
        ).ShouldContain("nests elements over 128 deep");

    [Theory]
    [InlineData(10_000, true)]
    [InlineData(10_001, false)]
    public void An_answer_is_read_up_to_the_bound(int length, bool expected)
    {
        var left = 10_000;
        using var answer = new BoundedXml(new MemoryStream(new byte[length]), count => (left -= count) >= 0);
        var read = () => answer.CopyTo(Stream.Null);
        if (expected)
        {
            read.ShouldNotThrow();
        }
        else
        {
            read.ShouldThrow<InventoryException>().Message.ShouldStartWith("CloudFront's answers are longer than 128 MiB");
        }
    }

    [Fact]
    public void Only_elements_that_are_open_count_as_depth()
    {
        var wide =
            $"<?xml version=\"1.0\"?><!-- a --><List xmlns=\"http://example.com/doc/\">{string.Concat(Enumerable.Repeat("<Item><Id>1</Id><Empty/></Item>", 1_000))}</List>";
        using var answer = new BoundedXml(new MemoryStream(System.Text.Encoding.UTF8.GetBytes(wide)), _ => true);
        Should.NotThrow(() => answer.CopyTo(Stream.Null));
    }

    /// <summary>AWS's client makes a response without a list of it, the stand-ins' one an error; each is told.</summary>
    [Fact]
    public async Task An_empty_answer_is_no_list() =>
        (await MessageAsync(fake => fake.Fail(ListPath, new HttpAnswer(200, "")))).ShouldMatch(
            "is not a list of distributions|is not what AWS sends"
        );

    [Fact]
    public async Task An_origin_list_that_is_shorter_than_announced_stops_everything()
    {
        var cut = List("Origins", "Origin", Origin("a", "a.example"));
        cut.Element("Quantity")!.Value = "2";
        await using var fake = new FakeCloudFront { Distributions = [Distribution("E1", cut)] };
        (await Should.ThrowAsync<InventoryException>(CloudFrontInventoryTests.ReadAsync(fake))).Message.ShouldContain(
            "announced 2 origins of distribution E1 and sent 1"
        );
    }

    [Fact]
    public async Task A_body_that_breaks_off_is_not_a_short_list()
    {
        await using var fake = ThreePages()
            .Fail(
                "Marker=E4",
                new HttpAnswer(
                    200,
                    "<DistributionList><Quantity>0</Quantity><IsTruncated>false</IsTruncated></DistributionList>",
                    CutAfter: 40
                ),
                times: 1000
            );
        (await Should.ThrowAsync<InventoryException>(CloudFrontInventoryTests.ReadAsync(fake))).Message.ShouldStartWith(
            "The list of distributions broke off at page 3, after 4 distributions."
        );
    }

    [Fact]
    public async Task A_list_that_goes_round_in_a_circle_is_left() =>
        (
            await MessageAsync(fake =>
                fake.Fail(
                    "Marker=E2",
                    new HttpAnswer(
                        200,
                        "<DistributionList><IsTruncated>true</IsTruncated><NextMarker>E2</NextMarker><Quantity>0</Quantity></DistributionList>"
                    )
                )
            )
        ).ShouldContain("does not say where");

    [Theory]
    [InlineData("ExpiredToken", "The AWS credentials have expired")]
    [InlineData("InvalidClientTokenId", "AWS does not accept the credentials")]
    [InlineData("SignatureDoesNotMatch", "AWS does not accept the credentials")]
    public async Task Credentials_that_AWS_refuses_are_named_as_the_cause(string code, string expected) =>
        (await MessageAsync(fake => fake.Fail("/", FakeCloudFront.Error(403, code, "refused")))).ShouldStartWith(expected);

    [Fact]
    public async Task An_endpoint_that_nobody_serves_is_named_as_the_cause()
    {
        var fake = new FakeCloudFront();
        var url = fake.Http.Url;
        await fake.DisposeAsync();
        using var inventory = new AwsInventory(LoopbackClients.On(url));
        (await Should.ThrowAsync<InventoryException>(inventory.ReadAsync(TestContext.Current.CancellationToken))).Message.ShouldStartWith(
            "The endpoint for sts:GetCallerIdentity could not be reached"
        );
    }

    [Fact]
    public async Task A_cancelled_reading_is_a_cancellation_and_no_fault()
    {
        await using var fake = ThreePages();
        using var inventory = new AwsInventory(LoopbackClients.On(fake.Http.Url));
        await Should.ThrowAsync<OperationCanceledException>(inventory.ReadAsync(new CancellationToken(canceled: true)));
    }

    private static async Task<string> MessageAsync(Func<FakeCloudFront, FakeCloudFront> arrange)
    {
        await using var fake = arrange(ThreePages());
        return (await Should.ThrowAsync<InventoryException>(CloudFrontInventoryTests.ReadAsync(fake))).Message;
    }

    private static FakeCloudFront ThreePages() =>
        new() { PageSize = 2, Distributions = [.. Enumerable.Range(1, 5).Select(number => Distribution($"E{number}"))] };
}
