using System.Text;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace OriginWatch.History;

/// <summary>The parser's events, with everything refused that a list an operator writes has no need of.</summary>
internal sealed class StrictYaml
{
    private readonly Parser _parser;

    private StrictYaml(string text)
    {
        _parser = new Parser(new StringReader(text));
        Next();
        Expect<StreamStart>("a stream");
    }

    /// <exception cref="FormatException">Not UTF-8.</exception>
    public static StrictYaml Of(ReadOnlyMemory<byte> content)
    {
        try
        {
            var strict = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);
            return new(strict.GetString(content.Span).TrimStart('\ufeff'));
        }
        catch (DecoderFallbackException exception)
        {
            throw new FormatException("it is not UTF-8", exception);
        }
    }

    /// <summary>False for a file that holds nothing but comments.</summary>
    public bool OpenDocument()
    {
        if (_parser.Current is StreamEnd)
        {
            return false;
        }

        Expect<DocumentStart>("a document");
        if (!TryTakeNull())
        {
            return true;
        }

        CloseDocumentOnly();
        return false;
    }

    public void CloseDocument()
    {
        Expect<MappingEnd>("nothing after the list");
        CloseDocumentOnly();
    }

    public T Expect<T>(string what)
        where T : ParsingEvent
    {
        var current = _parser.Current;
        if (current is not T expected)
        {
            throw Error(current, $"{what} is expected");
        }

        Next();
        return expected;
    }

    public bool TryTake<T>()
        where T : ParsingEvent
    {
        if (_parser.Current is not T)
        {
            return false;
        }

        Next();
        return true;
    }

    /// <summary>Passes over a value, whatever it is.</summary>
    public void SkipNode()
    {
        var depth = 0;
        do
        {
            depth +=
                _parser.Current is SequenceStart or MappingStart ? 1
                : _parser.Current is SequenceEnd or MappingEnd ? -1
                : 0;
            Next();
        } while (depth > 0);
    }

    public bool TryTakeNull()
    {
        if (_parser.Current is not Scalar { Style: ScalarStyle.Plain, Value: "" or "~" or "null" })
        {
            return false;
        }

        Next();
        return true;
    }

    public static FormatException Error(ParsingEvent? at, string what) => new($"line {at?.Start.Line ?? 0}: {what}");

    private void CloseDocumentOnly()
    {
        Expect<DocumentEnd>("the end of the document");
        Expect<StreamEnd>("one document only");
    }

    private void Next()
    {
        _parser.MoveNext();
        if (_parser.Current is AnchorAlias or NodeEvent { Anchor.IsEmpty: false })
        {
            throw Error(_parser.Current, "anchors and aliases are not allowed");
        }

        if (_parser.Current is NodeEvent { Tag.IsEmpty: false })
        {
            throw Error(_parser.Current, "tags are not allowed");
        }
    }
}
