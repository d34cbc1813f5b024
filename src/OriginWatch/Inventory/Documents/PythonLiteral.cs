using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;

namespace OriginWatch.Inventory.Documents;

/// <summary>What Python prints of a dictionary, e.g. of boto3's answer, as JSON. Nothing is evaluated: a call such as <c>datetime(…)</c>
/// becomes null.</summary>
internal sealed class PythonLiteral
{
    private const int MaxDepth = 100;

    private readonly PythonText _text;
    private readonly Utf8JsonWriter _writer;

    private PythonLiteral(PythonText text, Utf8JsonWriter writer)
    {
        _text = text;
        _writer = writer;
    }

    /// <summary>Null where the text is not one.</summary>
    public static ReadOnlyMemory<byte>? TryToJson(string text)
    {
        var json = new ArrayBufferWriter<byte>();
        try
        {
            using var writer = new Utf8JsonWriter(json);
            var python = new PythonText(text);
            new PythonLiteral(python, writer).Value(0);
            if (!python.IsAtEnd())
            {
                return null;
            }
        }
        catch (FormatException)
        {
            return null;
        }
        catch (ArgumentException)
        {
            return null; // Half a surrogate pair, which JSON cannot hold.
        }

        return json.WrittenMemory;
    }

    private void Value(int depth)
    {
        _text.SkipSpace();
        switch (_text.Current)
        {
            case '{':
                Dictionary(Inside(depth));
                break;
            case '[':
                List('[', ']', Inside(depth));
                break;
            case '(':
                List('(', ')', Inside(depth));
                break;
            case '\'' or '"':
                _writer.WriteStringValue(_text.Quoted());
                break;
            case '-' or (>= '0' and <= '9'):
                Number();
                break;
            default:
                Name();
                break;
        }
    }

    private static int Inside(int depth) => depth < MaxDepth ? depth + 1 : throw new FormatException();

    private void Dictionary(int depth)
    {
        _text.Take('{');
        _writer.WriteStartObject();
        while (!_text.TryTake('}'))
        {
            _text.SkipSpace();
            _writer.WritePropertyName(_text.Quoted());
            _text.Take(':');
            Value(depth);
            if (!_text.TryTake(','))
            {
                _text.Take('}');
                break;
            }
        }

        _writer.WriteEndObject();
    }

    private void List(char start, char end, int depth)
    {
        _text.Take(start);
        _writer.WriteStartArray();
        while (!_text.TryTake(end))
        {
            Value(depth);
            if (!_text.TryTake(','))
            {
                _text.Take(end);
                break;
            }
        }

        _writer.WriteEndArray();
    }

    private void Number()
    {
        var text = _text.While(character => char.IsAsciiLetterOrDigit(character) || character is '-' or '+' or '.');
        if (!decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number))
        {
            throw new FormatException();
        }

        _writer.WriteNumberValue(number);
    }

    /// <summary>True, False, None, or a call, whose arguments are passed over.</summary>
    private void Name()
    {
        switch (_text.While(character => char.IsAsciiLetterOrDigit(character) || character is '_' or '.'))
        {
            case "True":
                _writer.WriteBooleanValue(true);
                break;
            case "False":
                _writer.WriteBooleanValue(false);
                break;
            case "None":
                _writer.WriteNullValue();
                break;
            case { Length: > 0 } when _text.Current == '(':
                _text.SkipCall();
                _writer.WriteNullValue();
                break;
            default:
                throw new FormatException();
        }
    }
}
