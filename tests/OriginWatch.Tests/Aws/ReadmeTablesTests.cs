using OriginWatch.Aws;

namespace OriginWatch.Tests.Aws;

public class ReadmeTablesTests
{
    [Fact]
    public void Each_table_has_a_head_and_a_row_per_item()
    {
        ReadmeTables.Settings().Split('\n', StringSplitOptions.RemoveEmptyEntries).Length.ShouldBe(SettingsReader.All.Count + 2);
        ReadmeTables.Metrics().ShouldStartWith("| Metric | Unit | What it counts |\n| --- | --- | --- |\n| `RunCompleted` | Count | 1 after a complete run, 0 after any other |\n");
        ReadmeTables.Permissions().ShouldContain("| `sns:Publish` | the topic | the e-mail |\n");
    }
}
