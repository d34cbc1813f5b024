using System.Buffers;
using System.Text;
using System.Text.Json;

namespace OriginWatch.Inventory.Documents;

/// <summary>The documents of a saved file, whichever notation they are written in.</summary>
internal sealed class InventoryDocuments : IDisposable
{
    /// <summary>A plan nests each module two levels deeper; beyond this nobody wrote it.</summary>
    private const int MaxDepth = 128;

    /// <summary>For all but JSON. CloudFormation takes templates of 1 MB; a listing of an account at CloudFront's limits stays below this
    /// as well.</summary>
    private const int MaxTextBytes = 64 * 1024 * 1024;

    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false, MaxDepth = MaxDepth };

    private static readonly SearchValues<byte> Digits = SearchValues.Create("-.0123456789"u8);

    private readonly List<JsonDocument> _documents;

    private InventoryDocuments(List<JsonDocument> documents) => _documents = documents;

    public IReadOnlyList<JsonElement> Roots => [.. _documents.Select(document => document.RootElement)];

    /// <exception cref="InventoryException">It is none of the notations, or damaged; the message says what it is instead.</exception>
    public static InventoryDocuments Parse(ReadOnlyMemory<byte> bytes)
    {
        if (bytes.Span.StartsWith("PK\u0003\u0004"u8))
        {
            throw new InventoryException(
                "This is a saved plan in Terraform's own binary form. Print it as JSON: terraform show -json PLAN > plan.json"
            );
        }

        var utf8 = ListingText.ToUtf8(bytes);
        var first = utf8.Span[utf8.Span.IndexOfAnyExcept(" \t\r\n"u8)];
        return new(first is (byte)'{' or (byte)'[' || IsScalar(utf8) ? ParseJson(utf8) : ParseText(utf8));
    }

    public void Dispose() => _documents.ForEach(document => document.Dispose());

    /// <summary><c>null</c>, a number or a text: what --query makes of a listing where it finds nothing.</summary>
    private static bool IsScalar(ReadOnlyMemory<byte> utf8)
    {
        var text = utf8.Span.Trim(" \t\r\n"u8);
        return text.SequenceEqual("null"u8)
            || text.IndexOfAnyExcept(Digits) < 0
            || (text[0] == '"' && text[^1] == '"' && !text.Contains((byte)'\n'));
    }

    private static List<JsonDocument> ParseJson(ReadOnlyMemory<byte> utf8)
    {
        try
        {
            return [JsonDocument.Parse(utf8, Strict)];
        }
        catch (JsonException exception)
        {
            return Several(utf8)
                ?? FromPython(utf8)
                ?? throw new InventoryException(ListingText.WhyNotJson(utf8.Span, exception), exception);
        }
    }

    /// <summary>One document after the other, as a loop over the AWS CLI prints them; null where it is not that.</summary>
    private static List<JsonDocument>? Several(ReadOnlyMemory<byte> utf8)
    {
        var documents = new List<JsonDocument>();
        try
        {
            var reader = new Utf8JsonReader(utf8.Span, new JsonReaderOptions { AllowMultipleValues = true, MaxDepth = MaxDepth });
            while (reader.Read())
            {
                var start = (int)reader.TokenStartIndex;
                reader.Skip();
                documents.Add(JsonDocument.Parse(utf8[start..(int)reader.BytesConsumed], Strict));
            }

            return documents;
        }
        catch (JsonException)
        {
            documents.ForEach(document => document.Dispose());
            return null;
        }
    }

    private static List<JsonDocument>? FromPython(ReadOnlyMemory<byte> utf8)
    {
        if (utf8.Length > MaxTextBytes || PythonLiteral.TryToJson(Encoding.UTF8.GetString(utf8.Span)) is not { } json)
        {
            return null;
        }

        try
        {
            return [JsonDocument.Parse(json, Strict)];
        }
        catch (JsonException)
        {
            return null; // A key stands there twice.
        }
    }

    private static List<JsonDocument> ParseText(ReadOnlyMemory<byte> utf8)
    {
        if (utf8.Length > MaxTextBytes)
        {
            throw new InventoryException(
                $"It is not JSON and larger than {MaxTextBytes / (1024 * 1024)} MiB, which no template is. {OtherText.HowTo}"
            );
        }

        var text = Encoding.UTF8.GetString(utf8.Span);
        if (OtherText.Explain(text) is { } explanation)
        {
            throw new InventoryException(explanation);
        }

        var documents = YamlText.ToJson(text).ConvertAll(json => JsonDocument.Parse(json, Strict));
        return
            documents.Count > 0
            && documents.TrueForAll(document => document.RootElement.ValueKind is JsonValueKind.Object or JsonValueKind.Array)
            ? documents
            : throw new InventoryException(OtherText.Unknown(text));
    }
}
