using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using OriginWatch.Aws;
using OriginWatch.Probing;
using OriginWatch.Rules;
using OriginWatch.SelfTest;

namespace OriginWatch.Tests.Aws.Month;

/// <summary>What happens by day, and how the function lives through the night after it.</summary>
internal sealed partial class MonthNights(MonthAccount account)
{
    private static readonly (string Word, string Metric)[] Counted =
    [
        ("critical", "FindingsCritical"),
        ("high", "FindingsHigh"),
        ("medium", "FindingsMedium"),
        ("low", "FindingsLow"),
        ("new", "FindingsNew"),
        ("resolved", "FindingsResolved"),
        ("muted", "OriginsSuppressed"),
        ("rejected", "OriginsRejected"),
        ("undetermined", "OriginsUndetermined"),
    ];

    /// <summary>Everything that all runs wrote to their logs.</summary>
    public string Log { get; private set; } = "";

    /// <summary>What happened since the night before.</summary>
    public Task ChangeTheWorldAsync(int day) =>
        day switch
        {
            6 => account.Blog.StopAsync(),
            13 => account.Server.DeleteAsync("E4LEGACY"),
            15 => account.Api.StopAsync(),
            17 => account.Api.StartAsync(),
            26 => account.Www.InstallAsync(
                account.Certificate(account.Www, MonthAccount.Midnight.AddDays(24), MonthAccount.Midnight.AddDays(114))
            ),
            27 => account.Gated.StopAsync(),
            29 => account.Gated.StartAsync(),
            _ => Task.CompletedTask,
        };

    /// <summary>One line per run: what failed, and the metrics that are not zero.</summary>
    public async Task<IReadOnlyList<string>> LiveThroughAsync(int day) =>
        day switch
        {
            9 => [Say(await OutOfTimeAsync())],
            11 => [Say(await DeniedAsync())],
            15 => [Say(await WithoutNotificationsAsync())],
            17 => [.. (await TwiceAtOnceAsync()).Select(Say).Order(StringComparer.Ordinal)],
            _ => [Say(await account.InvokeAsync())],
        };

    /// <summary>What happens during the day: follow-ups by the hour, and a deployment that breaks an origin. One line for each run that is
    /// worth one.</summary>
    public async Task<IReadOnlyList<string>> SpendTheDayAsync(int day)
    {
        var lines = new List<string>();
        switch (day)
        {
            case 6:
                lines.Add(await FollowUpAsync(day, 7));
                await account.Blog.StartAsync();
                lines.Add(await FollowUpAsync(day, 8));
                lines.Add(await FollowUpAsync(day, 9));
                break;
            case 10:
                await account.Blog.StopAsync();
                lines.Add(await RunAsync(day, 14, "update of E2BLOG", """{"distributionIds":["E2BLOG"]}"""));
                await account.Blog.StartAsync();
                lines.Add(await FollowUpAsync(day, 15));
                break;
            case 27: // every hour of a quiet day
                for (var hour = 7; hour <= 23; hour++)
                {
                    lines.Add(await FollowUpAsync(day, hour));
                }

                return
                [
                    .. lines
                        .CountBy(line => line[6..], StringComparer.Ordinal)
                        .Select(line => string.Create(CultureInfo.InvariantCulture, $"{line.Value} x {line.Key}")),
                ];
            default:
                break;
        }

        return lines;
    }

    private Task<string> FollowUpAsync(int day, int hour) => RunAsync(day, hour, "follow-up", """{"followUp":true}""");

    private async Task<string> RunAsync(int day, int hour, string what, string lambdaEvent)
    {
        account.Time.SetUtcNow(MonthAccount.Midnight.AddDays(day - 1).AddHours(hour));
        var run = await account.InvokeAsync(lambdaEvent: lambdaEvent);
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{hour:00}:00 {what}: {(run is { Failure: null, Metrics.ValueKind: JsonValueKind.Undefined } ? "quiet" : Say(run).Replace("not complete; ", "", StringComparison.Ordinal))}"
        );
    }

    /// <summary>One name is not answered, and while it is waited for the time goes by.</summary>
    private Task<Invocation> OutOfTimeAsync()
    {
        var looked = account
            .Origins.Where(origin => origin != account.Www)
            .ToDictionary(origin => origin, origin => origin.Ended + (origin == account.Old ? 2 : 1)); // on its HTTP port too
        var names = new SilentName(
            account.Www.DomainName,
            async token =>
            {
                while (looked.Any(origin => origin.Key.Ended < origin.Value))
                {
                    await Task.Delay(TimeSpan.FromMilliseconds(5), token);
                }

                account.Time.Advance(TimeSpan.FromSeconds(900) - LambdaHandler.Reserve);
            },
            account.Names
        );
        return account.InvokeAsync(parts => parts with { Prober = settings => DeployedFunction.ProberTo(settings, names) });
    }

    private async Task<Invocation> DeniedAsync()
    {
        await account.Server.AllowListingAsync(false);
        var night = await account.InvokeAsync();
        await account.Server.AllowListingAsync(true);
        return night;
    }

    private async Task<Invocation> WithoutNotificationsAsync()
    {
        account.Server.TurnNotifications(on: false);
        var night = await account.InvokeAsync();
        account.Server.TurnNotifications(on: true);
        return night;
    }

    /// <summary>Both have read the state before either goes on.</summary>
    private async Task<Invocation[]> TwiceAtOnceAsync()
    {
        var (waiting, both) = (0, new TaskCompletionSource());
        return await Task.WhenAll(Enumerable.Range(0, 2).Select(_ => account.InvokeAsync(parts => parts with { Canaries = MeetAsync })));

        Task MeetAsync(IProber prober, RuleCatalog catalog, CancellationToken token)
        {
            if (Interlocked.Increment(ref waiting) == 2)
            {
                both.SetResult();
            }

            return both.Task.WaitAsync(token);
        }
    }

    private string Say(Invocation night)
    {
        Log += night.Log;
        var numbers = Counted
            .Where(metric => Number(night.Metrics, metric.Metric) is > 0)
            .Select(metric => string.Create(CultureInfo.InvariantCulture, $"{metric.Word} {Number(night.Metrics, metric.Metric)}"));
        var days = Number(night.Metrics, "MinDaysToExpiry") is { } left
            ? string.Create(CultureInfo.InvariantCulture, $"; {left} days left")
            : "";
        return string.Concat(
                Number(night.Metrics, "RunCompleted") == 1 ? "" : "not complete; ",
                string.Join(", ", numbers),
                days,
                night.Failure is null ? "" : $"; FAILED: {OfTheRole().Replace(night.Failure, "")}"
            )
            .Replace("; ; ", "; ", StringComparison.Ordinal);
    }

    private static double? Number(JsonElement run, string metric) => run.TryGetProperty(metric, out var value) ? value.GetDouble() : null;

    /// <summary>The part of AWS's sentence that names the role, which has a random name.</summary>
    [GeneratedRegex(@" User: \S+ is not authorized.*?(?=\))", RegexOptions.None, 1000)]
    private static partial Regex OfTheRole();
}
