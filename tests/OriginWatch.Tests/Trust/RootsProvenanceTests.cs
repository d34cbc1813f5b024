using System.Security.Cryptography;
using System.Text.RegularExpressions;
using OriginWatch.Tests.Aws;
using OriginWatch.Trust;
using OriginWatch.Trust.Lifecycles;

namespace OriginWatch.Tests.Trust;

/// <summary>The shipped roots are those of their provenance, and their files speak of the same roots: a date that is missing would be an
/// outage that nobody forecasts.</summary>
public class RootsProvenanceTests
{
    private static readonly string Folder = Path.Combine(Tools.Top, "src/OriginWatch/Trust/Roots");
    private static readonly string Provenance = File.ReadAllText(Path.Combine(Folder, "PROVENANCE.md"));
    private static readonly TrustStore Store = TrustStore.LoadMozilla();

    [Theory]
    [InlineData("mozilla-roots.pem")]
    [InlineData("mozilla-roots.json")]
    [InlineData("mozilla-lifecycles.json")]
    public void Each_file_has_the_hash_of_its_provenance(string name)
    {
        var recorded = Regex
            .Match(Provenance, $"sha256 of `{Regex.Escape(name)}`: (?<hash>[0-9a-f]{{64}})", RegexOptions.None, TimeSpan.FromMinutes(1))
            .Groups["hash"]
            .Value;
        HashOf(File.ReadAllBytes(Path.Combine(Folder, name))).ShouldBe(recorded);
        HashOf(MozillaRoots.Read(name)).ShouldBe(recorded);
    }

    [Fact]
    public void As_many_roots_are_shipped_as_were_trusted() =>
        Regex
            .Match(Provenance, @"for TLS servers: (?<count>\d+) of \d+", RegexOptions.None, TimeSpan.FromMinutes(1))
            .Groups["count"]
            .Value.ShouldBe($"{Store.Count}");

    [Fact]
    public void The_lifecycles_were_made_from_this_list_and_speak_of_exactly_its_roots()
    {
        RootLifecycles.Shipped.RootsSha256.ShouldBe(HashOf(MozillaRoots.Read("mozilla-roots.json")));
        RootLifecycles.Shipped.Roots.Select(root => root.Sha256).ShouldBe(Store.Anchors.Select(anchor => anchor.Sha256), ignoreOrder: true);
    }

    [Fact]
    public void No_root_leaves_before_it_was_made() =>
        Store.Anchors.Where(anchor => anchor.Removal <= DateOnly.FromDateTime(anchor.Certificate.NotBefore.UtcDateTime)).ShouldBeEmpty();

    private static string HashOf(byte[] content) => Convert.ToHexStringLower(SHA256.HashData(content));
}
