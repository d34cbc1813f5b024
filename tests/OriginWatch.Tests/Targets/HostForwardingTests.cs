using OriginWatch.Inventory;
using OriginWatch.Targets;

namespace OriginWatch.Tests.Targets;

/// <summary>
/// Which names an origin is asked for: each way to forward Host, in each place where a behavior can stand.
/// Columns: O the origin's domain name, V the viewers' names, OV both.
/// default: as default behavior · ordered: as ordered behavior, before another origin's default · primary, secondary: through an origin
/// group ·
/// shadowed: behind a wider pattern · beside: together with a default behavior that does not forward Host.
/// </summary>
public class HostForwardingTests
{
    private const string Table = """
        legacy           cache policy     origin request policy    default ordered primary secondary shadowed beside  fact
        -                -                -                        O       O       O       O         O        O       RequestAndResponseBehaviorCustomOrigin: Host becomes the origin's domain name
        none             -                -                        O       O       O       O         O        O       header-caching: no headers are forwarded
        Origin           -                -                        O       O       O       O         O        O       header-caching: only what is listed is forwarded
        Host             -                -                        V       V       V       V         O        OV      header-caching: what is listed is forwarded
        Origin,hOST      -                -                        V       V       V       V         O        OV      RFC 9110, section 5.1: field names ignore case
        *                -                -                        V       V       V       V         O        OV      header-caching: all headers are forwarded
        -                CachingOptimized -                        O       O       O       O         O        O       using-managed-cache-policies
        -                CachingDisabled  -                        O       O       O       O         O        O       using-managed-cache-policies
        -                UseOrigin        -                        V       V       V       V         O        OV      using-managed-cache-policies: Host is in the cache key
        -                custom-host      -                        V       V       V       V         O        OV      cache-key-create-cache-policy: what is in the key is always sent
        -                custom-plain     -                        O       O       O       O         O        O       cache-key-create-cache-policy: only what is listed is sent
        -                unknown          -                        OV      OV      OV      OV        O        OV      a policy that was not read
        -                custom-new       -                        OV      OV      OV      OV        O        OV      a header behavior that did not exist
        -                CachingDisabled  AllViewer                V       V       V       V         O        OV      using-managed-origin-request-policies: all viewer headers
        -                CachingDisabled  AllViewerAndCloudFront   V       V       V       V         O        OV      using-managed-origin-request-policies: all viewer headers and CloudFront's
        -                CachingDisabled  HostHeaderOnly           V       V       V       V         O        OV      using-managed-origin-request-policies: Host
        -                CachingDisabled  AllViewerExceptHost      O       O       O       O         O        O       origin-request-understand-origin-request-policy: Host becomes the origin's domain name
        -                CachingDisabled  CORS-CustomOrigin        O       O       O       O         O        O       using-managed-origin-request-policies: Origin alone
        -                CachingDisabled  custom-host              V       V       V       V         O        OV      origin-request-create-origin-request-policy: what is listed is sent
        -                CachingDisabled  custom-except-host       O       O       O       O         O        O       origin-request-create-origin-request-policy: all but what is listed
        -                CachingDisabled  custom-except-cookie     V       V       V       V         O        OV      origin-request-create-origin-request-policy: all but what is listed
        -                CachingDisabled  custom-none              O       O       O       O         O        O       origin-request-create-origin-request-policy: nothing is added
        -                CachingDisabled  unknown                  OV      OV      OV      OV        O        OV      a policy that was not read
        -                UseOrigin        AllViewerExceptHost      V       V       V       V         O        OV      understanding-how-the-policies-work-together: the cache policy's list beats the block list
        -                custom-host      custom-except-host       V       V       V       V         O        OV      understanding-how-the-policies-work-together: the cache policy's list beats the block list
        -                UseOrigin        unknown                  V       V       V       V         O        OV      what is in the cache key is sent whatever the other policy says
        -                unknown          AllViewer                V       V       V       V         O        OV      what one policy sends is sent whatever the other says
        -                unknown          AllViewerExceptHost      OV      OV      OV      OV        O        OV      the unread cache policy may list Host
        """;

