namespace OriginWatch.Tests;

public class SmokeTests
{
    [Fact]
    public void Runs() => new OriginWatch.Rules.RuleCatalog(new()).Rules.ShouldNotBeNull();
}
