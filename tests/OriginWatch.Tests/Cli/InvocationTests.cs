using OriginWatch.Cli;

namespace OriginWatch.Tests.Cli;

public class InvocationTests
{
    [Theory]
    [InlineData("/home/me/.dotnet/tools/originwatch", "/home/me/.dotnet/tools/x.dll", "/usr/bin:/home/me/.dotnet/tools", "originwatch")]
    [InlineData("/home/me/bin/originwatch", "/home/me/bin/x.dll", "/usr/bin", "bin/originwatch")]
    [InlineData("/home/me/originwatch", "/home/me/x.dll", "/usr/bin", "./originwatch")]
    [InlineData("/usr/bin/dotnet", "/home/me/out/OriginWatch.Cli.dll", "/usr/bin", "dotnet out/OriginWatch.Cli.dll")]
    [InlineData("/home/me/my files/OriginWatch.Cli", "/home/me/x.dll", "/usr/bin", "'my files/OriginWatch.Cli'")]
    [InlineData("/usr/bin/dotnet", null, "/usr/bin", "originwatch")]
    public void A_hint_can_be_typed_as_it_stands(string process, string? assembly, string path, string expected) =>
        Invocation.Of(process, assembly, "/home/me", path).ShouldBe(expected);

    [Fact]
    public void In_a_container_the_paths_are_nobodys() =>
        Invocation.Of("/app/originwatch", "/app/originwatch.dll", "/work", "/usr/bin", isContainer: true).ShouldBe("originwatch");
}
