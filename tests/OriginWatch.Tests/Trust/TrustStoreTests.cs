using System.Text;
using OriginWatch.Text;
using OriginWatch.Trust;

namespace OriginWatch.Tests.Trust;

public class TrustStoreTests
{
    [Fact]
    public void Mozillas_roots_are_embedded_with_their_date_and_distrust_dates()
    {
        var store = TrustStore.LoadMozilla();

        store.Count.ShouldBe(118);
        store.Date.ShouldBe(new DateOnly(2026, 10, 28));
        store.Anchors.Single(anchor => anchor.DistrustAfter is not null).Label.ShouldBe("Izenpe.com");
        store.AgeInDays(new(2026, 11, 23, 0, 0, 0, TimeSpan.Zero)).ShouldBe(26);
        store.IsStale(new(2027, 10, 28, 23, 0, 0, TimeSpan.Zero)).ShouldBeFalse();
        store.IsStale(new(2027, 10, 29, 0, 0, 0, TimeSpan.Zero)).ShouldBeTrue();
    }

    [Theory]
    [InlineData("", "holds no certificate")]
    [InlineData("-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n", "certificate 1 of mine.pem cannot be read")]
    [InlineData(
        "-----BEGIN CERTIFICATE-----\n#\n-----END CERTIFICATE-----\n",
        "mine.pem is damaged: of the certificates that begin in it, 1 in all, 0 can be read"
    )]
    public void A_file_without_a_root_says_what_to_do(string pem, string message) =>
        Should.Throw<OperatorException>(() => TrustStore.FromPem(pem, "mine.pem")).Message.ShouldContain(message);

    [Fact]
    public void A_list_that_was_cut_off_is_refused_as_a_whole()
    {
        var pem = Encoding.UTF8.GetString(Resource("mozilla-roots.pem"));
        TrustStore
            .FromPem(pem, "mine.pem", new(2026, 11, 1))
            .ShouldSatisfyAllConditions(store => store.Count.ShouldBe(118), store => store.Date.ShouldBe(new(2026, 11, 1)));
        Should
            .Throw<OperatorException>(() => TrustStore.FromPem(pem[..^40], "mine.pem"))
            .Message.ShouldBe(
                "mine.pem is damaged: of the certificates that begin in it, 118 in all, 117 can be read: replace it (line 3268: it has no END line: the file is cut off)"
            );
    }

    private static byte[] Resource(string name)
    {
        using var stream = typeof(TrustStore).Assembly.GetManifestResourceStream(name)!;
        var content = new byte[stream.Length];
        stream.ReadExactly(content);
        return content;
    }
}
