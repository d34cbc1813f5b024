using System.Globalization;
using System.Text;

namespace OriginWatch.Inventory.Documents;

/// <summary>The words of Python's literals, read from left to right. What is not one is a <see cref="FormatException"/>.</summary>
internal sealed class PythonText(string text)
{
    private int _at;

    /// <summary>NUL at the end.</summary>
    public char Current => _at < text.Length ? text[_at] : '\0';

    /// <summary>True where nothing but space is left.</summary>
    public bool IsAtEnd()
    {
        SkipSpace();
        return _at >= text.Length;
    }

    public string While(Func<char, bool> isPart)
    {
        var start = _at;
        while (isPart(Current))
        {
            _at++;
        }

        return text[start.._at];
    }

    /// <summary>From the opening parenthesis to the one that closes it.</summary>
    public void SkipCall()
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
                    Quoted();
                    break;
                case '\0':
                    throw new FormatException();
                default:
                    _at++;
                    break;
            }
        } while (open > 0);
    }

    /// <summary>One text, or several side by side, which Python joins.</summary>
    public string Quoted()
    {
        var quoted = new StringBuilder();
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
                    '\\' => Escaped(quoted),
                    var character => quoted.Append(character),
                };
            }

            _at++;
            SkipSpace();
        } while (Current is '\'' or '"');

        return quoted.ToString();
    }

    public bool TryTake(char character)
    {
        SkipSpace();
        if (Current != character)
        {
            return false;
        }

        _at++;
        return true;
    }

    public void Take(char character)
    {
        if (!TryTake(character))
        {
            throw new FormatException();
        }
    }

    public void SkipSpace()
    {
        while (Current is ' ' or '\t' or '\r' or '\n')
        {
            _at++;
        }
    }

    private StringBuilder Escaped(StringBuilder quoted)
    {
        _at++;
        return Current switch
        {
            'n' => quoted.Append('\n'),
            't' => quoted.Append('\t'),
            'r' => quoted.Append('\r'),
            'x' => quoted.Append(Code(2)),
            'u' => quoted.Append(Code(4)),
            'U' => quoted.Append(Code(8)),
            '\\' or '\'' or '"' => quoted.Append(Current),
            _ => throw new FormatException(),
        };
    }

    private string Code(int digits)
    {
        if (
            _at + digits >= text.Length
            || !int.TryParse(text.AsSpan(_at + 1, digits), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var code)
            || !Rune.IsValid(code)
        )
        {
            throw new FormatException();
        }

        _at += digits;
        return new Rune(code).ToString();
    }
}
