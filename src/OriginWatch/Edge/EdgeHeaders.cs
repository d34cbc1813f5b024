using System.Globalization;
using System.Text.RegularExpressions;

namespace OriginWatch.Edge;

/// <summary>The headers by which an answer of CloudFront is known, validated: they reach reports, and a stranger may have written
/// them.</summary>
internal sealed partial record EdgeHeaders
{
    /// <summary>The first word of <c>X-Cache</c>, in lower case: miss, error, hit, …</summary>
    public required string Cache { get; init; }

    public required string Pop { get; init; }
    public required string RequestId { get; init; }

    /// <summary>Null where there is no <c>Server</c> header.</summary>
    public string? Server { get; init; }

    /// <summary><c>Age</c> in seconds; zero where there is none that can be read (RFC 9111, section 5.1).</summary>
    public long Age { get; init; }

    public bool IsServedByCloudFront => string.Equals(Server, "CloudFront", StringComparison.OrdinalIgnoreCase);

    /// <returns>The headers, or why this is no answer of CloudFront.</returns>
    public static (EdgeHeaders? Headers, string Problem) Read(EdgeReply.Http reply)
    {
        if (!Values(reply, "Via").Any(via => ViaCloudFront().IsMatch(via)))
        {
            return (null, "it has no Via header of CloudFront");
        }

        if (
            Values(reply, "X-Amz-Cf-Id") is not [var id]
            || !Identifier().IsMatch(id)
            || Values(reply, "X-Amz-Cf-Pop") is not [var pop]
            || !Location().IsMatch(pop)
        )
        {
            return (null, "its X-Amz-Cf-Id and X-Amz-Cf-Pop headers are not CloudFront's");
        }

        // An origin may have an X-Cache of its own; CloudFront's names CloudFront.
        return
            Values(reply, "X-Cache")
                .Select(value => XCache().Match(value))
                .Where(match => match.Success)
                .Select(match => match.Groups["word"].Value.ToLowerInvariant())
                .Distinct(StringComparer.Ordinal)
                .ToList()
                is [var cache]
            ? (
                new()
                {
                    Cache = cache,
                    Pop = pop,
                    RequestId = id,
                    Server = Values(reply, "Server") is [var server, ..] ? server : null,
                    Age = AgeOf(reply),
                },
                ""
            )
            : (null, "it has not exactly one X-Cache header of CloudFront");
    }

    private static IReadOnlyList<string> Values(EdgeReply.Http reply, string name) => reply.Headers.GetValueOrDefault(name) ?? [];

    private static long AgeOf(EdgeReply.Http reply) =>
        Values(reply, "Age")
            .Select(text => long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var age) ? age : 0)
            .DefaultIfEmpty()
            .Max();

    [GeneratedRegex(
        @"(^|, ?)\d(\.\d)? [A-Za-z0-9-]{1,128}\.cloudfront\.net \(CloudFront\)$",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking
    )]
    private static partial Regex ViaCloudFront();

    [GeneratedRegex(
        @"^(?<word>[a-z]{1,40}) from cloudfront$",
        RegexOptions.CultureInvariant | RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking
    )]
    private static partial Regex XCache();

    [GeneratedRegex(@"^[A-Za-z0-9_=+/-]{8,128}$", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex Identifier();

    [GeneratedRegex(@"^[A-Z0-9-]{3,20}$", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex Location();
}
