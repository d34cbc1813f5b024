using System.Buffers;
using System.Globalization;
using System.Text.Json;
using OriginWatch.Text;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace OriginWatch.Inventory.Documents;

/// <summary>
/// YAML as CloudFormation and the AWS CLI write it, as JSON. CloudFormation takes neither aliases nor merges
/// (https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/template-formats.html), so nothing can be expanded.
/// </summary>
internal static class YamlText
{
    private const int MaxDepth = 100;

    /// <exception cref="InventoryException">It is not YAML, or uses what is not taken.</exception>
    public static List<ReadOnlyMemory<byte>> ToJson(string text)
    {
        try
        {
            var parser = new Parser(new StringReader(text));
            var documents = new List<ReadOnlyMemory<byte>>();
            while (parser.MoveNext())
            {
                if (parser.Current is DocumentStart)
                {
                    documents.Add(Document(parser));
                }
            }

            return documents;
        }
        catch (YamlException exception)
        {
            throw new InventoryException($"{OtherText.Unknown(text)} (As YAML it is broken at line {exception.Start.Line}.)", exception);
        }
    }

    private static ReadOnlyMemory<byte> Document(Parser parser)
    {
        var json = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(json))
        {
            parser.MoveNext();
            Node(parser, writer, 0);
        }

        return json.WrittenMemory;
    }

    /// <summary>Writes the node that the parser stands on, and leaves it on the node's last event.</summary>
    private static void Node(Parser parser, Utf8JsonWriter writer, int depth)
    {
        if (depth > MaxDepth)
        {
            throw Fault(parser.Current, $"it nests deeper than {MaxDepth} levels");
        }

        var function = FunctionOf(parser.Current as NodeEvent);
        if (function is not null)
        {
            writer.WriteStartObject();
            writer.WritePropertyName(function);
        }

        switch (parser.Current)
        {
            case Scalar scalar when function == "Fn::GetAtt":
                GetAtt(scalar, writer);
                break;
            case Scalar scalar:
                WriteScalar(scalar, function is not null, writer);
                break;
            case SequenceStart:
                Sequence(parser, writer, depth);
                break;
            case MappingStart:
                Mapping(parser, writer, depth);
                break;
            default:
                throw Fault(parser.Current, "it has an alias (*), which CloudFormation does not take; write the value out");
        }

        if (function is not null)
        {
            writer.WriteEndObject();
        }
    }

    private static void Sequence(Parser parser, Utf8JsonWriter writer, int depth)
    {
        writer.WriteStartArray();
        while (parser.MoveNext() && parser.Current is not SequenceEnd)
        {
            Node(parser, writer, depth + 1);
        }

        writer.WriteEndArray();
    }

    private static void Mapping(Parser parser, Utf8JsonWriter writer, int depth)
    {
        var keys = new HashSet<string>(StringComparer.Ordinal);
        writer.WriteStartObject();
        while (parser.MoveNext() && parser.Current is not MappingEnd)
        {
            var key = parser.Current as Scalar ?? throw Fault(parser.Current, "a key is not a text");
            if (!keys.Add(key.Value))
            {
                throw Fault(key, $"the key {Quoted.Text(key.Value)} appears twice");
            }

            writer.WritePropertyName(key.Value);
            parser.MoveNext();
            Node(parser, writer, depth + 1);
        }

        writer.WriteEndObject();
    }

    /// <summary>The long form of a short tag: <c>!Ref</c> and <c>!Condition</c> keep their names, the others are <c>Fn::</c>.</summary>
    private static string? FunctionOf(NodeEvent? node) =>
        node is null || node.Tag.IsEmpty || node.Tag.IsNonSpecific || !node.Tag.IsLocal ? null
        : node.Tag.Value[1..] is var name && name is "Ref" or "Condition" ? name
        : $"Fn::{name}";

    private static void GetAtt(Scalar scalar, Utf8JsonWriter writer)
    {
        writer.WriteStartArray();
        foreach (var part in scalar.Value.Split('.', 2))
        {
            writer.WriteStringValue(part);
        }

        writer.WriteEndArray();
    }

    private static void WriteScalar(Scalar scalar, bool isText, Utf8JsonWriter writer)
    {
        if (isText || scalar.Style != ScalarStyle.Plain)
        {
            writer.WriteStringValue(scalar.Value);
            return;
        }

        switch (scalar.Value)
        {
            case "" or "~" or "null" or "Null" or "NULL":
                writer.WriteNullValue();
                break;
            case "true" or "True" or "TRUE":
                writer.WriteBooleanValue(true);
                break;
            case "false" or "False" or "FALSE":
                writer.WriteBooleanValue(false);
                break;
            case ['1' or '2' or '3' or '4' or '5' or '6' or '7' or '8' or '9', ..]
            or "0" when long.TryParse(scalar.Value, NumberStyles.None, CultureInfo.InvariantCulture, out var number):
                writer.WriteNumberValue(number);
                break;
            default:
                writer.WriteStringValue(scalar.Value);
                break;
        }
    }

    private static InventoryException Fault(ParsingEvent? at, string what) => new($"Line {at?.Start.Line}: {what}.");
}
