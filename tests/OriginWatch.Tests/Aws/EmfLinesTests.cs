namespace OriginWatch.Tests.Aws;

public class EmfLinesTests
{
    private const string Right =
        """{"_aws":{"Timestamp":1,"CloudWatchMetrics":[{"Namespace":"N","Dimensions":[["D"]],"Metrics":[{"Name":"M","Unit":"Count"}]}]},"D":"d","M":1}""";

    [Fact]
    public void Counts_the_lines_that_hold_metrics() => EmfLines.Count($"{{}}\n{Right}\n{Right}\n").ShouldBe(2);

    [Theory]
    [InlineData("\"Timestamp\":1", "\"Timestamp\":\"1\"")]
    [InlineData("\"Namespace\":\"N\"", "\"Namespace\":\"\"")]
    [InlineData("\"D\":\"d\"", "\"D\":7")]
    [InlineData("\"D\":\"d\"", "\"D\":\"\u00e9\"")]
    [InlineData("\"M\":1", "\"M\":\"1\"")]
    [InlineData("\"M\":1", "\"M\":[]")]
    [InlineData("\"M\":1", "\"m\":1")]
    [InlineData("Count", "Pieces")]
    public void Names_what_CloudWatch_would_drop(string part, string wrong) =>
        EmfLines.Problems(Right.Replace(part, wrong, StringComparison.Ordinal)).ShouldHaveSingleItem();
}
