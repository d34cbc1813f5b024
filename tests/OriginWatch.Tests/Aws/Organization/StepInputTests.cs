using System.Text;
using OriginWatch.Aws.Organization.Steps;
using OriginWatch.Text;

namespace OriginWatch.Tests.Aws.Organization;

/// <summary>What steps are told, by events, settings and files, is hostile until shown otherwise.</summary>
public sealed class StepInputTests
{
    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("../state")]
    [InlineData("a/b")]
    [InlineData("a b")]
    public void A_run_that_is_no_execution_is_refused(string? run) =>
        Should.Throw<OperatorException>(() => RunKeys.Of(run)).Message.ShouldContain("Start the state machine, not the function.");

    [Fact]
    public async Task Steps_refuse_events_that_the_state_machine_does_not_send()
    {
        var steps = new StepDependencies { Variable = name => name == "BUCKET" ? "bucket" : null };
        var context = new FakeLambdaContext(TimeSpan.FromMinutes(1));
        (
            await Should.ThrowAsync<OperatorException>(() =>
                new GatherHandler(steps).HandleAsync(
                    new()
                    {
                        Run = "night",
                        Account = new() { Id = "12/../3" },
                    },
                    context
                )
            )
        ).Message.ShouldContain("twelve digits");
        (
            await Should.ThrowAsync<OperatorException>(() =>
                new ProbeHandler(steps).HandleAsync(new() { Run = "night", Shard = -1 }, context)
            )
        ).Message.ShouldContain("a number from 0");
    }

    [Theory]
    [InlineData("ROLE_NAME", "", "ROLE_NAME must be")]
    [InlineData("ROLE_NAME", "a/b", "ROLE_NAME must be")]
    [InlineData("EXTERNAL_ID", "a b", "EXTERNAL_ID must be")]
    [InlineData("INCLUDE", "111122223333,shop", "INCLUDE holds \"shop\". Write account ids")]
    [InlineData("CONNECTIONS", "0", "CONNECTIONS must be a whole number from 1 to 512")]
    [InlineData("ACCOUNT_METRICS", "true", "ACCOUNT_METRICS must be yes or no")]
    public void A_wrong_setting_is_named_with_what_is_allowed(string name, string value, string sentence)
    {
        var settings = new StepSettings(asked => asked == name ? value : null);
        Should
            .Throw<OperatorException>(() =>
                (object?)(
                    name switch
                    {
                        "ROLE_NAME" => settings.RoleName,
                        "EXTERNAL_ID" => settings.ExternalId,
                        "INCLUDE" => settings.Filter,
                        "CONNECTIONS" => settings.Connections,
                        _ => settings.SendsAccountMetrics,
                    }
                )
            )
            .Message.ShouldContain(sentence);
    }

    [Theory]
    [InlineData(
        """{"Error":"Lambda.Unknown","Cause":"{\"errorType\":\"X\",\"errorMessage\":\"Out of memory.\"}"}""",
        "Lambda.Unknown: Out of memory"
    )]
    [InlineData("\"{\\\"Error\\\":\\\"States.Timeout\\\",\\\"Cause\\\":\\\"\\\"}\"", "States.Timeout")]
    [InlineData("""{"Error":"X","Cause":"{\"errorMessage\":7}"}""", "X: {")]
    [InlineData("""{"Cause":"\u001b[31mred"}""", "an unknown error")]
    public void A_failure_is_told_in_one_clause_whatever_the_state_machine_noted(string content, string reason) =>
        StepFailure.Read(Encoding.UTF8.GetBytes(content)).ShouldNotBeNull().Reason.ShouldStartWith(reason);

    [Theory]
    [InlineData("[]")]
    [InlineData("7")]
    [InlineData("{")]
    [InlineData("\"not json\"")]
    public void A_note_that_is_none_is_no_failure_of_the_run(string content) =>
        StepFailure.Read(Encoding.UTF8.GetBytes(content)).ShouldBeNull();

    [Theory]
    [InlineData("""{"format":"originwatch-organization","schema":3}""", "a newer version wrote it")]
    [InlineData(
        """{"format":"originwatch-organization","schema":1,"scannedBy":"1","startedAt":"2026-11-25T06:00:00Z","accounts":[{"id":"../x"}]}""",
        "cut short or edited"
    )]
    [InlineData(
        """{"format":"originwatch-organization","schema":1,"scannedBy":"1","startedAt":"2026-11-25T06:00:00Z","accounts":[null]}""",
        "cut short or edited"
    )]
    [InlineData(
        """{"format":"originwatch-organization","schema":1,"scannedBy":"1","startedAt":"2026-11-25T06:00:00Z","accounts":[],"tagRoutes":[{"accounts":[],"paths":[],"distributions":[],"aliases":[],"tags":[null]}]}""",
        "cut short or edited"
    )]
    public void A_list_of_accounts_that_is_none_is_refused_with_a_sentence(string content, string sentence) =>
        Should.Throw<OperatorException>(() => OrganizationDocument.Read(Encoding.UTF8.GetBytes(content))).Message.ShouldContain(sentence);
}
