using System.Text;
using OriginWatch.Tests.Aws;
using OriginWatch.Trust;
using OriginWatch.Trust.Lifecycles;

namespace OriginWatch.Tests.Trust.Lifecycles;

public class RootLifecyclesTests
{
    private static readonly byte[] Pem = MozillaRoots.Read("mozilla-roots.pem");
    private static readonly byte[] Json = MozillaRoots.Read("mozilla-roots.json");
    private static readonly byte[] Lifecycles = MozillaRoots.Read(RootLifecycles.FileName);
    private static readonly byte[] Provenance = MozillaRoots.Read("mozilla-roots-provenance.md");

    [Theory]
    [InlineData("2027-04-15", 15)]
    [InlineData("2028-04-15", 8)]
    [InlineData("2029-04-15", 17)]
    public void The_three_days_of_the_transition_and_how_many_roots_leave_on_each(string day, int roots)
        => TrustStore.LoadMozilla().Anchors.Count(anchor => anchor.Removal == DateOnly.Parse(day, System.Globalization.CultureInfo.InvariantCulture)).ShouldBe(roots);

    /// <summary>Published by the CAs themselves, not by the rule that made the file.</summary>
    [Theory]
    [InlineData("GlobalSign Root CA - R3", 2027, 4, 15)]
    [InlineData("GlobalSign ECC Root CA - R5", 2029, 4, 15)]
    [InlineData("GlobalSign Root CA - R6", 2029, 12, 10)]
    [InlineData("ISRG Root X1", 2030, 6, 4)]
    public void Agrees_with_what_the_CAs_say(string label, int year, int month, int day)
        => TrustStore.LoadMozilla().Anchors.Single(anchor => anchor.Label == label).Removal.ShouldBe(new DateOnly(year, month, day));

    [Fact]
    public void A_root_that_Mozilla_phases_out_by_date_of_issue_is_left_to_that_rule()
        => TrustStore.LoadMozilla().Anchors.Where(anchor => anchor.Removal is null).ShouldHaveSingleItem().ShouldSatisfyAllConditions(
            anchor => anchor.Label.ShouldBe("Izenpe.com"),
            anchor => anchor.DistrustAfter.ShouldNotBeNull());

    [Fact]
    public void Roots_from_a_file_have_the_same_days()
        => TrustStore.FromPem(Encoding.UTF8.GetString(Pem), "mine.pem").Anchors.Select(anchor => (anchor.Label, anchor.Removal)).ShouldBe(TrustStore.LoadMozilla().Anchors.Select(anchor => (anchor.Label, anchor.Removal)));

    [Fact]
    public Task The_script_makes_exactly_the_file_that_is_shipped()
        => Tools.RunAsync("python3", [Path.Combine(Tools.Top, ".github/maintenance/lifecycles.py"), "--check"]);

    [Fact]
    public void A_file_that_was_changed_is_refused()
        => Problem([.. Lifecycles, (byte)'\n'], Provenance).ShouldContain("the SHA-256 of mozilla-lifecycles.json is not the one in its provenance");

    [Theory]
    [InlineData("2a6242523f02c7b0a28da1514992a178069c925556b1e6708acdce6d3a28bb8b", "00", "mozilla-lifecycles.json was made from another mozilla-roots.json")]
    [InlineData("cbb522d7b7f127ad6a0113865bdf1cd4102e7d0759af635a7cf4720dc963c53b", "cbb5", "GlobalSign Root CA - R3 is not in mozilla-lifecycles.json")]
    [InlineData("\"keyCreated\": \"2009-03-18\", \"removal\": \"2027-04-15\"", "\"keyCreated\": \"2009-03-18\", \"removal\": \"2009-03-18\"", "removes GlobalSign Root CA - R3 on 2009-03-18, before the root was made")]
    [InlineData("\"removal\": \"2027-04-15\"", "\"removal\": \"15.4.2027\"", "cannot be read")]
    [InlineData("\"removal\"", "\"gone\"", "cannot be read")]
    [InlineData("{", "", "cannot be read")]
    public void A_file_that_does_not_fit_the_roots_is_refused(string text, string instead, string message)
    {
        var changed = Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(Lifecycles).Replace(text, instead, StringComparison.Ordinal));
        Problem(changed, Recorded(changed)).ShouldContain(message);
    }

    [Fact]
    public void A_root_that_only_the_lifecycles_know_is_refused()
    {
        const string extra = """{"sha256": "00", "keyCreated": "2020-01-01", "removal": "2035-01-01", "label": "Nobody's Root"},""";
        var changed = Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(Lifecycles).Replace("\"roots\": [", $"\"roots\": [{extra}", StringComparison.Ordinal));
        Problem(changed, Recorded(changed)).ShouldContain("Nobody's Root of mozilla-lifecycles.json is not among the roots");
    }

    /// <summary>A provenance that vouches for the changed file, so that what is in it is looked at.</summary>
    private static byte[] Recorded(byte[] lifecycles)
    {
        var (before, after) = (Hash(Lifecycles), Hash(lifecycles));
        return Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(Provenance).Replace(before, after, StringComparison.Ordinal));
    }

    private static string Hash(byte[] content) => Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(content));

    private static string Problem(byte[] lifecycles, byte[] provenance)
        => Should.Throw<TrustStoreException>(() => MozillaRoots.Load(Pem, Json, lifecycles, provenance)).Message;
}
