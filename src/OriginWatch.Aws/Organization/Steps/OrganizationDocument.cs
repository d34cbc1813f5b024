using System.Text.Json;
using System.Text.Json.Serialization;
using OriginWatch.History.Routing;
using OriginWatch.Inventory.Organization;
using OriginWatch.Text;

namespace OriginWatch.Aws.Organization.Steps;

/// <summary>What the list step found.</summary>
internal sealed record OrganizationDocument
{
    public const string FormatName = "originwatch-organization";
    public const int CurrentSchema = 1;

    /// <summary>AWS's quota of 50,000 accounts, with names and paths as long as they may be.</summary>
    public const int MaxBytes = 64 * 1024 * 1024;

    private static readonly VersionedFile Kind = new("The list of accounts", FormatName, CurrentSchema, MaxBytes);

    public string Format { get; init; } = FormatName;
    public int Schema { get; init; } = CurrentSchema;

    /// <summary><c>o-…</c>; null where Organizations did not say.</summary>
    public string? OrganizationId { get; init; }

    /// <summary>The account that scans.</summary>
    public required string ScannedBy { get; init; }

    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>In the order of the report.</summary>
    public required IReadOnlyList<ListedAccountDocument> Accounts { get; init; }

    /// <summary>The routes in their order, without names and topics, where tags decide about any; null where none depends on tags, and in
    /// files of before.</summary>
    public IReadOnlyList<RouteDocument>? TagRoutes { get; init; }

    /// <summary>The same as the steps before the last know them.</summary>
    [JsonIgnore]
    public RouteTable Routes => new([.. (TagRoutes ?? []).Select(route => route.Route)], Problem: null);

    public ReadOnlyMemory<byte> Write() => JsonSerializer.SerializeToUtf8Bytes(this, StepJson.Default.OrganizationDocument);

    /// <exception cref="OperatorException">It is none, of a newer version, or not understood.</exception>
    public static OrganizationDocument Read(ReadOnlyMemory<byte>? content) =>
        content is { } bytes
            ? Kind.Read(bytes, Parse)
            : throw new OperatorException("The list of accounts is missing. Start the state machine, not the function.");

    private static OrganizationDocument Parse(ReadOnlyMemory<byte> content)
    {
        var document = JsonSerializer.Deserialize(content.Span, StepJson.Default.OrganizationDocument)!;
        return
            document.Accounts.All(account => AccountFilter.IsAccountId(account.Id))
            && document.TagRoutes?.All(route => route.IsWhole) != false
            ? document
            : throw new FormatException();
    }
}

/// <summary>What decides whether a route takes a distribution.</summary>
internal sealed record RouteDocument(
    IReadOnlyList<string> Accounts,
    IReadOnlyList<string> Paths,
    IReadOnlyList<string> Distributions,
    IReadOnlyList<string> Aliases,
    IReadOnlyList<string> Tags
)
{
    public static RouteDocument Of(Route route) => new(route.Accounts, route.Paths, route.Distributions, route.Aliases, route.Tags);

    /// <summary>False where a value is missing.</summary>
    [JsonIgnore]
    public bool IsWhole =>
        new[] { Accounts, Paths, Distributions, Aliases, Tags }.All(values => values?.All(value => value is not null) == true);

    [JsonIgnore]
    public Route Route =>
        new()
        {
            Name = "",
            Accounts = Accounts,
            Paths = Paths,
            Distributions = Distributions,
            Aliases = Aliases,
            Tags = Tags,
        };
}

/// <summary>An account of the list.</summary>
internal sealed record ListedAccountDocument(string Id, string? Name, string? Path, string? SkippedBecause)
{
    public Account Account => new(Id, Name) { Path = Path };
}
