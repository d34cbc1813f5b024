using System.Globalization;

namespace OriginWatch.Matrix;

/// <summary>What s2n-tls said of each port, as <c>tests/matrix/amazon.cjs</c> wrote it.</summary>
internal sealed class AmazonsAnswers(IReadOnlyDictionary<int, string> answers)
{
    private const string Accepted = "accept";

    public static AmazonsAnswers Read(string folder)
    {
        var file = Path.Combine(folder, "amazon.tsv");
        return new(
            !File.Exists(file)
                ? new Dictionary<int, string>()
                : File.ReadLines(file)
                    .Select(line => line.Split('\t', 2))
                    .ToDictionary(line => int.Parse(line[0], CultureInfo.InvariantCulture), line => line[1])
        );
    }

    /// <summary>Whether the rules and the library say the same of a row.</summary>
    /// <param name="row">The row.</param>
    /// <param name="rejection">Why the rules say that CloudFront rejects the server; null where they do not.</param>
    public AmazonAgreement Compare(Row row, string? rejection) =>
        !answers.TryGetValue(row.Port, out var answer) ? new(AmazonComparison.NotAsked, "")
        : answer == Accepted == (rejection is null) ? new(AmazonComparison.Agrees, answer)
        : Explanation(row, answer, rejection) is { } why ? new(AmazonComparison.Explained, why)
        : new(AmazonComparison.Disagrees, $"s2n-tls: {answer}; the rules: {rejection ?? "accept"}");

    private static string? Explanation(Row row, string answer, string? rejection) =>
        rejection switch
        {
            not null when answer == Accepted && rejection.StartsWith("OW405 ", StringComparison.Ordinal) =>
                "AWS documents that a chain in the wrong order is rejected; s2n-tls sorts it",
            null when row.Suite is "RC4-MD5" or "DES-CBC3-SHA" =>
                $"AWS lists {row.Suite} towards origins; the client library does not offer it",
            _ => null,
        };
}

internal enum AmazonComparison
{
    NotAsked,
    Agrees,
    Explained,
    Disagrees,
}

/// <param name="Comparison">The outcome.</param>
/// <param name="Evidence">The answer, the explanation or the disagreement.</param>
internal sealed record AmazonAgreement(AmazonComparison Comparison, string Evidence);
