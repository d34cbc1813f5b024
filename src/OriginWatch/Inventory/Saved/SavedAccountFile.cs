using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using OriginWatch.Inventory.Organization;
using OriginWatch.Text;
using OriginWatch.Tls;

namespace OriginWatch.Inventory.Saved;

/// <summary>
/// The file of an account: its records as they are, so that what a later version reads of an account comes along without a word here. What
/// is null is left out, and nothing else is.
/// </summary>
public static class SavedAccountFile
{
    public const string FormatName = "originwatch-inventory";
    public const int CurrentSchema = 1;

    /// <summary>An account at CloudFront's limits comes to a quarter of it.</summary>
    public const int MaxBytes = 256 * 1024 * 1024;

    private static readonly VersionedFile Kind = new("The saved inventory", FormatName, CurrentSchema, MaxBytes);

    private static readonly JsonTypeInfo<SavedAccount> Records =
        (JsonTypeInfo<SavedAccount>)
            new JsonSerializerOptions(SavedAccountContext.Default.Options)
            {
                TypeInfoResolver = SavedAccountContext.Default.WithAddedModifier(RequireWhatIsWritten),
                Converters =
                {
                    new JsonStringEnumConverter<AccountOutcome>(JsonNamingPolicy.CamelCase, allowIntegerValues: false),
                    new JsonStringEnumConverter<TlsProtocol>(JsonNamingPolicy.CamelCase, allowIntegerValues: false),
                },
            }.GetTypeInfo(typeof(SavedAccount));

    public static ReadOnlyMemory<byte> Write(SavedAccount account)
    {
        ArgumentNullException.ThrowIfNull(account);
        return JsonSerializer.SerializeToUtf8Bytes(account, Records);
    }

    /// <param name="content">Hostile until shown otherwise.</param>
    /// <exception cref="OperatorException">It is none, of a newer version, or not understood; the message says what to do.</exception>
    public static SavedAccount Read(ReadOnlyMemory<byte> content) => Kind.Read(content, Parse);

    private static SavedAccount Parse(ReadOnlyMemory<byte> content)
    {
        RefuseNulls(content.Span);
        return Checked(JsonSerializer.Deserialize(content.Span, Records)!);
    }

    private static SavedAccount Checked(SavedAccount account) =>
        account switch
        {
            { Outcome: AccountOutcome.Denied } => account with { Reason = account.Reason ?? "It was denied.", Listing = null },
            { Outcome: AccountOutcome.Failed } => account with { Reason = account.Reason ?? "It failed.", Listing = null },
            { Outcome: AccountOutcome.Read, Listing: { } listing } => account with
            {
                Reason = null,
                Listing = listing with { AccountId = account.AccountId },
            },
            _ => throw new JsonException(),
        };

    /// <summary>A member that somebody cut out must not come back as its default.</summary>
    private static void RequireWhatIsWritten(JsonTypeInfo type)
    {
        foreach (var member in type.Properties.Where(member => member.Set is not null || member.AssociatedParameter is not null))
        {
            member.IsRequired = !member.IsSetNullable;
        }
    }

    /// <summary>None is ever written, in a list as little as in a member.</summary>
    private static void RefuseNulls(ReadOnlySpan<byte> content)
    {
        if (content.IndexOf("null"u8) < 0)
        {
            return;
        }

        var reader = new Utf8JsonReader(content);
        while (reader.Read())
        {
            if (reader.TokenType == JsonTokenType.Null)
            {
                throw new JsonException();
            }
        }
    }
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    IgnoreReadOnlyProperties = true,
    RespectNullableAnnotations = true,
    MaxDepth = 12
)]
[JsonSerializable(typeof(SavedAccount))]
internal sealed partial class SavedAccountContext : JsonSerializerContext;
