using System.IO.Compression;
using System.Text.Json;
using OriginWatch.Trust;

namespace OriginWatch.Conformance;

/// <summary>
/// Arguments to a run: <c>limbo FILE.json[.gz] [--only PREFIX] [--results OUT.json]</c>, <c>s2n FILE.json[.gz] [--results OUT.json]</c>
/// or <c>names FILE.json [--results OUT.json]</c>.
/// </summary>
public static class CommandLine
{
    private const int Passed = 0;
    private const int CouldNot = 1;
    private const int WrongUsage = 2;
    private const int Failed = 3;

    public static int Run(IReadOnlyList<string> arguments, TextWriter output, TextWriter error, TimeProvider clock)
    {
        if (Options.Parse(arguments) is not { } options)
        {
            error.WriteLine(
                "usage: limbo FILE.json[.gz] [--only PREFIX] [--results OUT.json] [--verbose]\n       s2n FILE.json[.gz] [--only PREFIX] [--results OUT.json] [--verbose]\n       names FILE.json[.gz] [--results OUT.json] [--verbose]"
            );
            return WrongUsage;
        }

        try
        {
            return options.Kind switch
            {
                "limbo" => RunLimbo(options, output, clock),
                "s2n" => RunS2n(options, output, clock),
                _ => RunNames(options, output),
            };
        }
        catch (Exception exception) when (exception is IOException or JsonException or UnauthorizedAccessException or InvalidDataException)
        {
            error.WriteLine($"{options.File}: {exception.Message}");
            return CouldNot;
        }
    }

    private static int RunLimbo(Options options, TextWriter output, TimeProvider clock)
    {
        using var stream = Open(options.File);
        var file = JsonSerializer.Deserialize(stream, VectorJson.Default.LimboFile) ?? throw new JsonException("the file is empty");
        var now = clock.GetUtcNow();
        var score = new Score();
        var results = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var limbo in file.Cases.Where(limbo => limbo.Id.StartsWith(options.Only, StringComparison.Ordinal)))
        {
            var (result, reason) = LimboRunner.Run(limbo, now);
            results[limbo.Id] = result.ToString().ToUpperInvariant();
            score.Add(
                LimboNamespace(limbo.Id),
                limbo.Id,
                result == LimboResult.Skipped ? null : result == LimboResult.Success,
                limbo.ExpectedResult == "SUCCESS",
                reason
            );
        }

        Save(options.Results, results, VectorJson.Default.DictionaryStringString);
        return Finish(score, options, output);
    }

    private static int RunS2n(Options options, TextWriter output, TimeProvider clock)
    {
        using var stream = Open(options.File);
        var chains = JsonSerializer.Deserialize(stream, VectorJson.Default.ListS2nCase) ?? throw new JsonException("the file is empty");
        var now = clock.GetUtcNow();
        var score = new Score();
        var results = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var chain in chains.Where(chain => chain.Id.StartsWith(options.Only, StringComparison.Ordinal)))
        {
            var (isAccepted, reason) = S2nRunner.Run(chain, chain.ValidationTime ?? now);
            results[chain.Id] = isAccepted ? "ACCEPT" : "REJECT";
            score.Add(
                chain.Tier ?? "chains",
                chain.Id,
                chain.Expected is null ? null : isAccepted,
                string.Equals(chain.Expected, "accept", StringComparison.OrdinalIgnoreCase),
                reason
            );
        }

        Save(options.Results, results, VectorJson.Default.DictionaryStringString);
        return Finish(score, options, output);
    }

    private static int RunNames(Options options, TextWriter output)
    {
        using var stream = Open(options.File);
        var vectors = JsonSerializer.Deserialize(stream, VectorJson.Default.ListNameVector) ?? throw new JsonException("the file is empty");
        var score = new Score();
        var results = new List<bool>();
        foreach (var vector in vectors)
        {
            var isMatch = HostName.Match(vector.Dns, vector.Ips, vector.Reference).IsMatch;
            results.Add(isMatch);
            score.Add(
                vector.Disputed ? $"{vector.Suite} (disputed)" : vector.Suite,
                $"{vector.Reference} ~ {string.Join(' ', vector.Dns.Concat(vector.Ips))}",
                isMatch,
                vector.Expected,
                vector.Note,
                counts: !vector.Disputed
            );
        }

        Save(options.Results, results, VectorJson.Default.ListBoolean);
        return Finish(score, options, output);
    }

    private static int Finish(Score score, Options options, TextWriter output)
    {
        score.Write(output, options.IsVerbose);
        return score.Failed == 0 ? Passed : Failed;
    }

    /// <summary>The first part of the id, and the second of the bettertls suites, which are suites of their own.</summary>
    private static string LimboNamespace(string id)
    {
        var parts = id.Split("::");
        return parts[0] == "bettertls" && parts.Length > 2 ? $"{parts[0]}::{parts[1]}" : parts[0];
    }

    private static Stream Open(string file)
    {
        var stream = File.OpenRead(file);
        return file.EndsWith(".gz", StringComparison.OrdinalIgnoreCase) ? new GZipStream(stream, CompressionMode.Decompress) : stream;
    }

    private static void Save<T>(string? path, T results, System.Text.Json.Serialization.Metadata.JsonTypeInfo<T> type)
    {
        if (path is not null)
        {
            File.WriteAllText(path, JsonSerializer.Serialize(results, type) + "\n");
        }
    }

    private sealed record Options(string Kind, string File, string Only, string? Results, bool IsVerbose)
    {
        public static Options? Parse(IReadOnlyList<string> arguments)
        {
            if (arguments.Count < 2 || arguments[0] is not ("limbo" or "s2n" or "names"))
            {
                return null;
            }

            var options = new Options(arguments[0], arguments[1], "", null, false);
            for (var index = 2; index < arguments.Count; index++)
            {
                var next = index + 1 < arguments.Count ? arguments[index + 1] : null;
                switch (arguments[index], next)
                {
                    case ("--only", { } prefix):
                        (options, index) = (options with { Only = prefix }, index + 1);
                        break;
                    case ("--results", { } path):
                        (options, index) = (options with { Results = path }, index + 1);
                        break;
                    case ("--verbose", _):
                        options = options with { IsVerbose = true };
                        break;
                    default:
                        return null;
                }
            }

            return options;
        }
    }
}
