using OriginWatch.Text;

namespace OriginWatch.Aws.Organization.Steps;

/// <summary>Where the steps of one run leave what the next ones read.</summary>
internal sealed record RunKeys
{
    public const string Prefix = "runs/";

    /// <summary>Of the names of executions
    /// (https://docs.aws.amazon.com/step-functions/latest/apireference/API_StartExecution.html).</summary>
    private const int LongestRun = 80;

    private readonly string _folder;

    private RunKeys(string run) => _folder = $"{Prefix}{run}/";

    /// <summary>The accounts and what is known of them, for plan and conclude.</summary>
    public string Organization => $"{_folder}organization.json";

    /// <summary>One item an account to be read, for the map.</summary>
    public string Accounts => $"{_folder}accounts.json";

    public string Inventory(string accountId) => $"{_folder}inventory/{accountId}.json";

    public string Shard(int number) => $"{_folder}shards/{number}.json";

    public string Observations(int number) => $"{_folder}observations/{number}.json";

    /// <summary>Why a step left nothing, as the state machine notes it.</summary>
    public string AccountFailure(string accountId) => $"{_folder}failures/account-{accountId}.json";

    public string ShardFailure(int number) => $"{_folder}failures/shard-{number}.json";

    /// <exception cref="OperatorException">Not the name of an execution.</exception>
    public static RunKeys Of(string? run) =>
        run is { Length: > 0 and <= LongestRun } && run.All(character => char.IsAsciiLetterOrDigit(character) || character is '-' or '_')
            ? new(run)
            : throw new OperatorException(
                "The event's run must be the name of an execution: letters, digits, hyphens and underscores. "
                    + "Start the state machine, not the function."
            );
}
