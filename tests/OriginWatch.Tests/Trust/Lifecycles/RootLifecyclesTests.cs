using System.Text;
using OriginWatch.Tests.Aws;
using OriginWatch.Text;
using OriginWatch.Trust;
using OriginWatch.Trust.Lifecycles;

namespace OriginWatch.Tests.Trust.Lifecycles;

public class RootLifecyclesTests
{
    private static readonly byte[] Pem = MozillaRoots.Read("mozilla-roots.pem");

    [Theory]
    [InlineData("2027-04-15", 15)]
    [InlineData("2028-04-15", 8)]
    [InlineData("2029-04-15", 17)]
    public void The_three_days_of_the_transition_and_how_many_roots_leave_on_each(string day, int roots) =>
        TrustStore
            .LoadMozilla()
            .Anchors.Count(anchor => anchor.Removal == DateOnly.Parse(day, System.Globalization.CultureInfo.InvariantCulture))
            .ShouldBe(roots);

    /// <summary>Published by the CAs themselves, not by the rule that made the file.</summary>
    [Theory]
    [InlineData("GlobalSign Root CA - R3", 2027, 4, 15)]
    [InlineData("GlobalSign ECC Root CA - R5", 2029, 4, 15)]
    [InlineData("GlobalSign Root CA - R6", 2029, 12, 10)]
    [InlineData("ISRG Root X1", 2030, 6, 4)]
    public void Agrees_with_what_the_CAs_say(string label, int year, int month, int day) =>
        TrustStore.LoadMozilla().Anchors.Single(anchor => anchor.Label == label).Removal.ShouldBe(new DateOnly(year, month, day));

    [Fact]
    public void A_root_that_Mozilla_phases_out_by_date_of_issue_is_left_to_that_rule() =>
        TrustStore
            .LoadMozilla()
            .Anchors.Where(anchor => anchor.Removal is null)
            .ShouldHaveSingleItem()
            .ShouldSatisfyAllConditions(anchor => anchor.Label.ShouldBe("Izenpe.com"), anchor => anchor.DistrustAfter.ShouldNotBeNull());

    [Fact]
    public void Roots_from_a_file_have_the_same_days() =>
        TrustStore
            .FromPem(Encoding.UTF8.GetString(Pem), "mine.pem")
            .Anchors.Select(anchor => (anchor.Label, anchor.Removal))
            .ShouldBe(TrustStore.LoadMozilla().Anchors.Select(anchor => (anchor.Label, anchor.Removal)));

    [Fact]
    public Task The_script_makes_exactly_the_file_that_is_shipped() =>
        Tools.RunAsync("python3", [Path.Combine(Tools.Top, ".github/maintenance/lifecycles.py"), "--check"]);

    [Theory]
    [InlineData("\"removal\": \"2027-04-15\"", "\"removal\": \"15.4.2027\"")]
    [InlineData("\"removal\"", "\"gone\"")]
    [InlineData("{", "")]
    public void A_file_that_is_none_says_so(string text, string instead)
    {
        var changed = Encoding.UTF8.GetBytes(
            Encoding.UTF8.GetString(MozillaRoots.Read(RootLifecycles.FileName)).Replace(text, instead, StringComparison.Ordinal)
        );
        Should.Throw<OperatorException>(() => RootLifecycles.Read(changed)).Message.ShouldContain("cannot be read");
    }
}
