using System.Runtime.CompilerServices;

namespace OriginWatch.Tests;

/// <summary>Compares a text with the one that somebody has read and approved. With ORIGINWATCH_APPROVE=1 the text at hand is written
/// instead, to be read in the diff.</summary>
internal static class Approved
{
    public static void ShouldBeApproved(this string text, string name, [CallerFilePath] string test = "") =>
        text.ShouldBeCheckedIn(Path.Combine("approved", name), test);

    /// <param name="text">As it is generated now.</param>
    /// <param name="relative">The file, from the folder of the test.</param>
    /// <param name="test">The test's own file.</param>
    public static void ShouldBeCheckedIn(this string text, string relative, [CallerFilePath] string test = "")
    {
        var path = Path.GetFullPath(Path.Combine(Path.GetDirectoryName(test)!, relative));
        if (Environment.GetEnvironmentVariable("ORIGINWATCH_APPROVE") == "1")
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllText(path, text);
        }

        File.Exists(path).ShouldBeTrue($"{path} does not exist; approve it with ORIGINWATCH_APPROVE=1");
        text.ShouldBe(File.ReadAllText(path).ReplaceLineEndings("\n"));
    }
}
