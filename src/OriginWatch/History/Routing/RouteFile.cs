using System.Text.RegularExpressions;
using OriginWatch.Inventory.Organization;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace OriginWatch.History.Routing;

/// <summary>
/// Reads <c>routes.yaml</c>. Anything that is not exactly as documented makes the whole file void: with half a table, mails would go to the
/// wrong people.
/// As <see cref="SuppressionFile"/>, it uses the event parser alone.
/// </summary>
public static partial class RouteFile
{
    public const int MaxBytes = 256 * 1024;

    /// <summary>In the place of an ARN.</summary>
    public const string DefaultTopic = "default";

    private const int MaxRoutes = 500;
    private const int MaxTopics = 50;
    private const int MaxValues = 500;
    private const int MaxValueLength = 300;
    private const int MaxNameLength = 40;
    private const string RootKey = "routes";
    private static readonly string[] Required = ["name", "topic"];
    private static readonly string[] Criteria = ["account", "path", "distribution", "alias", "tag"];

    /// <summary>Never throws for what the file holds.</summary>
    /// <param name="content">The file.</param>
    /// <param name="defaultTopic">The ARN of the default topic, where it is known: a route to it is one to
    /// <see cref="DefaultTopic"/>.</param>
    public static RouteTable Parse(ReadOnlyMemory<byte> content, string? defaultTopic = null)
    {
        try
        {
            return content.Length > MaxBytes
                ? throw new FormatException($"it is longer than {MaxBytes / 1024} KiB")
                : new(Checked(Read(StrictYaml.Of(content), defaultTopic)), null);
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

    private static RouteTable Void(string reason) =>
        new([], $"The routes file is ignored as a whole, so every mail goes to the default topic: {reason}.") { Fault = reason };

    private static List<Route> Read(StrictYaml events, string? defaultTopic)
    {
        var routes = new List<Route>();
        if (!events.OpenDocument())
        {
            return routes;
        }

        events.Expect<MappingStart>($"a mapping with the key \"{RootKey}\"");
        var key = events.Expect<Scalar>($"the key \"{RootKey}\"");
        if (key.Value != RootKey)
        {
            throw StrictYaml.Error(key, $"\"{Shown(key.Value)}\" found where \"{RootKey}\" is expected");
        }

        if (!events.TryTakeNull())
        {
            events.Expect<SequenceStart>("a list of routes");
            while (!events.TryTake<SequenceEnd>())
            {
                routes.Add(ReadRoute(events, defaultTopic));
            }
        }

        events.CloseDocument();
        return routes;
    }

    private static List<Route> Checked(List<Route> routes)
    {
        var twice = routes.GroupBy(route => route.Name, StringComparer.OrdinalIgnoreCase).FirstOrDefault(group => group.Count() > 1);
        var topics = routes.Select(route => route.Topic).OfType<string>().Distinct(StringComparer.Ordinal).Count();
        return twice?.ToList() is [var first, var second, ..]
                ? throw new FormatException($"line {second.Line}: the name \"{second.Name}\" is taken by the route in line {first.Line}")
            : routes.Count > MaxRoutes ? throw new FormatException($"it has more than {MaxRoutes} routes")
            : topics > MaxTopics ? throw new FormatException($"its routes lead to {topics} topics; {MaxTopics} are allowed")
            : routes;
    }

    private static Route ReadRoute(StrictYaml events, string? defaultTopic)
    {
        var start = events.Expect<MappingStart>("a route with keys and values");
        var values = new Dictionary<string, IReadOnlyList<Scalar>>(StringComparer.Ordinal);
        while (!events.TryTake<MappingEnd>())
        {
            var key = events.Expect<Scalar>("a key");
            if (!Required.Contains(key.Value, StringComparer.Ordinal) && !Criteria.Contains(key.Value, StringComparer.Ordinal))
            {
                throw StrictYaml.Error(
                    key,
                    $"\"{Shown(key.Value)}\" is not a key of a route{Named(values)}; use name, topic, {string.Join(", ", Criteria)}"
                );
            }

            if (!values.TryAdd(key.Value, ReadValues(events, key.Value)))
            {
                throw StrictYaml.Error(key, $"\"{key.Value}\" appears twice in a route{Named(values)}");
            }
        }

        return Build(start, values, defaultTopic);
    }

    /// <summary>One value, or a list of them for a criterion.</summary>
    private static List<Scalar> ReadValues(StrictYaml events, string key)
    {
        var values = new List<Scalar>();
        if (Criteria.Contains(key, StringComparer.Ordinal) && events.TryTake<SequenceStart>())
        {
            while (!events.TryTake<SequenceEnd>())
            {
                values.Add(events.Expect<Scalar>($"a value in the list of \"{key}\""));
            }
        }
        else
        {
            values.Add(events.Expect<Scalar>($"one value for \"{key}\""));
        }

        return values.Count > MaxValues ? throw StrictYaml.Error(values[MaxValues], $"\"{key}\" has more than {MaxValues} values")
            : values.Find(value => string.IsNullOrWhiteSpace(value.Value) || value.Value.Length > MaxValueLength) is { } wrong
                ? throw StrictYaml.Error(wrong, $"\"{key}\" is empty or longer than {MaxValueLength} characters")
            : values;
    }

    private static Route Build(MappingStart start, Dictionary<string, IReadOnlyList<Scalar>> values, string? defaultTopic)
    {
        var missing = Required.Where(key => !values.ContainsKey(key)).ToList();
        if (missing.Count > 0)
        {
            throw StrictYaml.Error(start, $"a route lacks {string.Join(" and ", missing)}{Named(values)}");
        }

        if (!Criteria.Any(key => values.GetValueOrDefault(key) is { Count: > 0 }))
        {
            throw StrictYaml.Error(start, $"a route{Named(values)} has none of {string.Join(", ", Criteria)}, so it would take everything");
        }

        if (values["name"][0].Value.Length > MaxNameLength || !values["name"][0].Value.All(character => character is >= ' ' and <= '~'))
        {
            throw StrictYaml.Error(values["name"][0], $"\"name\" takes up to {MaxNameLength} printable ASCII characters");
        }

        return new()
        {
            Name = values["name"][0].Value,
            Topic = TopicOf(values["topic"][0], defaultTopic, Named(values)),
            Accounts = Valid(values, "account", AccountFilter.IsAccountId, "an account id of 12 digits"),
            Paths = Valid(
                values,
                "path",
                entry => !AccountFilter.IsAccountId(entry) && AccountFilter.IsValid(entry),
                "an organizational unit, such as r-ab12/ou-ab12-11111111"
            ),
            Distributions = Valid(
                values,
                "distribution",
                entry => entry.All(char.IsAsciiLetterOrDigit),
                "a distribution id, such as E2EXAMPLE"
            ),
            Aliases = Valid(values, "alias", _ => true, "an alternate domain name"),
            Tags = Valid(values, "tag", entry => entry.IndexOf('=', StringComparison.Ordinal) > 0, "KEY=VALUE, such as team=shop"),
            Line = (int)start.Start.Line,
        };
    }

    private static string[] Valid(Dictionary<string, IReadOnlyList<Scalar>> values, string key, Func<string, bool> isValid, string what) =>
        values.GetValueOrDefault(key) is not { } given ? []
        : given.FirstOrDefault(value => !isValid(value.Value)) is { } wrong
            ? throw StrictYaml.Error(wrong, $"\"{key}\" takes {what}, not \"{Shown(wrong.Value)}\"{Named(values)}")
        : [.. given.Select(value => value.Value)];

    private static string? TopicOf(Scalar topic, string? defaultTopic, string named) =>
        topic.Value == DefaultTopic || topic.Value == defaultTopic ? null
        : TopicArn().IsMatch(topic.Value) ? topic.Value
        : throw StrictYaml.Error(
            topic,
            $"\"topic\" takes the ARN of a standard SNS topic, or {DefaultTopic}, not \"{Shown(topic.Value)}\"{named}"
        );

    /// <summary>For a message: "" where the name is not known yet.</summary>
    private static string Named(Dictionary<string, IReadOnlyList<Scalar>> values) =>
        values.GetValueOrDefault("name") is [var name, ..] ? $" (route \"{Shown(name.Value)}\")" : "";

    private static string Shown(string text) => text.Length > 60 ? text[..60] : text;

    /// <summary>https://docs.aws.amazon.com/sns/latest/api/API_CreateTopic.html; a FIFO topic sends no e-mail.</summary>
    [GeneratedRegex("^arn:aws[a-z-]*:sns:[a-z0-9-]+:[0-9]{12}:[A-Za-z0-9_-]{1,256}\\z", RegexOptions.None, 1000)]
    private static partial Regex TopicArn();
}
