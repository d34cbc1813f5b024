using System.CommandLine;
using System.CommandLine.Invocation;
using System.Reflection;
using OriginWatch.Aws;

namespace OriginWatch.Cli;

/// <summary><c>--version</c>: the product's version, the commit it was built from, and the AWS packages it was built with.</summary>
internal sealed class PrintVersion : SynchronousCommandLineAction
{
    private const int CommitDigits = 9;

    /// <summary>What stands in front of the commit in the informational version.</summary>
    private const char Commit = '+';

    public override int Invoke(ParseResult parseResult)
    {
        var assembly = typeof(PrintVersion).Assembly;
        var version = Short(
            assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "of unknown version"
        );
        parseResult.InvocationConfiguration.Output.WriteLine($"originwatch {version} (built with {Packages(AwsPackages.Name)})");
        return ExitCode.Clean;
    }

    /// <summary>The version with the first digits of its commit; a build outside a repository has none.</summary>
    internal static string Short(string version)
    {
        var commit = version.IndexOf(Commit, StringComparison.Ordinal) + 1;
        return commit == 0 || version.Length - commit <= CommitDigits ? version : version[..(commit + CommitDigits)];
    }

    private static string Packages(string name) => name == "official" ? "the official AWS packages" : "the AWS stand-ins";
}
