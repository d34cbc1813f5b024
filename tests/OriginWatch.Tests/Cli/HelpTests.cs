using System.CommandLine;
using OriginWatch.Cli;

namespace OriginWatch.Tests.Cli;

public sealed class HelpTests : IDisposable
{
    private const string Program = "originwatch ";
    private readonly Shell _shell = new();

    public static TheoryData<string> Commands => [.. CommandLine.Create().Subcommands.Select(command => command.Name)];

    [Theory]
    [MemberData(nameof(Commands))]
    public async Task Every_command_has_help_with_an_example(string name)
    {
        var result = await _shell.RunAsync(name, "--help");
        result.Code.ShouldBe(ExitCode.Clean);
        result.Output.ShouldContain("Example");
    }

    [Theory]
    [MemberData(nameof(Commands))]
    public void Every_example_is_a_command_that_the_program_takes(string name)
    {
        var examples = ExamplesOf(CommandLine.Create().Subcommands.First(command => command.Name == name));
        examples.ShouldNotBeEmpty();
        examples.ShouldAllBe(example => CommandLine.Create().Parse(example).Errors.Count == 0);
    }

    [Theory]
    [InlineData("rules OW301", "OW301")]
    [InlineData("roots", "Mozilla")]
    public async Task Examples_that_need_nothing_run(string example, string shows)
    {
        var result = await _shell.RunAsync(example.Split(' '));
        (result.Code, result.Error).ShouldBe((ExitCode.Clean, ""));
        result.Output.ShouldContain(shows);
    }

    [Theory]
    [MemberData(nameof(Commands))]
    public async Task Help_shows_no_internals(string name)
    {
        var help = (await _shell.RunAsync(name, "--help")).Output;
        foreach (var word in new[] { "FailOn", "Bound", "Tls12", "System.", "{ " })
        {
            help.ShouldNotContain(word, Case.Sensitive);
        }
    }

    public void Dispose() => _shell.Dispose();

    private static List<string> ExamplesOf(Command command) =>
        [.. command.Description!.Split("Example", 2)[1].Split(Program).Skip(1).Select(example => example.TrimEnd(' ', ';'))];
}
