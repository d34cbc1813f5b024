using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;

namespace OriginWatch.Inventory.Documents;

/// <summary>What Python prints of a dictionary, e.g. of boto3's answer, as JSON. Nothing is evaluated: a call such as <c>datetime(…)</c> becomes null.</summary>
internal sealed class PythonLiteral
{
    private const int MaxDepth = 100;

    private readonly string _text;
    private readonly Utf8JsonWriter _writer;
    private int _at;

    private PythonLiteral(string text, Utf8JsonWriter writer)
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
            var literal = new PythonLiteral(text, writer);
            literal.Value(0);
            literal.SkipSpace();
            if (literal._at < text.Length)
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

    private char Current => _at < _text.Length ? _text[_at] : '\0';

    private void Value(int depth)
    {
        SkipSpace();
        switch (Current)
        {
            case '{':
                Dictionary(Inside(depth));
                break;
            case '[':
                List(']', Inside(depth));
                break;
            case '(':
                List(')', Inside(depth));
                break;
            case '\'' or '"':
                _writer.WriteStringValue(Text());
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
        _at++;
        _writer.WriteStartObject();
        while (!TryTake('}'))
        {
            SkipSpace();
            _writer.WritePropertyName(Text());
            Take(':');
            Value(depth);
            if (!TryTake(','))
            {
                Take('}');
                break;
            }
        }

        _writer.WriteEndObject();
    }

    private void List(char end, int depth)
    {
        _at++;
        _writer.WriteStartArray();
        while (!TryTake(end))
        {
            Value(depth);
            if (!TryTake(','))
            {
                Take(end);
                break;
            }
        }

        _writer.WriteEndArray();
    }

    private void Number()
    {
        var start = _at;
        while (char.IsAsciiLetterOrDigit(Current) || Current is '-' or '+' or '.')
        {
            _at++;
        }

        if (!decimal.TryParse(_text.AsSpan(start, _at - start), NumberStyles.Float, CultureInfo.InvariantCulture, out var number))
        {
            throw new FormatException();
        }

        _writer.WriteNumberValue(number);
    }

    /// <summary>True, False, None, or a call, whose arguments are passed over.</summary>
    private void Name()
    {
        var start = _at;
        while (char.IsAsciiLetterOrDigit(Current) || Current is '_' or '.')
        {
            _at++;
        }

        switch (_text[start.._at])
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
            case { Length: > 0 } when Current == '(':
                SkipCall();
                _writer.WriteNullValue();
                break;
            default:
                throw new FormatException();
        }
    }

    private void SkipCall()
    {
        var open = 0;
        do
        {
            switch (Current)
            {
                case '(':
                    open++;
                    _at++;
                    break;
                case ')':
                    open--;
                    _at++;
                    break;
                case '\'' or '"':
                    Text();
                    break;
                case '\0':
                    throw new FormatException();
                default:
                    _at++;
                    break;
            }
        }
        while (open > 0);
    }

    /// <summary>One text, or several side by side, which Python joins.</summary>
    private string Text()
    {
        var text = new StringBuilder();
        do
        {
            var quote = Current;
            if (quote is not ('\'' or '"'))
            {
                throw new FormatException();
            }

            for (_at++; Current != quote; _at++)
            {
                _ = Current switch
                {
                    '\0' or '\n' => throw new FormatException(),
                    '\\' => Escaped(text),
                    var character => text.Append(character),
                };
            }

            _at++;
            SkipSpace();
        }
        while (Current is '\'' or '"');

        return text.ToString();
    }

    private StringBuilder Escaped(StringBuilder text)
    {
        _at++;
        return Current switch
        {
            'n' => text.Append('\n'),
            't' => text.Append('\t'),
            'r' => text.Append('\r'),
            'x' => text.Append(Code(2)),
            'u' => text.Append(Code(4)),
            'U' => text.Append(Code(8)),
            '\\' or '\'' or '"' => text.Append(Current),
            _ => throw new FormatException(),
        };
    }

    private string Code(int digits)
    {
        if (_at + digits >= _text.Length
            || !int.TryParse(_text.AsSpan(_at + 1, digits), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var code)
            || !Rune.IsValid(code))
        {
            throw new FormatException();
        }

        _at += digits;
        return new Rune(code).ToString();
    }

    private bool TryTake(char character)
    {
        SkipSpace();
        if (Current != character)
        {
            return false;
        }

        _at++;
        return true;
    }

    private void Take(char character)
    {
        if (!TryTake(character))
        {
            throw new FormatException();
        }
    }

    private void SkipSpace()
    {
        while (Current is ' ' or '\t' or '\r' or '\n')
        {
            _at++;
        }
    }
}
