using OriginWatch.Text;

namespace OriginWatch.Tests.Text;

public class OwnCommandsTests
{
    private const string Sentence = "Run 'originwatch explain E1/api' to see why, or 'originwatch rules OW301'.";

    [Fact]
    public void A_command_is_said_as_the_program_was_started() =>
        OwnCommands
            .For(Sentence, "dotnet out/OriginWatch.Cli.dll")
            .ShouldBe("Run 'dotnet out/OriginWatch.Cli.dll explain E1/api' to see why, or 'dotnet out/OriginWatch.Cli.dll rules OW301'.");

    [Fact]
    public void The_explanation_of_an_origin_names_its_inventory() =>
        OwnCommands
            .For(Sentence, "./originwatch", "./originwatch explain {0} --inventory list.json")
            .ShouldBe("Run './originwatch explain E1/api --inventory list.json' to see why, or './originwatch rules OW301'.");

    [Fact]
    public void A_mail_does_not_know_how_its_reader_starts_the_program() =>
        OwnCommands
            .InMail(Sentence)
            .ShouldBe("Run OriginWatch's command 'explain E1/api' to see why, or OriginWatch's command 'rules OW301'.");
}
