using System.Text.Json;
using OriginWatch.Cli;

namespace OriginWatch.Tests.Cli;

public sealed class DemoCommandTests : IDisposable
{
    private readonly Shell _shell = new();

    [Fact]
    public async Task Every_verdict_is_the_expected_one_and_both_files_are_written()
    {
        var result = await _shell.RunAsync("demo", "--output", _shell.PathOf("out"));
        result.Error.ShouldBeEmpty();
        result.Code.ShouldBe(ExitCode.Clean);
        result.Output.ShouldContain("originwatch scan --inventory distributions.json");
        using var json = JsonDocument.Parse(
            await File.ReadAllTextAsync(_shell.PathOf("out/report.json"), TestContext.Current.CancellationToken)
        );
        json.RootElement.GetProperty("totals").GetProperty("origins").GetInt32().ShouldBe(16);
        (await File.ReadAllTextAsync(_shell.PathOf("out/report.html"), TestContext.Current.CancellationToken)).ShouldContain(
            "11 of 16 origins fail"
        );
    }

    public void Dispose() => _shell.Dispose();
}
