using OriginWatch.Edge;
using OriginWatch.Inventory;
using OriginWatch.Targets;
using OriginWatch.Tests.Targets;

namespace OriginWatch.Tests.Edge;

public class UncachedPathTests
{
    private const string Token = "0a1b2c3d4e";

    [Theory]
    [InlineData("*", "/originwatch-0a1b2c3d4e")]
    [InlineData("/api/*", "/api/originwatch-0a1b2c3d4e")]
    [InlineData("api/*", "/api/originwatch-0a1b2c3d4e")]
    [InlineData("*.jpg", "/originwatch-0a1b2c3d4e.jpg")]
    [InlineData("/*/images/*", "/x/images/originwatch-0a1b2c3d4e")]
    [InlineData("/v?/data", "/v0/data?originwatch=0a1b2c3d4e")]
    [InlineData("/v?/*", "/v0/originwatch-0a1b2c3d4e")]
    [InlineData("/health", "/health?originwatch=0a1b2c3d4e")]
    [InlineData("/a$b~'@:+&c/*", "/a$b~'@:+&c/originwatch-0a1b2c3d4e")]
    public void Puts_the_token_where_no_cache_can_hold_the_path(string pattern, string path) => For(pattern).ShouldBe(path);

    [Theory]
    [InlineData("/a/../*")]
    [InlineData("/./b")]
    [InlineData("/with space/*")]
    [InlineData("/quote\"/*")]
    [InlineData("/per%cent/*")]
    [InlineData("/ümlaut/*")]
    public void Asks_for_nothing_that_an_HTTP_client_would_change(string pattern) => For(pattern).ShouldBeNull();

    [Fact]
    public void Finds_a_path_that_no_earlier_behavior_takes()
    {
        var distribution = Sample.Distribution(Sample.Origin()) with
        {
            CacheBehaviors = [Sample.Behavior(pathPattern: "/originwatch-*"), Sample.Behavior(pathPattern: "/*/originwatch*")],
        };

        var path = UncachedPath.For(distribution, distribution.DefaultCacheBehavior, Token).ShouldNotBeNull();

        path.ShouldContain(Token);
        distribution.CacheBehaviors.ShouldAllBe(behavior => !new PathPattern(behavior.PathPattern).Matches(path));
    }

    [Fact]
    public void Finds_none_where_earlier_behaviors_take_them_all()
    {
        var distribution = Sample.Distribution(Sample.Origin()) with { CacheBehaviors = [Sample.Behavior(pathPattern: "*")] };

        UncachedPath.For(distribution, distribution.DefaultCacheBehavior, Token).ShouldBeNull();
    }

    [Fact]
    public void Asks_for_another_path_with_another_token() => For("/api/*", "another").ShouldNotBe(For("/api/*"));

    private static string? For(string pattern, string token = Token)
    {
        var behavior = Sample.Behavior(pathPattern: pattern);
        var distribution = Sample.Distribution(Sample.Origin());
        return pattern == CacheBehavior.DefaultPathPattern
            ? UncachedPath.For(distribution, distribution.DefaultCacheBehavior, token)
            : UncachedPath.For(distribution with { CacheBehaviors = [behavior] }, behavior, token);
    }
}
