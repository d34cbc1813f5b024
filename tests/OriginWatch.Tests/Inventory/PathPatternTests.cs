using System.Text.RegularExpressions;
using CsCheck;
using OriginWatch.Inventory;
using OriginWatch.Targets;
using OriginWatch.Text;

namespace OriginWatch.Tests.Inventory;

public class PathPatternTests
{
    /// <summary>Few letters, so that random patterns and paths meet.</summary>
    private static readonly Gen<string> Patterns = Letters("ab/**?").Array[0, 7].Select(letters => new string(letters));
    private static readonly Gen<string> Paths = Letters("abc/").Array[0, 8].Select(letters => $"/{new string(letters)}");

    [Theory]
    [InlineData("*", "/anything")]
    [InlineData("*", "/")]
    [InlineData("images/*.jpg", "/images/a.jpg")]
    [InlineData("/images/*.jpg", "/images/a/b.jpg")]
    [InlineData("/a??.jpg", "/ant.jpg")]
    [InlineData("*.gif", "/images/a.gif")]
    [InlineData("/?*", "/index.html")]
    public void Matches(string pattern, string path) => new PathPattern(pattern).Matches(path).ShouldBeTrue();

    [Theory]
    [InlineData("*.jpg", "/LOGO.JPG")]
    [InlineData("/a?.jpg", "/ant.jpg")]
    [InlineData("/api", "/api/")]
    [InlineData("/?*", "/")]
    public void Does_not_match(string pattern, string path) => new PathPattern(pattern).Matches(path).ShouldBeFalse();

    [Theory]
    [InlineData("*", "/api/*")]
    [InlineData("*", "?x")]
    [InlineData("/*", "*")]
    [InlineData("**", "*")]
    [InlineData("/api/*", "api/v1/*")]
    [InlineData("/api/*", "/api/v?/x")]
    [InlineData("/api*", "/api/*")]
    [InlineData("*.jpg", "/images/*.jpg")]
    [InlineData("/a*c", "/abc")]
    [InlineData("?x", "?x")]
    [InlineData("/a*c", "/a?b*c")]
    [InlineData("/a?*", "/ab")]
    public void Contains(string outer, string inner) => new PathPattern(outer).Contains(new PathPattern(inner)).ShouldBeTrue();

    [Theory]
    [InlineData("/api/*", "/API/*")]
    [InlineData("/api/*", "/api")]
    [InlineData("/api/*", "*")]
    [InlineData("/api/?", "/api/*")]
    [InlineData("*.jpg", "*.jp?")]
    [InlineData("/a*b", "/a*")]
    [InlineData("/?*", "/*")]
    [InlineData("?x", "/x")]
    [InlineData("?*", "/a*")]
    [InlineData("", "*")]
    [InlineData("/ab*ba", "/aba")]
    [InlineData("/a*b*c", "/a*b*b*c")]
    public void Does_not_contain(string outer, string inner) => new PathPattern(outer).Contains(new PathPattern(inner)).ShouldBeFalse();

    [Fact]
    public void A_claimed_shadow_is_never_contradicted_by_a_path() =>
        Gen.Select(Patterns, Patterns, Paths.Array[20])
            .Sample(
                (outer, inner, paths) =>
                {
                    if (new PathPattern(outer).Contains(new PathPattern(inner)))
                    {
                        paths.Where(new PathPattern(inner).Matches).ShouldAllBe(path => new PathPattern(outer).Matches(path));
                    }
                },
                iter: 5_000
            );

    [Fact]
    public void Matches_as_the_equal_regular_expression_does() =>
        Gen.Select(Patterns, Paths)
            .Sample(
                (pattern, path) =>
                {
                    var own = pattern.StartsWith('/') ? pattern[1..] : pattern;
                    var expression = Regex.Escape(own).Replace(@"\*", ".*").Replace(@"\?", ".");
                    new PathPattern(pattern)
                        .Matches(path)
                        .ShouldBe(
                            Regex.IsMatch(path[1..], $"^(?:{expression})\\z", RegexOptions.Singleline | RegexOptions.NonBacktracking)
                        );
                },
                iter: 5_000
            );

    private static Gen<char> Letters(string letters) => Gen.Int[0, letters.Length - 1].Select(index => letters[index]);
}
