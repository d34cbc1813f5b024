using System.Collections.Concurrent;
using System.Globalization;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace OriginWatch.Tests.Aws;

/// <summary>
/// CloudFront's and STS's answers as far as moto does not give them: policies, VPC origins, tenants, throttling, faults in the middle of a
/// listing.
/// A call that it does not know is answered as CloudFront answers a wrong path, and remembered in <see cref="Unexpected"/>.
/// </summary>
internal sealed partial class FakeCloudFront : IAsyncDisposable
{
    public const string AccountId = "123456789012";
    private static readonly XNamespace Names = "http://cloudfront.amazonaws.com/doc/2020-05-31/";
    private readonly ConcurrentQueue<(string PathPart, HttpAnswer Answer)> _faults = new();

    public FakeCloudFront() => Http = new(Answer);

    public LoopbackHttp Http { get; }
    public IReadOnlyList<XElement> Distributions { get; init; } = [];
    public IReadOnlyDictionary<string, XElement> Resources { get; init; } = new Dictionary<string, XElement>(StringComparer.Ordinal);
    public IReadOnlyList<XElement> Tenants { get; init; } = [];
    public int PageSize { get; init; } = 100;
    public FakeTopic Topic { get; init; } = new();
    public FakeBucket Bucket { get; init; } = new();
    public ConcurrentQueue<HttpCall> Unexpected { get; } = new();

    public int CallsOf(string path) => Http.Calls.Count(call => call.Path.StartsWith(path, StringComparison.Ordinal));

    /// <summary>The next call whose target or body contains the part gets this answer, once for each time it was said.</summary>
    public FakeCloudFront Fail(string pathPart, HttpAnswer answer, int times = 1)
    {
        for (var time = 0; time < times; time++)
        {
            _faults.Enqueue((pathPart, answer));
        }

        return this;
    }

    public static HttpAnswer Error(int status, string code, string message) =>
        new(
            status,
            new XElement(
                Names + "ErrorResponse",
                new XElement(
                    Names + "Error",
                    new XElement(Names + "Type", "Sender"),
                    new XElement(Names + "Code", code),
                    new XElement(Names + "Message", message)
                ),
                new XElement(Names + "RequestId", "1")
            ).ToString()
        );

    public ValueTask DisposeAsync() => Http.DisposeAsync();

    private HttpAnswer Answer(HttpCall call)
    {
        if (
            _faults.TryPeek(out var fault)
            && $"{call.Target}?{call.Body}".Contains(fault.PathPart, StringComparison.Ordinal)
            && _faults.TryDequeue(out fault)
        )
        {
            return fault.Answer;
        }

        return call switch
        {
            { Method: "POST", Path: "/" } when call.Body.Contains("GetCallerIdentity", StringComparison.Ordinal) => CallerIdentity(),
            { Method: "POST", Path: "/" } when Topic.Answer(call) is { } answer => answer,
            _ when Bucket.Answer(call) is { } answer => answer,
            { Method: "GET", Path: "/2020-05-31/distribution" } => Page(call.Target),
            { Method: "POST", Path: "/2020-05-31/distribution-tenants" } => TenantPage(call.Body),
            { Method: "GET" }
                when Resources.TryGetValue(call.Path.Replace("/2020-05-31/", "", StringComparison.Ordinal), out var resource) => new(
                200,
                Namespaced(resource).ToString()
            ),
            { Method: "GET" }
                when call.Path.Contains("policy/", StringComparison.Ordinal)
                    || call.Path.Contains("vpc-origin/", StringComparison.Ordinal) => Error(
                404,
                "NoSuchResource",
                "The specified resource does not exist."
            ),
            _ => Refuse(call),
        };
    }

    private HttpAnswer Refuse(HttpCall call)
    {
        Unexpected.Enqueue(call);
        return Error(400, "InvalidURI", "Could not parse the specified URI.");
    }

    private HttpAnswer Page(string target)
    {
        var marker = Uri.UnescapeDataString(Marker().Match(target).Groups["value"].Value);
        var size = int.TryParse(MaxItems().Match(target).Groups["value"].Value, CultureInfo.InvariantCulture, out var wanted)
            ? Math.Min(wanted, PageSize)
            : PageSize;
        var start = marker.Length == 0 ? 0 : Distributions.TakeWhile(item => Id(item) != marker).Count() + 1;
        var page = Distributions.Skip(start).Take(size).ToList();
        var more = start + page.Count < Distributions.Count;
        return new(
            200,
            Namespaced(
                    new XElement(
                        "DistributionList",
                        new XElement("Marker", marker),
                        more ? new XElement("NextMarker", Id(page[^1])) : null,
                        new XElement("MaxItems", size),
                        new XElement("IsTruncated", more),
                        new XElement("Quantity", page.Count),
                        page.Count > 0 ? new XElement("Items", page) : null
                    )
                )
                .ToString()
        );
    }

    private HttpAnswer TenantPage(string body)
    {
        var request = XElement.Parse(body);
        var distribution = request.Element(Names + "AssociationFilter")?.Element(Names + "DistributionId")?.Value;
        var marker = request.Element(Names + "Marker")?.Value;
        var all = Tenants.Where(tenant => tenant.Element("DistributionId")!.Value == distribution).ToList();
        var start = marker is null ? 0 : all.TakeWhile(tenant => Id(tenant) != marker).Count() + 1;
        var page = all.Skip(start).Take(PageSize).ToList();
        return new(
            200,
            Namespaced(
                    new XElement(
                        "ListDistributionTenantsResult",
                        start + page.Count < all.Count ? new XElement("NextMarker", Id(page[^1])) : null,
                        new XElement("DistributionTenantList", page)
                    )
                )
                .ToString()
        );
    }

    private static HttpAnswer CallerIdentity() =>
        new(
            200,
            $"<GetCallerIdentityResponse xmlns=\"https://sts.amazonaws.com/doc/2011-06-15/\"><GetCallerIdentityResult><Arn>arn:aws:iam::{AccountId}:user/a</Arn><UserId>A</UserId><Account>{AccountId}</Account></GetCallerIdentityResult><ResponseMetadata><RequestId>1</RequestId></ResponseMetadata></GetCallerIdentityResponse>"
        );

    private static string Id(XElement item) => item.Element("Id")!.Value;

    private static XElement Namespaced(XElement element) =>
        new(
            Names + element.Name.LocalName,
            element.Attributes(),
            element.Nodes().Select(node => node is XElement child ? Namespaced(child) : node)
        );

    [GeneratedRegex("[?&]Marker=(?<value>[^&]*)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Marker();

    [GeneratedRegex("[?&]MaxItems=(?<value>[^&]*)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex MaxItems();
}
