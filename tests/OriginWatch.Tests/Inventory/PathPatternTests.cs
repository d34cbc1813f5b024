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
    [InlineData("/a*b*c", "/a*b*b*c")]
    [InlineData("/a?*", "/a*?")]
    [InlineData("/a*?", "/a*?b")]
    [InlineData("/?*", "/*a")]
    [InlineData("?x", "?x")]
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
    public void Does_not_contain(string outer, string inner) => new PathPattern(outer).Contains(new PathPattern(inner)).ShouldBeFalse();

    [Fact]
    public void A_claimed_shadow_is_never_contradicted_by_a_path()
        => Gen.Select(Patterns, Patterns, Paths.Array[20]).Sample((outer, inner, paths) =>
        {
            if (new PathPattern(outer).Contains(new PathPattern(inner)))
            {
                paths.Where(new PathPattern(inner).Matches).ShouldAllBe(path => new PathPattern(outer).Matches(path));
            }
        }, iter: 5_000);

    [Fact]
    public void No_shadow_is_missed_that_every_short_path_confirms()
    {
        var paths = AllPaths(6).ToList();
        var plain = Letters("ab*?").Array[0, 3].Select(letters => $"/{new string(letters)}");
        Gen.Select(plain, plain).Sample((outer, inner) =>
        {
            var isContained = paths.Where(new PathPattern(inner).Matches).All(new PathPattern(outer).Matches);
            new PathPattern(outer).Contains(new PathPattern(inner)).ShouldBe(isContained);
        }, iter: 200);
    }

    [Fact]
    public void What_stands_far_back_in_a_pattern_is_judged_as_what_stands_in_front()
        => Gen.Select(Patterns, Patterns, Gen.Int[58, 200]).Sample((outer, inner, length) =>
        {
            var before = $"/{new string('c', length)}";
            var (front, back) = ((Outer: $"/c{outer}", Inner: $"/c{inner}"), (Outer: before + outer, Inner: before + inner));
            new PathPattern(back.Outer).Contains(new PathPattern(back.Inner)).ShouldBe(new PathPattern(front.Outer).Contains(new PathPattern(front.Inner)));
        }, iter: 2_000);

    [Fact]
    public void Matches_as_the_equal_regular_expression_does()
        => Gen.Select(Patterns, Paths).Sample((pattern, path) =>
        {
            var own = pattern.StartsWith('/') ? pattern[1..] : pattern;
            var expression = Regex.Escape(own).Replace(@"\*", ".*").Replace(@"\?", ".");
            new PathPattern(pattern).Matches(path).ShouldBe(Regex.IsMatch(path[1..], $"^(?:{expression})\\z", RegexOptions.Singleline | RegexOptions.NonBacktracking));
        }, iter: 5_000);

    [Fact]
    public void The_longest_patterns_do_not_take_long()
    {
        var many = new PathPattern(string.Concat(Enumerable.Repeat("*a?b", 63)));
        var clock = System.Diagnostics.Stopwatch.StartNew();
        many.Contains(new PathPattern(string.Concat(Enumerable.Repeat("*b?a", 63)))).ShouldBeFalse();
        many.Contains(new PathPattern(string.Concat(Enumerable.Repeat("?*a", 85)))).ShouldBeFalse();
        clock.Elapsed.ShouldBeLessThan(TimeSpan.FromSeconds(5));
    }

    private static Gen<char> Letters(string letters) => Gen.Int[0, letters.Length - 1].Select(index => letters[index]);

    private static IEnumerable<string> AllPaths(int length)
        => Enumerable.Range(0, length + 1).SelectMany(count => Enumerable.Range(0, (int)Math.Pow(3, count)).Select(number =>
        {
            var letters = new char[count];
            for (var index = 0; index < count; index++, number /= 3)
            {
                letters[index] = "abc"[number % 3];
            }

            return $"/{new string(letters)}";
        }));
}
