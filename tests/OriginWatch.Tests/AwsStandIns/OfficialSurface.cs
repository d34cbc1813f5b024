using System.Text.RegularExpressions;

namespace OriginWatch.Tests.AwsStandIns;

/// <summary>The list of official members, read from the file beside this one.</summary>
internal sealed partial class OfficialSurface
{
    private readonly Dictionary<string, List<string>> _sections = new(StringComparer.Ordinal);

    public IEnumerable<string> Signatures => _sections["Signatures"];

    public IEnumerable<string> WireValues =>
        _sections["Amazon.CloudFront"]
            .SelectMany(line =>
                WireValue()
                    .Matches(line)
                    .Select(match =>
                        $"{line[..line.IndexOf(':', StringComparison.Ordinal)]}.{match.Groups["name"].Value}={match.Groups["value"].Value}"
                    )
            );

    public static OfficialSurface Read()
    {
        var surface = new OfficialSurface();
        var section = new List<string>();
        foreach (var line in File.ReadLines(Path.Combine(AppContext.BaseDirectory, "AwsStandIns", "aws-api-surface.txt")))
        {
            if (line.StartsWith("## ", StringComparison.Ordinal))
            {
                surface._sections[line[3..]] = section = [];
            }
            else if (line.Length > 0 && line[0] != '#')
            {
                section.Add(line);
            }
        }

        return surface;
    }

    public IEnumerable<string> Classes(string modelNamespace) =>
        _sections[modelNamespace].Select(line => line[..line.IndexOf(':', StringComparison.Ordinal)]);

    /// <summary><c>Class.Member:type</c>, with <c>!</c> for an obsolete one.</summary>
    public IEnumerable<string> Members(string modelNamespace) =>
        from line in _sections[modelNamespace]
        let parts = line.Split(": ", 2)
        from member in parts[1].Split(", ")
        let name = member.TrimEnd('*', '!').Split(':')[0]
        let type = member.TrimEnd('*', '!').Split(':').ElementAtOrDefault(1) ?? name
        select $"{parts[0]}.{name}:{type}{(member.Contains('!', StringComparison.Ordinal) ? "!" : "")}";

    /// <summary>A type in the notation of the list.</summary>
    public static string Short(Type type) =>
        type == typeof(string) ? "s"
        : type == typeof(bool?) ? "b"
        : type == typeof(int?) ? "i"
        : type == typeof(int) ? "int"
        : type.IsGenericType && type.GetGenericTypeDefinition() == typeof(List<>) ? $"L<{Short(type.GetGenericArguments()[0])}>"
        : type.IsGenericType && type.GetGenericTypeDefinition() == typeof(Dictionary<,>) ? $"D<{Short(type.GetGenericArguments()[1])}>"
        : type.Name;

    [GeneratedRegex("(?<name>\\w+)=\"(?<value>[^\"]+)\"", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex WireValue();
}
