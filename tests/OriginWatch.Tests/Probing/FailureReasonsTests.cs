using OriginWatch.Probing;

namespace OriginWatch.Tests.Probing;

public class FailureReasonsTests
{
    [Fact]
    public void Each_reason_has_a_sentence_of_its_own()
    {
        var sentences = Enum.GetValues<FailureReason>().Select(reason => reason.Sentence()).ToList();

        sentences.ShouldBeUnique();
        sentences.ShouldAllBe(sentence => sentence.EndsWith('.') && char.IsUpper(sentence[0]));
    }
}
