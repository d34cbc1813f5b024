using System.Text.Json;
using OriginWatch.Aws;
using OriginWatch.Inventory;
using Shouldly;
using Xunit;

namespace OriginWatch.Tests.Aws;

public sealed class RunRequestTests
{
    [Theory]
    [InlineData("{}")]
    [InlineData("null")]
    [InlineData("""["E1"]""")]
    [InlineData("""{"source":"aws.scheduler","allowPrivateAddresses":true}""")]
    [InlineData("""{"followUp":"true"}""")]
    public void Any_other_event_is_a_run_over_everything(string text) =>
        RunRequest.Of(JsonElement.Parse(text)).ShouldBe(new RunRequest.Everything());

    [Fact]
    public void No_event_at_all_is_a_run_over_everything() => RunRequest.Of(default).ShouldBe(new RunRequest.Everything());

    [Fact]
    public void A_follow_up_is_asked_for_by_one_member() =>
        RunRequest.Of(JsonElement.Parse("""{"followUp":true}""")).ShouldBe(new RunRequest.FollowUp());

    [Fact]
    public void Changed_distributions_are_named_by_id() =>
        RunRequest
            .Of(JsonElement.Parse("""{"distributionIds":["E1EXAMPLE","E2EXAMPLE","E1EXAMPLE"],"followUp":true}"""))
            .ShouldBeOfType<RunRequest.Changed>()
            .DistributionIds.ShouldBe(["E1EXAMPLE", "E2EXAMPLE"], ignoreOrder: true);

    [Theory]
    [InlineData("""{"distributionIds":"E1"}""")]
    [InlineData("""{"distributionIds":[]}""")]
    [InlineData("""{"distributionIds":["E1",7]}""")]
    [InlineData("""{"distributionIds":["E1/../E2"]}""")]
    [InlineData("""{"distributionIds":["<id>"]}""")]
    public void Anything_else_in_their_place_is_refused(string text) =>
        Should
            .Throw<InventoryException>(() => RunRequest.Of(JsonElement.Parse(text)))
            .Message.ShouldContain("Send {} to check every distribution.");
}
