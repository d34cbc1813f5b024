using System.IO.Compression;
using OriginWatch.Benchmarks.Measuring;
using OriginWatch.Benchmarks.Servers;

namespace OriginWatch.Benchmarks.Start;

/// <summary>Programs published from the sources beside this one. What they compile is kept beside the sources' other builds and shared:
/// most
/// of a publishing's time goes into compiling the same assemblies.</summary>
internal sealed class Published(WorkFolder folder)
{
    private const string Rid = "linux-x64";

    /// <summary>The folder above src/ and tests/; null when this program was moved away from its sources.</summary>
    public static string? Root
    {
        get
        {
            var root = new DirectoryInfo(AppContext.BaseDirectory);
            while (root is not null && !Directory.Exists(Path.Combine(root.FullName, "src", "OriginWatch.Cli")))
            {
                root = root.Parent;
            }

            return root?.FullName;
        }
    }

    /// <summary>The command line as one executable; gives its path.</summary>
    public async Task<string> CliAsync(Compiled compiled, CancellationToken cancellationToken)
    {
        var output = await PublishAsync(Path.Combine("src", "OriginWatch.Cli"), compiled, cancellationToken);
        return Path.Combine(output, "originwatch");
    }

    /// <summary>This program; gives the folder.</summary>
    public Task<string> BenchmarksAsync(Compiled compiled, CancellationToken cancellationToken) =>
        PublishAsync(
            Path.Combine("tests", "OriginWatch.Benchmarks"),
            compiled,
            cancellationToken,
            "-p:CopyOutputSymbolsToPublishDirectory=false" // valgrind cannot read the symbols
        );

    /// <summary>The function as it is deployed, but with the stand-ins for the AWS packages.</summary>
    public async Task<PublishedFunction> FunctionAsync(Compiled compiled, CancellationToken cancellationToken) =>
        new(await PublishAsync(Path.Combine("src", "OriginWatch.Aws"), compiled, cancellationToken, "-p:AllowStandInPublish=true"));

    public async Task<FileInfo> ZipAsync(PublishedFunction function, CancellationToken cancellationToken)
    {
        var zip = folder.File("function.zip");
        await ZipFile.CreateFromDirectoryAsync(
            function.Folder,
            zip,
            CompressionLevel.SmallestSize,
            includeBaseDirectory: false,
            cancellationToken
        );
        return new(zip);
    }

    /// <summary>Compressed bytes of each file of a zip, the largest first.</summary>
    public static async Task<IReadOnlyList<(string Name, long Packed, long Whole)>> SharesAsync(
        FileInfo zip,
        CancellationToken cancellationToken
    )
    {
        await using var archive = await ZipFile.OpenReadAsync(zip.FullName, cancellationToken);
        return
        [
            .. archive
                .Entries.Select(entry => (entry.Name, entry.CompressedLength, entry.Length))
                .OrderByDescending(entry => entry.CompressedLength),
        ];
    }

    /// <summary>Each way to compile has builds of its own: one that changed would have all others compiled again.</summary>
    private async Task<string> PublishAsync(
        string project,
        Compiled compiled,
        CancellationToken cancellationToken,
        params string[] properties
    )
    {
        var output = folder.File($"{Path.GetFileName(project)}-{compiled}");
        await Child.RunAsync(
            "dotnet",
            [
                "publish",
                Path.Combine(Root!, project),
                "--configuration",
                "Release",
                "--runtime",
                Rid,
                "--output",
                output,
                $"-p:ArtifactsPath={Path.Combine(Root!, ".artifacts", "benchmarks", compiled.ToString())}",
                "-p:RunAnalyzers=false",
                "--nologo",
                "-v",
                "quiet",
                .. Properties(compiled),
                .. properties,
            ],
            cancellationToken
        );
        return output;
    }

    private static string[] Properties(Compiled compiled) =>
        compiled switch
        {
            Compiled.Native => ["-p:PublishAot=true"],
            Compiled.Ahead => ["-p:PublishReadyToRun=true", "--no-self-contained"],
            _ => ["-p:PublishReadyToRun=false", "--no-self-contained"],
        };
}

/// <summary>When a program's methods become machine code.</summary>
internal enum Compiled
{
    AtRunTime,

    /// <summary>ReadyToRun, as the functions are deployed.</summary>
    Ahead,

    /// <summary>Native AOT.</summary>
    Native,
}
