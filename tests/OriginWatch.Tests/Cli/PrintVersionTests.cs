using OriginWatch.Cli;

namespace OriginWatch.Tests.Cli;

public class PrintVersionTests
{
    [Theory]
    [InlineData("1.1.0+6d05ef653a4d4826c215246cc75d6593b0caf7b3", "1.1.0+6d05ef653")]
    [InlineData("1.1.0+6d05ef653", "1.1.0+6d05ef653")]
    [InlineData("1.1.0", "1.1.0")]
    public void The_commit_is_shortened(string version, string expected) => PrintVersion.Short(version).ShouldBe(expected);

    [Fact]
    public async Task Says_version_and_packages()
    {
        await using var output = new StringWriter();
        (await CommandLine.RunAsync(["--version"], output, TextWriter.Null, TestContext.Current.CancellationToken)).ShouldBe(0);
        output
            .ToString()
            .Trim()
            .ShouldMatch(@"^originwatch \d+\.\d+\.\d+(\+[0-9a-f]{9})? \(built with the (AWS stand-ins|official AWS packages)\)$");
    }
}
