using OriginWatch.Cli;

namespace OriginWatch.Tests.Cli;

/// <summary>What a command printed and how it ended.</summary>
internal sealed record ShellResult(int Code, string Output, string Error);

/// <summary>Runs the command line in process, with a folder of its own for files.</summary>
internal sealed class Shell : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("originwatch-");

    public async Task<ShellResult> RunAsync(params string[] args)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        var code = await CommandLine.RunAsync(args, output, error, TestContext.Current.CancellationToken);
        return new(code, output.ToString(), error.ToString());
    }

    public string PathOf(string name) => Path.Combine(_folder.FullName, name);

    public string Write(string name, string text)
    {
        File.WriteAllText(PathOf(name), text);
        return PathOf(name);
    }

    public void Dispose() => _folder.Delete(recursive: true);
}
