using System.CommandLine;
using System.CommandLine.Invocation;
using System.Reflection;
using OriginWatch.Aws;

namespace OriginWatch.Cli;

/// <summary><c>--version</c>: the product's, and which AWS packages it was built on.</summary>
internal sealed class PrintVersion : SynchronousCommandLineAction
{
    public override int Invoke(ParseResult parseResult)
    {
        var version = typeof(PrintVersion).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0];
        parseResult.InvocationConfiguration.Output.WriteLine($"originwatch {version} (AWS packages: {AwsPackages.Name})");
        return ExitCode.Clean;
    }
}
