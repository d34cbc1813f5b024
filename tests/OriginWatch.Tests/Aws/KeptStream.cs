using System.Text;
using System.Text.Json;

namespace OriginWatch.Tests.Aws;

/// <summary>A standard output that can be read after the function closed it.</summary>
internal sealed class KeptStream : MemoryStream
{
    public string Text() => Encoding.UTF8.GetString(ToArray());

    public IReadOnlyList<JsonDocument> Lines() =>
        [.. Text().Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonDocument.Parse(line))];
}
