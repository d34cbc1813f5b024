namespace OriginWatch.Tests.Reporting;

/// <summary>The start tags of a page, by a scanner that knows quotes, as a browser would see them. Style and script are set
/// apart.</summary>
internal sealed class HtmlPage
{
    public HtmlPage(string html)
    {
        Style = Between(html, "<style>", "</style>");
        Script = Between(html, "<script>", "</script>");
        Body = html.Replace(Style, "", StringComparison.Ordinal).Replace(Script, "", StringComparison.Ordinal);
        Tags = [.. Scan(Body)];
    }

    public string Style { get; }

    public string Script { get; }

    /// <summary>Everything but the style and the script.</summary>
    public string Body { get; }

    public IReadOnlyList<(string Name, IReadOnlyDictionary<string, string> Attributes)> Tags { get; }

    public IEnumerable<string> Values(string attribute) =>
        Tags.Where(tag => tag.Attributes.ContainsKey(attribute)).Select(tag => tag.Attributes[attribute]);

    private static string Between(string text, string start, string end)
    {
        var from = text.IndexOf(start, StringComparison.Ordinal) + start.Length;
        return text[from..text.IndexOf(end, from, StringComparison.Ordinal)];
    }

    private static IEnumerable<(string Name, IReadOnlyDictionary<string, string> Attributes)> Scan(string html)
    {
        for (var i = html.IndexOf('<', StringComparison.Ordinal); i >= 0; i = html.IndexOf('<', i + 1))
        {
            if (!char.IsAsciiLetter(html[i + 1]))
            {
                continue;
            }

            var (quote, end) = ('\0', i + 1);
            for (; quote != '\0' || html[end] != '>'; end++)
            {
                quote =
                    quote == html[end] ? '\0'
                    : quote == '\0' && html[end] is '"' or '\'' ? html[end]
                    : quote;
            }

            var tag = html[(i + 1)..end];
            var name = new string([.. tag.TakeWhile(char.IsAsciiLetterOrDigit)]);
            yield return (name.ToLowerInvariant(), Attributes(tag[name.Length..]));
            i = end;
        }
    }

    private static Dictionary<string, string> Attributes(string text)
    {
        var attributes = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        for (var rest = text.TrimStart(); rest.Length > 0 && rest != "/"; )
        {
            var name = new string([.. rest.TakeWhile(letter => letter is not ('=' or ' ' or '/'))]);
            rest = rest[name.Length..].TrimStart();
            var value = rest.StartsWith("=\"", StringComparison.Ordinal) ? rest[2..rest.IndexOf('"', 2)] : "";
            rest = rest[(rest.StartsWith('=') ? value.Length + 3 : 0)..].TrimStart();
            attributes.Add(name, value);
        }

        return attributes;
    }
}
