using System.Text.Json;
using System.Text.RegularExpressions;
using Amazon.S3.Model;
using OriginWatch.Aws.Organization.Steps;

namespace OriginWatch.Tests.Aws.Organization.Steps;

/// <summary>What two nights have left, of which the first may have been killed.</summary>
internal sealed partial record Aftermath
{
    /// <summary>Key and severity.</summary>
    public required IReadOnlyList<string> Findings { get; init; }

    public required int Unmailed { get; init; }

    public required int Pending { get; init; }

    public required int AccountStates { get; init; }

    /// <summary>Different digests that called the expired certificate new; the same one may come twice where nobody could know that it had
    /// gone out.</summary>
    public required int RunsThatSaidNew { get; init; }

    /// <param name="rig">Where they were.</param>
    /// <param name="bucket">Of these nights.</param>
    /// <param name="mailed">How many mails there were before.</param>
    /// <param name="cancellationToken">Of the test.</param>
    public static async Task<Aftermath> ReadAsync(StepsRig rig, string bucket, int mailed, CancellationToken cancellationToken)
    {
        using var storage = LoopbackClients.On(rig.Moto.Url, rig.Moto.Function).Storage();
        using var response = await storage.GetObjectAsync(bucket, "state.json", cancellationToken);
        using var state = await JsonDocument.ParseAsync(response.ResponseStream, cancellationToken: cancellationToken);
        var findings = state.RootElement.GetProperty("findings").EnumerateArray().ToList();
        var accounts = await storage.ListObjectsV2Async(
            new ListObjectsV2Request { BucketName = bucket, Prefix = AccountRecords.Prefix },
            cancellationToken
        );
        return new()
        {
            Findings =
            [
                .. findings
                    .Select(finding => $"{finding.GetProperty("key")} {finding.GetProperty("severity")}")
                    .Order(StringComparer.Ordinal),
            ],
            Unmailed = findings.Count(finding =>
                finding.GetProperty("severity").GetString() is not ("Informational" or "Low")
                && !finding.TryGetProperty("lastMailed", out _)
            ),
            Pending = state.RootElement.GetProperty("pending").GetArrayLength(),
            AccountStates = accounts.S3Objects.Count,
            RunsThatSaidNew = rig
                .Moto.Mails()
                .Skip(mailed)
                .Where(mail => mail.Text.Contains("CRITICAL (new): www.expired.test", StringComparison.Ordinal))
                .Select(mail => RunId().Match(mail.Text).Value)
                .Distinct(StringComparer.Ordinal)
                .Count(),
        };
    }

    /// <summary>Nothing was lost and nothing was mailed as new twice.</summary>
    public void ShouldBeThatOf(Aftermath undisturbed, string story)
    {
        Findings.ShouldBe(undisturbed.Findings, story);
        Unmailed.ShouldBe(0, story);
        Pending.ShouldBe(0, story);
        RunsThatSaidNew.ShouldBe(1, story);
        AccountStates.ShouldBe(undisturbed.AccountStates, story);
    }

    [GeneratedRegex("[0-9]{8}T[0-9]{6}Z-[0-9a-f]{8}", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex RunId();
}
