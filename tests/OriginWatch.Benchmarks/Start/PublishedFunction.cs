using System.Globalization;
using OriginWatch.Benchmarks.Measuring;
using OriginWatch.Benchmarks.Servers;

namespace OriginWatch.Benchmarks.Start;

/// <summary>
/// A published function and, beside it, this program published in the same way: the runtime is started as Lambda starts it, with
/// the function's own runtimeconfig.json and deps.json, and this program stands in for Lambda's.
/// </summary>
internal sealed record PublishedFunction(string Folder)
{
    private const string Name = "OriginWatch.Aws";

    /// <summary>Takes the program from its own folder.</summary>
    public PublishedFunction With(string hostFolder)
    {
        File.Copy(Path.Combine(hostFolder, Child.Program), Path.Combine(Folder, Child.Program));
        return this;
    }

    /// <summary>The command line that runs <paramref name="worker"/> of this program on the function's assemblies.</summary>
    public IReadOnlyList<string> Command(AwsAnswers aws, string worker, int port) =>
        [
            "env",
            "TOPIC_ARN=arn:aws:sns:us-east-1:123456789012:originwatch",
            "AWS_REGION=us-east-1",
            "AWS_ACCESS_KEY_ID=BENCH",
            "AWS_SECRET_ACCESS_KEY=bench",
            $"AWS_ENDPOINT_URL={aws.Url}",
            "dotnet",
            "exec",
            "--runtimeconfig",
            InFolder($"{Name}.runtimeconfig.json"),
            "--depsfile",
            InFolder($"{Name}.deps.json"),
            InFolder(Child.Program),
            worker,
            port.ToString(CultureInfo.InvariantCulture),
        ];

    private string InFolder(string file) => Path.Combine(Folder, file);
}
