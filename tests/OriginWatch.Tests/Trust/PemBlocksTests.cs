using System.Text;
using OriginWatch.Text;
using OriginWatch.Trust;
using OriginWatch.Trust.Repair;

namespace OriginWatch.Tests.Trust;

/// <summary>No block of a file goes missing without a word.</summary>
public class PemBlocksTests
{
    private static readonly string Good = Forged.Root(Recipe.Authority("CN=Root")).Certificate.ExportCertificatePem() + "\n";

    [Fact]
    public void A_file_of_certificates_alone_has_nothing_to_complain_of()
    {
        Complaint(Good + "# a comment\n" + Good.ReplaceLineEndings("\r\n")).ShouldBeNull();
        Complaint("").ShouldBeNull();
    }

    [Fact]
    public void Each_block_that_is_not_used_is_named_with_its_line()
    {
        var text = $"\ufeff{Good}{Good}-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n";
        Complaint(text)
            .ShouldBe(
                $"3 PEM blocks, 1 used; not used: CERTIFICATE in line 1 (a byte order mark stands before BEGIN: save the file without one); PRIVATE KEY in line {Lines(Good) * 2 + 1} (not a certificate)"
            );
        CertificateFile.Read(Encoding.UTF8.GetBytes(text)).Count.ShouldBe(1);
    }

    [Theory]
    [InlineData("-----BEGIN", "----BEGIN", "BEGIN does not stand between five hyphens and five")]
    [InlineData("-----BEGIN", "——BEGIN", "BEGIN does not stand between five hyphens and five")]
    [InlineData("-----BEGIN", "cert: -----BEGIN", "something stands before BEGIN in its line")]
    [InlineData("-----END CERTIFICATE-----", "", "it has no END line: the file is cut off")]
    [InlineData("\nMI", "\nM#", "its base64 is damaged")]
    public void A_block_that_no_server_reads_is_counted(string from, string to, string problem) =>
        Complaint(Good.Replace(from, to, StringComparison.Ordinal))
            .ShouldBe($"1 PEM block, 0 used; not used: CERTIFICATE in line 1 ({problem})");

    [Fact]
    public void Of_a_trusted_certificate_the_certificate_is_read()
    {
        var der = PemCertificates.Read(Good).Single();
        var trusted =
            $"-----BEGIN TRUSTED CERTIFICATE-----\n{Convert.ToBase64String([.. der, 0x30, 0x00])}\n-----END TRUSTED CERTIFICATE-----\n";
        PemCertificates.Read(trusted).Single().ShouldBe(der);
        TrustStore.FromPem(trusted, "mine.pem").Count.ShouldBe(1);
    }

    [Fact]
    public void Roots_with_a_block_that_cannot_be_used_are_refused() =>
        Should
            .Throw<OperatorException>(() =>
                TrustStore.FromPem(Good + Good.Replace("-----BEGIN", "----BEGIN", StringComparison.Ordinal), "mine.pem")
            )
            .Message.ShouldBe(
                $"mine.pem is damaged: of the certificates that begin in it, 2 in all, 1 can be read: replace it (line {Lines(Good) + 1}: BEGIN does not stand between five hyphens and five)"
            );

    private static int Lines(string text) => text.Count(character => character == '\n');

    private static string? Complaint(string text) => CertificateFile.Complaint(Encoding.UTF8.GetBytes(text));
}
