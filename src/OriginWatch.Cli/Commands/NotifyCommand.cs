using System.CommandLine;
using OriginWatch.Aws;

namespace OriginWatch.Cli.Commands;

/// <summary><c>originwatch notify</c>: sends a sample of each kind of mail.</summary>
internal sealed class NotifyCommand
{
    /// <summary>Earlier versions demanded it.</summary>
    private readonly Option<bool> _test = new("--test") { Description = "Send samples; this is the default", Hidden = true };

    private readonly Option<string> _topic = new("--topic")
    {
        Description = "The SNS topic to send to",
        HelpName = "ARN",
        Required = true,
    };
    private readonly Option<string?> _profile = new("--profile")
    {
        Description = "Send with the credentials of this AWS profile; the SDK's default credentials when left out",
        HelpName = "PROFILE",
    };

    public Command Create()
    {
        var command = new Command(
            "notify",
            "Send a sample of each kind of mail to a topic. Example: "
                + "originwatch notify --topic arn:aws:sns:eu-central-1:123456789012:originwatch"
        )
        {
            _test,
            _topic,
            _profile,
        };
        command.SetAction(RunAsync);
        return command;
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        foreach (var subject in await SampleMails.SendAsync(parsed.GetRequiredValue(_topic), parsed.GetValue(_profile), cancellationToken))
        {
            await parsed.InvocationConfiguration.Output.WriteLineAsync(subject);
        }

        return ExitCode.Clean;
    }
}
