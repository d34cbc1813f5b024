using System.Text.Json;
using OriginWatch.Inventory.Organization;
using OriginWatch.Text;

namespace OriginWatch.Inventory.Saved;

/// <summary>
/// The file of an account. Its <c>listing</c> is what <c>aws cloudfront list-distributions</c> prints and its <c>policies</c> what
/// <c>list-cache-policies</c> does,
/// so the reader of saved listings reads them; what the CLI does not print in one document stands beside them.
/// </summary>
public static class SavedAccountFile
{
    public const string FormatName = "originwatch-inventory";
    public const int CurrentSchema = 1;

    /// <summary>An account at CloudFront's limits comes to a quarter of it.</summary>
    public const int MaxBytes = 256 * 1024 * 1024;

    public static ReadOnlyMemory<byte> Write(SavedAccount account)
    {
        ArgumentNullException.ThrowIfNull(account);
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteString("format", FormatName);
            json.WriteNumber("schema", CurrentSchema);
            json.WriteString("account", account.AccountId);
            json.WriteString(
                "outcome",
                account.Outcome switch
                {
                    AccountOutcome.Read => "read",
                    AccountOutcome.Denied => "denied",
                    _ => "failed",
                }
            );
            json.Text("reason", account.Reason);
            if (account.Listing is { } listing)
            {
                json.WritePropertyName("listing");
                ListingWriter.Write(json, listing.Distributions);
                json.WritePropertyName("policies");
                ListingWriter.Write(json, [.. listing.Policies.Values]);
                json.WritePropertyName("beside");
                JsonSerializer.Serialize(json, SavedExtras.Of(listing), SavedExtrasContext.Default.SavedExtras);
            }

            json.WriteEndObject();
        }

        return buffer.GetBuffer().AsMemory(0, (int)buffer.Length);
    }

    /// <param name="content">Hostile until shown otherwise.</param>
    /// <exception cref="InventoryException">It is none, of a newer version, or not understood; the message says what to do.</exception>
    public static SavedAccount Read(ReadOnlyMemory<byte> content)
    {
        if (VersionedFile.Problem(content.Span, FormatName, CurrentSchema, MaxBytes) is { } problem)
        {
            throw new InventoryException($"The saved inventory cannot be used: {problem}.");
        }

        try
        {
            using var document = JsonDocument.Parse(content);
            return Read(document.RootElement);
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException or KeyNotFoundException)
        {
            throw new InventoryException("The saved inventory cannot be used: it was cut short or edited. Start the run again.", exception);
        }
    }

    private static SavedAccount Read(JsonElement root)
    {
        var id = root.GetProperty("account").GetString() ?? "";
        var reason = root.TryGetProperty("reason", out var text) ? text.GetString() : null;
        return root.GetProperty("outcome").GetString() switch
        {
            "denied" => new(id, AccountOutcome.Denied, reason ?? "It was denied.", null),
            "failed" => new(id, AccountOutcome.Failed, reason ?? "It failed.", null),
            "read" => new(id, AccountOutcome.Read, null, ReadListing(root, id)),
            _ => throw new JsonException(),
        };
    }

    private static Listing ReadListing(JsonElement root, string accountId)
    {
        var read = ListingReader.Read([root.GetProperty("listing"), root.GetProperty("policies")], accountId);
        var extras = root.GetProperty("beside").Deserialize(SavedExtrasContext.Default.SavedExtras) ?? throw new JsonException();
        return extras.AddTo(read) with { AccountId = accountId };
    }
}
