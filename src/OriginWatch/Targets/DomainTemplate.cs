using System.Text.RegularExpressions;

namespace OriginWatch.Targets;

/// <summary>
/// An origin's domain name in a multi-tenant distribution, which may hold <c>{{parameter}}</c>
/// (https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/tenant-customization.html).
/// </summary>
internal static partial class DomainTemplate
{
    /// <param name="domainName">May hold parameters.</param>
    /// <param name="valueOf">A parameter's value; null where there is none.</param>
    /// <returns>The domain name, or the name of a parameter that has no value.</returns>
    public static (string? DomainName, string? Missing) Resolve(string domainName, Func<string, string?> valueOf)
    {
        var missing = Parameter()
            .Matches(domainName)
            .Select(match => match.Groups["name"].Value)
            .FirstOrDefault(name => string.IsNullOrEmpty(valueOf(name)));
        return missing is null ? (Parameter().Replace(domainName, match => valueOf(match.Groups["name"].Value)!), null) : (null, missing);
    }

    [GeneratedRegex(
        @"\{\{\s*(?<name>[^{}]*?)\s*\}\}",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking
    )]
    private static partial Regex Parameter();
}
