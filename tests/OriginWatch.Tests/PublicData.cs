namespace OriginWatch.Tests;

/// <summary>
/// Published test data that is not in the repository: in the folder that ORIGINWATCH_TEST_DATA names, or in <c>shared/data</c>
/// beside the repository or above it.
/// </summary>
internal static class PublicData
{
    /// <summary>The path of a file or folder; skips the test where it is not here.</summary>
    public static string Find(params string[] name)
    {
        var path = Path.Combine(name);
        var found = Folders().Select(folder => Path.Combine(folder, path)).FirstOrDefault(Path.Exists);
        Assert.SkipWhen(found is null, $"{path} is not here: ORIGINWATCH_TEST_DATA may name the folder that holds it");
        return found!;
    }

    private static IEnumerable<string> Folders()
    {
        if (Environment.GetEnvironmentVariable("ORIGINWATCH_TEST_DATA") is { Length: > 0 } named)
        {
            yield return named;
        }

        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            yield return Path.Combine(folder.FullName, "shared", "data");
        }
    }
}
