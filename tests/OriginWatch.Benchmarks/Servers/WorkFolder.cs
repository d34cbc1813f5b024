namespace OriginWatch.Benchmarks.Servers;

/// <summary>A folder for keys, settings and published programs, gone after the run.</summary>
internal sealed class WorkFolder : IDisposable
{
    private readonly string _path = Directory.CreateTempSubdirectory("originwatch-bench-").FullName;

    public string File(string name) => System.IO.Path.Combine(_path, name);

    public string Write(string name, string text)
    {
        System.IO.File.WriteAllText(File(name), text);
        return File(name);
    }

    public void Dispose() => Directory.Delete(_path, recursive: true);
}
