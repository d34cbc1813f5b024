using System.Text.Json;
using OriginWatch.Inventory;
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

    public string Format { get; init; } = FormatName;
    public int Schema { get; init; } = CurrentSchema;

    /// <summary><c>o-…</c>; null where Organizations did not say.</summary>
    public string? OrganizationId { get; init; }

    /// <summary>The account that scans.</summary>
    public required string ScannedBy { get; init; }

    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>In the order of the report.</summary>
    public required IReadOnlyList<ListedAccountDocument> Accounts { get; init; }

    public ReadOnlyMemory<byte> Write() => JsonSerializer.SerializeToUtf8Bytes(this, StepJson.Default.OrganizationDocument);

    /// <exception cref="InventoryException">It is none, of a newer version, or not understood.</exception>
    public static OrganizationDocument Read(ReadOnlyMemory<byte>? content)
    {
        if (content is not { } bytes)
        {
            throw new InventoryException("The list of accounts is missing. Start the state machine, not the function.");
        }

        if (VersionedFile.Problem(bytes.Span, FormatName, CurrentSchema, MaxBytes) is { } problem)
        {
            throw new InventoryException($"The list of accounts cannot be used: {problem}.");
        }

        try
        {
            var document = JsonSerializer.Deserialize(bytes.Span, StepJson.Default.OrganizationDocument);
            return document is not null && document.Accounts.All(account => account is not null && AccountFilter.IsAccountId(account.Id))
                ? document
                : throw new JsonException();
        }
        catch (JsonException exception)
        {
            throw new InventoryException(
                "The list of accounts cannot be used: it was cut short or edited. Start the run again.",
                exception
            );
        }
    }
}

/// <summary>An account of the list.</summary>
internal sealed record ListedAccountDocument(string Id, string? Name, string? Path, string? SkippedBecause)
{
    public Account Account => new(Id, Name) { Path = Path };
}
