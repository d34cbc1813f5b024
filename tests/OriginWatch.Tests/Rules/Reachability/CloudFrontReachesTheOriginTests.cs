using OriginWatch.Edge;
using OriginWatch.Rules;
using OriginWatch.Rules.Reachability;

namespace OriginWatch.Tests.Rules.Reachability;

public class CloudFrontReachesTheOriginTests
{
    private const string Limit = "an answer through a group does not tell which member gave it";

    /// <summary>Its limits belong to an answer that came from some origin; one of CloudFront itself says all in its reason.</summary>
    [Theory]
    [InlineData(false, EdgeAnswerKind.AnsweredByEdge, 403, "as seen")]
    [InlineData(false, EdgeAnswerKind.Reached, 503, "as seen")]
    [InlineData(true, EdgeAnswerKind.FromCache, 200, "as seen")]
    [InlineData(true, EdgeAnswerKind.Reached, 200, "as seen, " + Limit)]
    public void An_answer_that_settles_nothing_is_told_with_what_limits_it(
        bool isThroughGroup,
        EdgeAnswerKind kind,
        int status,
        string reason
    )
    {
        var question = EdgeSample.Question();
        question = question with
        {
            Behavior = question.Behavior with { OriginGroupId = isThroughGroup ? "group" : null },
            Remarks = isThroughGroup ? [Limit] : [],
        };
        var outcome = new EdgeOutcome(question, new(kind, "as seen") { Status = status }, Second: null);
        var observation = Given.Observation() with { Edge = new([new(outcome, OriginVerdict.Undetermined)]) };

        new CloudFrontReachesTheOrigin()
            .Judge(observation)
            .ShouldHaveSingleItem()
            .Verdict.ShouldBe(new Verdict.Undetermined(reason, IsConsequence: true));
    }
}
