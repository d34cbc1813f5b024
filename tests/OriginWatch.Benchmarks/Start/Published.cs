using System.IO.Compression;
using OriginWatch.Benchmarks.Measuring;
using OriginWatch.Benchmarks.Servers;

namespace OriginWatch.Benchmarks.Start;

/// <summary>Programs published from the sources beside this one.</summary>
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
    public async Task<string> CliAsync(string name, CancellationToken cancellationToken, params string[] properties)
    {
        await PublishAsync("OriginWatch.Cli", name, properties, cancellationToken);
        return Path.Combine(folder.File(name), "originwatch");
    }

    /// <summary>This program; gives the folder.</summary>
    public async Task<string> BenchmarksAsync(string name, CancellationToken cancellationToken, params string[] properties)
    {
        await PublishAsync(Path.Combine("..", "tests", "OriginWatch.Benchmarks"), name, properties, cancellationToken);
        return folder.File(name);
    }

    /// <summary>The function as it is deployed, but with the stand-ins for the AWS packages; gives the folder.</summary>
    public async Task<PublishedFunction> FunctionAsync(string name, CancellationToken cancellationToken, params string[] properties)
    {
        await PublishAsync("OriginWatch.Aws", name, ["-p:AllowStandInPublish=true", .. properties], cancellationToken);
        return new(folder.File(name));
    }

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

    private Task<Finished> PublishAsync(string project, string name, IEnumerable<string> properties, CancellationToken cancellationToken) =>
        Child.RunAsync(
            "dotnet",
            [
                "publish",
                Path.Combine(Root!, "src", project),
                "--configuration",
                "Release",
                "--runtime",
                Rid,
                "--output",
                folder.File(name),
                $"-p:ArtifactsPath={folder.File($"{name}-build")}",
                "-p:RunAnalyzers=false",
                "--nologo",
                "-v",
                "quiet",
                .. properties,
            ],
            cancellationToken
        );
}
