using OriginWatch.Aws;
using OriginWatch.Inventory;
using static OriginWatch.Tests.Aws.CloudFrontXml;

namespace OriginWatch.Tests.Aws.CloudFront;

/// <summary><c>scan --tag</c> against an account: the tags of each distribution are a call of their own.</summary>
public class TagReaderTests
{
    private const string Path = "/2020-05-31/tagging";

    [Fact]
    public async Task Distributions_are_chosen_by_the_tags_that_the_account_holds()
    {
        await using var fake = Account()
            .Fail("tagging?Resource=", Tags(("Stage", "prod"), ("Team", "web")))
            .Fail("tagging?Resource=", Tags(("Stage", "test")));
        var listing = await ReadAsync(fake);
        listing.Distributions.ShouldHaveSingleItem().Id.ShouldBe("E1");
        listing.Remarks.ShouldContain("Left out by --tag: 1 of 2 distributions.");
        var asked = fake.Http.Calls.Where(call => call.Path == Path).Select(call => Uri.UnescapeDataString(call.Target)).ToList();
        asked.Select(target => target[^2..]).ShouldBe(["E1", "E2"]);
        asked.ShouldAllBe(target => target.Contains(":distribution/"));
    }

    [Fact]
    public async Task Tags_that_may_not_be_read_stop_the_scan_and_name_the_action()
    {
        await using var fake = Account().Fail("tagging?Resource=", FakeCloudFront.Error(403, "AccessDenied", "no"));
        (await Should.ThrowAsync<InventoryException>(ReadAsync(fake))).Message.ShouldBe(
            "AWS denied cloudfront:ListTagsForResource (AccessDenied: no). Allow the action cloudfront:ListTagsForResource to this identity."
        );
    }

    private static FakeCloudFront Account() =>
        new()
        {
            Distributions =
            [
                .. new[] { "E1", "E2" }.Select(id =>
                    Distribution(id, List("Origins", "Origin", Origin("origin", "origin.example", Custom())))
                ),
            ],
        };

    private static async Task<Listing> ReadAsync(FakeCloudFront fake)
    {
        using var account = new AwsInventory(LoopbackClients.On(fake.Http.Url));
        return await new FilteredInventory(account, new() { Tags = ["Stage=prod*"] }, account.ReadTagsAsync).ReadAsync(
            TestContext.Current.CancellationToken
        );
    }
}
