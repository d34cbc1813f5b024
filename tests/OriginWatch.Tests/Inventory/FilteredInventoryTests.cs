using OriginWatch.Inventory;

namespace OriginWatch.Tests.Inventory;

public class FilteredInventoryTests
{
    private readonly List<string> _asked = [];

    [Theory]
    [InlineData("E1*", "", "", "E1SHOP")]
    [InlineData("e?shop", "", "", "E1SHOP")]
    [InlineData("", "*.blog.example", "", "E2BLOG")]
    [InlineData("", "", "Stage=prod*", "E1SHOP E2BLOG")]
    [InlineData("", "", "Stage=*|Team=web", "E1SHOP")]
    [InlineData("nothing", "", "", "")]
    public async Task Takes_what_matches_and_counts_the_rest(string ids, string aliases, string tags, string expected)
    {
        var filter = new DistributionFilter
        {
            Ids = Split(ids),
            Aliases = Split(aliases),
            Tags = Split(tags),
        };
        var listing = await new FilteredInventory(new Saved(), filter, TagsAsync).ReadAsync(TestContext.Current.CancellationToken);
        listing.Distributions.Select(distribution => distribution.Id).ShouldBe(expected.Split(' ', StringSplitOptions.RemoveEmptyEntries));
        listing.Remarks.ShouldBe([$"Left out by {filter}: {2 - listing.Distributions.Count} of 2 distributions."]);
    }

    [Fact]
    public async Task Asks_for_tags_only_where_the_rest_matches()
    {
        await new FilteredInventory(new Saved(), new() { Ids = ["E2*"], Tags = ["Stage=*"] }, TagsAsync).ReadAsync(
            TestContext.Current.CancellationToken
        );
        _asked.ShouldBe(["E2BLOG"]);
    }

    private static string[] Split(string text) => text.Split('|', StringSplitOptions.RemoveEmptyEntries);

    private Task<IReadOnlyList<string>> TagsAsync(Distribution distribution, CancellationToken cancellationToken)
    {
        _asked.Add(distribution.Id);
        return Task.FromResult<IReadOnlyList<string>>(distribution.Id == "E1SHOP" ? ["Stage=production", "Team=web"] : ["Stage=prod"]);
    }

    private sealed class Saved : IInventorySource
    {
        public Task<Listing> ReadAsync(CancellationToken cancellationToken) =>
            Task.FromResult(
                new Listing
                {
                    Distributions =
                    [
                        Given.Distribution() with
                        {
                            Id = "E1SHOP",
                            Aliases = ["www.shop.example"],
                        },
                        Given.Distribution() with
                        {
                            Id = "E2BLOG",
                            Aliases = ["a.blog.example", "b.blog.example"],
                        },
                    ],
                }
            );
    }
}
