using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;

namespace OriginWatch.Tests;

/// <summary>Words that the product said before it used AWS's and the RFCs' terms, and that must not come back: in strings, comments,
/// templates and documents alike.</summary>
public sealed partial class WordsTests
{
    private static readonly string[] Extensions = [".cs", ".md", ".yaml", ".yml", ".json", ".js", ".css", ".txt", ".toml"];

    [Fact]
    public void None_of_the_old_words_comes_back() =>
        Files()
            .SelectMany(file =>
                File.ReadLines(file).Select((line, i) => (Place: $"{Path.GetRelativePath(Root, file)}:{i + 1}", Match: Old().Match(line)))
            )
            .Where(line => line.Match.Success)
            .Select(line => $"{line.Place}: {line.Match.Value}")
            .ShouldBeEmpty();

    [Theory]
    [InlineData("the certificate signed itself")]
    [InlineData("a Second look")]
    [InlineData("the default behaviour")]
    [InlineData("DNS look-ups")]
    [InlineData("not asked: disabled")]
    public void An_old_word_is_found_in_any_spelling(string text) => Old().IsMatch(text).ShouldBeTrue();

    [Theory]
    [InlineData("the certificate is self-signed")]
    [InlineData("the class LookUpTests")]
    [InlineData("cache behavior")]
    public void The_words_of_today_pass(string text) => Old().IsMatch(text).ShouldBeFalse();

    private static string Root => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(ThisFile())!, "../.."));

    private static IEnumerable<string> Files() =>
        new[] { "src", "tests", ".github" }
            .SelectMany(folder => Directory.EnumerateFiles(Path.Combine(Root, folder), "*", SearchOption.AllDirectories))
            .Concat(["README.md", "template.yaml", "samconfig.toml"])
            .Select(file => Path.Combine(Root, file))
            .Where(file =>
                Extensions.Contains(Path.GetExtension(file), StringComparer.Ordinal)
                && !Generated().IsMatch(file)
                && !file.EndsWith("WordsTests.cs", StringComparison.Ordinal)
            );

    private static string ThisFile([CallerFilePath] string path = "") => path;

    [GeneratedRegex(@"[/\\](obj|bin|node_modules)[/\\]|mozilla-|TestResults", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Generated();

    [GeneratedRegex(
        @"\bsign(ed|s) itself|\bsecond looks?\b|\bclear text\b|takes no private CA|\blook-ups?\b|made out to|served badly|served well|\bwell or ill\b|behaviour|\bspeaks of\b|\bnot asked: |did not come that far",
        RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture,
        1000
    )]
    private static partial Regex Old();
}
