using System.Text;
using OriginWatch.History;
using static OriginWatch.Tests.Night;

namespace OriginWatch.Tests.History;

public class RunStateJsonTests
{
    private static RunState Sample()
    {
        var review = RunReview.Of(
            "20261101T060000Z-0000abcd",
            Report(First, Good("www"), Refused("api"), Ending("old", First.AddDays(-3), First)),
            null,
            SuppressionList.Empty
        );
        var digest = new DigestMessage
        {
            Id = "id",
            Subject = "subject",
            Text = "line\nline",
            Json = "{\"a\":\"ü\"}",
            Attributes = new Dictionary<string, string> { ["severity"] = "critical" },
        };
        return review.NextState(
            [
                new()
                {
                    Digest = digest,
                    ClaimedBy = "run",
                    ClaimedUntil = First,
                },
            ],
            mailed: true
        );
    }

    [Fact]
    public void A_state_comes_back_as_it_was()
    {
        var state = Sample();
        var read = Read(RunStateJson.Write(state)).ShouldBeOfType<StateReading.Usable>().State;
        Encoding.UTF8.GetString(RunStateJson.Write(read).Span).ShouldBe(Encoding.UTF8.GetString(RunStateJson.Write(state).Span));
        read.Findings.Select(finding => finding.Key).ShouldBe(state.Findings.Select(finding => finding.Key));
        read.Findings[0].LastMailed.ShouldBe(First);
        read.Origins.Keys.ShouldBe(["E1SHOP/api", "E1SHOP/old", "E1SHOP/www"]);
        read.Answering.ShouldBe(["old.example.com:443", "www.example.com:443"]);
        read.Pending.ShouldHaveSingleItem().Digest.Text.ShouldBe("line\nline");
    }

    [Fact]
    public void A_state_can_be_read_by_people()
    {
        var text = Encoding.UTF8.GetString(RunStateJson.Write(Sample()).Span);
        text.ShouldStartWith("{\n \"format\": \"originwatch-state\",\n \"schema\": 1,\n");
        text.ShouldContain("\"severity\": \"Critical\"");
    }

    [Theory]
    [InlineData("", "it is not the JSON of a state (line 1, byte 0)")]
    [InlineData("{", "it is not the JSON of a state (line 1, byte 1)")]
    [InlineData("[]", "it does not say that it is a state of OriginWatch")]
    [InlineData("{\"format\":\"something-else\",\"schema\":1}", "it does not say that it is a state of OriginWatch")]
    [InlineData("{\"format\":\"originwatch-state\"}", "it has no schema number")]
    [InlineData("{\"format\":\"originwatch-state\",\"schema\":\"1\"}", "it has no schema number")]
    [InlineData("{\"format\":\"originwatch-state\",\"schema\":0}", "it has no schema number")]
    public void What_is_no_state_says_why(string content, string reason) =>
        Read(Encoding.UTF8.GetBytes(content)).ShouldBeOfType<StateReading.Unusable>().Reason.ShouldBe(reason);

    [Theory]
    [InlineData("\"lastRun\": {", "\"lastRun\": null, \"x\": {")]
    [InlineData("\"severity\": \"Critical\"", "\"severity\": \"Terrible\"")]
    [InlineData("\"ruleId\": \"OW203\"", "\"ruleId\": null")]
    [InlineData("\"findings\": [", "\"findings\": [ null,")]
    [InlineData("\"pending\": [", "\"pending\": [ null,")]
    [InlineData("\"answering\": [", "\"answering\": [ null,")]
    [InlineData("\"certificates\": [", "\"certificates\": [ null,")]
    [InlineData("\"firstSeen\": \"2026", "\"firstSeen\": \"tomorrow")]
    public void A_state_with_a_damaged_part_is_not_usable(string part, string damaged)
    {
        var text = Encoding.UTF8.GetString(RunStateJson.Write(Sample()).Span);
        text.ShouldContain(part);
        Read(Encoding.UTF8.GetBytes(text.Replace(part, damaged, StringComparison.Ordinal))).ShouldBeOfType<StateReading.Unusable>();
    }

    [Fact]
    public void A_state_cut_at_any_byte_is_not_usable()
    {
        var whole = RunStateJson.Write(Sample());
        for (var length = 0; length < whole.Length - 1; length += 7)
        {
            Read(whole[..length]).ShouldBeOfType<StateReading.Unusable>();
        }
    }

    [Fact]
    public void A_newer_schema_is_told_apart_from_damage() =>
        Read(Encoding.UTF8.GetBytes("{\"format\":\"originwatch-state\",\"schema\":2,\"somethingNew\":[]}"))
            .ShouldBe(new StateReading.NewerSchema(2));

    [Fact]
    public void Members_that_a_later_version_adds_under_the_same_schema_do_no_harm()
    {
        var text = Encoding
            .UTF8.GetString(RunStateJson.Write(Sample()).Span)
            .Replace("\"schema\": 1,", "\"schema\": 1, \"later\": {\"a\": [1]},", StringComparison.Ordinal);
        Read(Encoding.UTF8.GetBytes(text)).ShouldBeOfType<StateReading.Usable>();
    }

    [Fact]
    public void Fifty_thousand_open_findings_fit()
    {
        var state = Sample();
        var finding = state.Findings[0] with { Detail = new string('ü', 90) };
        state = state with { Findings = [.. Enumerable.Range(0, 50_000).Select(i => finding with { Key = $"{finding.Key}/{i}" })] };
        RunStateJson.Write(state).Length.ShouldBeLessThan(RunStateJson.MaxBytes);
    }

    private static StateReading Read(ReadOnlyMemory<byte> content) => RunStateJson.Read(content);
}
