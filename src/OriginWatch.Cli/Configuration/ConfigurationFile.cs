using System.Text;
using OriginWatch.Inventory;
using OriginWatch.Text;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace OriginWatch.Cli.Configuration;

/// <summary>Reads <c>originwatch.yaml</c>: a mapping from the names of options to values, lists of values, or for KEY=VALUE options
/// mappings.</summary>
internal static class ConfigurationFile
{
    public const string UsualName = "originwatch.yaml";
    public const string Suppressions = "suppressions";
    private const int MaxBytes = 256 * 1024;

    /// <exception cref="ConfigurationException">It is not there, or not such a mapping.</exception>
    public static async Task<IReadOnlyList<ConfiguredOption>> ReadAsync(string path, CancellationToken cancellationToken)
    {
        try
        {
            var content = await BoundedFile.ReadAsync(path, MaxBytes, cancellationToken);
            return Parse(new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(content.Span).TrimStart('\ufeff'));
        }
        catch (ConfigurationException exception)
        {
            throw new ConfigurationException(
                $"{path}{(exception.Message.StartsWith("line ", StringComparison.Ordinal) ? ", " : ": ")}{exception.Message}",
                exception
            );
        }
        catch (YamlException exception)
        {
            throw new ConfigurationException($"{path}, line {exception.Start.Line}: it is not YAML.", exception);
        }
        catch (InventoryException exception)
        {
            throw new ConfigurationException($"{path}: {exception.Message}", exception);
        }
        catch (DecoderFallbackException exception)
        {
            throw new ConfigurationException($"{path}: it could not be read. Check that it is UTF-8 text.", exception);
        }
    }

    internal static IReadOnlyList<ConfiguredOption> Parse(string text)
    {
        var parser = new Parser(new StringReader(text));
        Next(parser);
        Next(parser);
        if (parser.Current is not DocumentStart)
        {
            return []; // Nothing but comments.
        }

        Next(parser);
        if (parser.Current is Scalar { Value: "" })
        {
            return [];
        }

        if (parser.Current is not MappingStart)
        {
            throw Fault(parser.Current, "a mapping from options to values is expected, e.g. fail-on: high");
        }

        var options = new List<ConfiguredOption>();
        for (Next(parser); parser.Current is not MappingEnd; Next(parser))
        {
            var key = parser.Current as Scalar ?? throw Fault(parser.Current, "a key is not a text");
            if (options.Exists(option => option.Key == key.Value))
            {
                throw Fault(key, $"{Quoted.Text(key.Value)} appears twice");
            }

            Next(parser);
            options.Add(ReadValue(parser, key));
        }

        return options;
    }

    private static ConfiguredOption ReadValue(Parser parser, Scalar key)
    {
        if (key.Value == Suppressions && parser.Current is SequenceStart)
        {
            Skip(parser);
            return new(key.Value, [], key.Start.Line, IsInline: true);
        }

        return new(
            key.Value,
            parser.Current switch
            {
                Scalar { Value.Length: > 0 } scalar => [scalar.Value],
                SequenceStart => List(parser),
                MappingStart => Pairs(parser),
                _ => throw Fault(parser.Current, $"{Quoted.Text(key.Value)} has no value"),
            },
            key.Start.Line
        );
    }

    private static List<string> List(Parser parser)
    {
        var values = new List<string>();
        for (Next(parser); parser.Current is not SequenceEnd; Next(parser))
        {
            values.Add(Text(parser));
        }

        return values;
    }

    private static List<string> Pairs(Parser parser)
    {
        var values = new List<string>();
        for (Next(parser); parser.Current is not MappingEnd; Next(parser))
        {
            var key = Text(parser);
            Next(parser);
            values.Add($"{key}={(parser.Current as Scalar ?? throw Fault(parser.Current, "a value is not a text")).Value}");
        }

        return values;
    }

    private static string Text(Parser parser) =>
        parser.Current is Scalar { Value.Length: > 0 } scalar ? scalar.Value : throw Fault(parser.Current, "a text is expected in a list");

    /// <summary>The suppressions have a reader of their own.</summary>
    private static void Skip(Parser parser)
    {
        for (var depth = 1; depth > 0; )
        {
            Next(parser);
            depth +=
                parser.Current is SequenceStart or MappingStart ? 1
                : parser.Current is SequenceEnd or MappingEnd ? -1
                : 0;
        }
    }

    private static void Next(Parser parser)
    {
        if (!parser.MoveNext())
        {
            throw new ConfigurationException("it ends in the middle");
        }

        if (parser.Current is AnchorAlias or NodeEvent { Anchor.IsEmpty: false } or NodeEvent { Tag.IsEmpty: false })
        {
            throw Fault(parser.Current, "anchors, aliases and tags are not allowed");
        }
    }

    private static ConfigurationException Fault(ParsingEvent? at, string what) => new($"line {at?.Start.Line ?? 0}: {what}.");
}
