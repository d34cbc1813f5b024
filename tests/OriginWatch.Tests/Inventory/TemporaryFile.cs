namespace OriginWatch.Tests.Inventory;

/// <summary>A file of its own folder that is gone after the test.</summary>
internal sealed class TemporaryFile : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("originwatch-tests-");

    public TemporaryFile(byte[] content, string name = "distributions.json")
    {
        Path = System.IO.Path.Combine(_folder.FullName, name);
        File.WriteAllBytes(Path, content);
    }

    public TemporaryFile(string content, string name = "distributions.json")
        : this(System.Text.Encoding.UTF8.GetBytes(content), name) { }

    public string Path { get; }

    public string Folder => _folder.FullName;

    public void Dispose() => _folder.Delete(recursive: true);
}