    private static readonly Dictionary<string, HeaderPolicy> Custom = new HeaderPolicy[]
    {
        new("custom-host", "with-host", "whitelist", ["Accept", "HOST"]),
        new("custom-plain", "plain", "whitelist", ["Accept"]),
        new("custom-new", "new", "someFutureWord", ["Host"]),
        new("custom-except-host", "except-host", "allExcept", ["host"]),
        new("custom-except-cookie", "except-cookie", "allExcept", ["Cookie"]),
        new("custom-none", "none", "none", []),
    }.ToDictionary(policy => policy.Id);

    private static readonly Dictionary<string, string> Managed = new()
    {
        ["CachingOptimized"] = "658327ea-f89d-4fab-a63d-7e88639e58f6",
        ["CachingDisabled"] = "4135ea2d-6df8-44a3-9df3-4b5a84be39ad",
        ["UseOrigin"] = "83da9c7e-98b4-4e11-a168-04f0df8e2c65",
        ["AllViewer"] = "216adef6-5c7f-47e4-b989-5492eafa07d3",
        ["AllViewerAndCloudFront"] = "33f36d7e-f396-46d9-90e0-52428a34d9dc",
        ["HostHeaderOnly"] = "bf0718e1-ba1e-49d1-88b1-f726733018ae",
        ["AllViewerExceptHost"] = "b689b0a8-53d0-40ab-baf2-68738e2966ac",
        ["CORS-CustomOrigin"] = "59781a5b-3903-41f3-afcb-af62929ccde1",
    };

    public static TheoryData<string, string, string, string, string, string> Rows()
    {
        var rows = new TheoryData<string, string, string, string, string, string>();
        var lines = Table.Split('\n');
        var places = Columns(lines[0])[3..9];
        foreach (var cells in lines[1..].Select(Columns))
        {
            for (var place = 0; place < places.Length; place++)
            {
                rows.Add(cells[0], cells[1], cells[2], places[place], cells[3 + place], cells[9]);
            }
        }

        return rows;
    }

    [Fact]
    public void The_table_is_whole() => Rows().Count.ShouldBe(28 * 6);

    [Theory]
    [MemberData(nameof(Rows))]
    public void Names_follow_the_Host_header(
        string legacy,
        string cachePolicy,
        string originRequestPolicy,
        string place,
        string names,
        string fact
    )
    {
        var behavior = Sample.Behavior() with
        {
            ForwardedHeaders = legacy switch
            {
                "-" => null,
                "none" => [],
                _ => legacy.Split(','),
            },
            CachePolicyId = Id(cachePolicy),
            OriginRequestPolicyId = Id(originRequestPolicy),
        };

        var use = Sample.Use(Sample.Listing(Place(behavior, place)) with { Policies = Custom });

        string[] expected = names switch
        {
            "O" => ["origin.example.com"],
            "V" => ["www.example.com", Sample.OwnName],
            _ => ["origin.example.com", "www.example.com", Sample.OwnName],
        };
        use.Names.Select(name => name.Target.ServerName).ShouldBe(expected, fact);
        use.HostForwardingReason.ShouldNotBeEmpty();
    }

    private static Distribution Place(CacheBehavior behavior, string place)
    {
        var distribution = Sample.Distribution(Sample.Origin("other", "other.example.com"), Sample.Origin());
        var ordered = behavior with { PathPattern = "/api/*" };
        return place switch
        {
            "default" => distribution with { DefaultCacheBehavior = behavior },
            "ordered" => distribution with { CacheBehaviors = [ordered] },
            "primary" => Group(distribution, ordered, "app", "other"),
            "secondary" => Group(distribution, ordered, "other", "app"),
            "shadowed" => distribution with { CacheBehaviors = [Sample.Behavior("other", "/a*"), ordered] },
            _ => distribution with { CacheBehaviors = [ordered], DefaultCacheBehavior = Sample.Behavior() },
        };
    }

    private static Distribution Group(Distribution distribution, CacheBehavior ordered, string primary, string secondary) =>
        distribution with
        {
            OriginGroups = [new("pair", [primary, secondary], [502])],
            CacheBehaviors = [ordered with { TargetOriginId = "pair" }],
        };

    private static string? Id(string policy) => policy == "-" ? null : Managed.GetValueOrDefault(policy, policy);

    private static string[] Columns(string line) =>
        line.Trim()
            .Replace("origin request policy", "origin-request-policy")
            .Replace("cache policy  ", "cache-policy  ")
            .Split(' ', 10, StringSplitOptions.RemoveEmptyEntries);
}
