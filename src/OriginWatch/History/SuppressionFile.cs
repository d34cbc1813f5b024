using System.Globalization;
using OriginWatch.Audit;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace OriginWatch.History;

/// <summary>
/// Reads <c>suppressions.yaml</c>. Anything that is not exactly as documented makes the whole file void: half a list of exceptions would
/// mute or wake the wrong people.
/// It uses the event parser alone: no reflection, and anchors, aliases and tags are refused before anything could be expanded.
/// </summary>
public static class SuppressionFile
{
    public const int MaxBytes = 256 * 1024;
    private const int MaxEntries = 1000;
    private const int MaxValueLength = 500;
    private const string RootKey = "suppressions";
    private static readonly string[] Required = ["reason", "owner", "expires"];

    /// <summary>Never throws for what the file holds.</summary>
    /// <param name="content">The file.</param>
    /// <param name="amongOthers">True for a configuration file, which has other keys beside the suppressions.</param>
    public static SuppressionList Parse(ReadOnlyMemory<byte> content, bool amongOthers = false)
    {
        try
        {
            return content.Length > MaxBytes
                ? throw new FormatException($"it is longer than {MaxBytes / 1024} KiB")
                : new(Read(StrictYaml.Of(content), amongOthers), null);
        }
        catch (FormatException exception)
        {
            return Void(exception.Message);
        }
        catch (YamlException exception)
        {
            return Void($"line {exception.Start.Line}: {exception.Message}");
        }
    }

    private static SuppressionList Void(string reason) =>
        new([], $"The suppressions file is ignored as a whole, so nothing is suppressed: {reason}.");

    private static List<Suppression> Read(StrictYaml events, bool amongOthers)
    {
        var entries = new List<Suppression>();
        if (!events.OpenDocument())
        {
            return entries;
        }

        events.Expect<MappingStart>($"a mapping with the key \"{RootKey}\"");
        var key = events.Expect<Scalar>($"the key \"{RootKey}\"");
        while (amongOthers && key.Value != RootKey)
        {
            events.SkipNode();
            key = events.Expect<Scalar>($"the key \"{RootKey}\"");
        }

        if (key.Value != RootKey)
        {
            throw StrictYaml.Error(key, $"\"{Shown(key.Value)}\" found where \"{RootKey}\" is expected");
        }

        if (events.TryTakeNull())
        {
            events.CloseDocument();
            return entries;
        }

        events.Expect<SequenceStart>("a list of entries");
        while (!events.TryTake<SequenceEnd>())
        {
            entries.Add(ReadEntry(events));
            if (entries.Count > MaxEntries)
            {
                throw new FormatException($"it has more than {MaxEntries} entries");
            }
        }

        while (amongOthers && events.TryTake<Scalar>())
        {
            events.SkipNode();
        }

        events.CloseDocument();
        return entries;
    }

    private static Suppression ReadEntry(StrictYaml events)
    {
        var start = events.Expect<MappingStart>("an entry with keys and values");
        var values = new Dictionary<string, Scalar>(StringComparer.Ordinal);
        while (!events.TryTake<MappingEnd>())
        {
            var key = events.Expect<Scalar>("a key");
            var value = events.Expect<Scalar>($"one value for \"{Shown(key.Value)}\"");
            if (key.Value is not ("distribution" or "origin" or "rule" or "reason" or "owner" or "expires"))
            {
                throw StrictYaml.Error(key, $"\"{Shown(key.Value)}\" is not a key of an entry");
            }

            if (string.IsNullOrWhiteSpace(value.Value) || value.Value.Length > MaxValueLength)
            {
                throw StrictYaml.Error(value, $"\"{key.Value}\" is empty or longer than {MaxValueLength} characters");
            }

            if (!values.TryAdd(key.Value, value))
            {
                throw StrictYaml.Error(key, $"\"{key.Value}\" appears twice in an entry");
            }
        }

        return Build(events, start, values);
    }

    private static Suppression Build(StrictYaml events, MappingStart start, Dictionary<string, Scalar> values)
    {
        var missing = Required.Where(key => !values.ContainsKey(key)).ToList();
        if (missing.Count > 0)
        {
            throw StrictYaml.Error(start, $"an entry lacks {string.Join(" and ", missing)}");
        }

        if (
            !DateOnly.TryParseExact(
                values["expires"].Value,
                "yyyy-MM-dd",
                CultureInfo.InvariantCulture,
                DateTimeStyles.None,
                out var expires
            )
        )
        {
            throw StrictYaml.Error(values["expires"], "\"expires\" is not a date such as 2027-01-31");
        }

        var entry = new Suppression
        {
            Distribution = values.GetValueOrDefault("distribution")?.Value ?? Suppression.Everything,
            Origin = values.GetValueOrDefault("origin")?.Value ?? Suppression.Everything,
            Rule = values.GetValueOrDefault("rule")?.Value ?? Suppression.Everything,
            Reason = values["reason"].Value,
            Owner = values["owner"].Value,
            Expires = expires,
            Line = (int)start.Start.Line,
        };
        return new[] { entry.Distribution, entry.Origin, entry.Rule }.All(pattern => pattern.All(character => character == '*'))
            ? throw StrictYaml.Error(start, "an entry names no distribution, origin or rule, so it would suppress everything")
            : entry;
    }

    private static string Shown(string text) => text.Length > 40 ? text[..40] : text;
}
