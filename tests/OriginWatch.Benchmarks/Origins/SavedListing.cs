using System.Globalization;
using OriginWatch.Inventory;

namespace OriginWatch.Benchmarks.Origins;

/// <summary>A listing as <c>aws cloudfront list-distributions</c> prints it: an alias, two behaviors and a custom origin in each
/// distribution.</summary>
internal static class SavedListing
{
    /// <param name="count">Distributions.</param>
    /// <param name="port">For HTTPS.</param>
    /// <param name="domainName">Of the origin of a distribution.</param>
    /// <param name="attempts">Connections that CloudFront tries.</param>
    /// <param name="timeoutSeconds">How long it waits for each.</param>
    public static string Of(int count, int port, Func<int, string> domainName, int attempts = 3, int timeoutSeconds = 10) =>
        $$"""{"DistributionList": {"Items": [{{string.Join(',', Enumerable.Range(0, count).Select(number => Distribution(number, port, domainName(number), attempts, timeoutSeconds)))}}] } }""";

    private static string Distribution(int number, int port, string domainName, int attempts, int timeoutSeconds) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $$"""
            {"Id": "E{{number:00000}}", "ARN": "arn:aws:cloudfront::123456789012:distribution/E{{number:00000}}", "DomainName": "d{{number:00000}}.cloudfront.net", "Status": "Deployed", "Comment": "", "Enabled": true, "Staging": false,
            "Aliases": {"Quantity": 1, "Items": ["www{{number}}.example.com"]}, "OriginGroups": {"Quantity": 0}, "CustomErrorResponses": {"Quantity": 0},
            "Origins": {"Quantity": 1, "Items": [{"Id": "app", "DomainName": "{{domainName}}", "OriginPath": "", "CustomHeaders": {"Quantity": 0}, "ConnectionAttempts": {{attempts}}, "ConnectionTimeout": {{timeoutSeconds}},
            "CustomOriginConfig": {"HTTPPort": 80, "HTTPSPort": {{port}}, "OriginProtocolPolicy": "https-only", "OriginSslProtocols": {"Quantity": 1, "Items": ["TLSv1.2"]}, "OriginReadTimeout": 30, "OriginKeepaliveTimeout": 5} }]},
            "DefaultCacheBehavior": {"TargetOriginId": "app", "ViewerProtocolPolicy": "https-only", "CachePolicyId": "658327ea-f89d-4fab-a63d-7e88639e58f6"},
            "CacheBehaviors": {"Quantity": 1, "Items": [{"PathPattern": "/img/*", "TargetOriginId": "app", "ViewerProtocolPolicy": "https-only", "CachePolicyId": "658327ea-f89d-4fab-a63d-7e88639e58f6"}]} }
            """
        );
}
