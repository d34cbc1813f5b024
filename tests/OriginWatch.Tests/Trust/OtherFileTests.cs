using System.Security.Cryptography.X509Certificates;
using System.Text;
using OriginWatch.Trust;
using OriginWatch.Trust.Repair;

namespace OriginWatch.Tests.Trust;

/// <summary>A file that no server reads is called by its name, with the way to a PEM file.</summary>
public class OtherFileTests
{
    private static readonly X509Certificate2 Certificate = Forged.Root(Recipe.Authority("CN=Root")).Certificate;

    public static TheoryData<byte[], string> Files =>
        new()
        {
            { [], "The file is empty." },
            { Encoding.Unicode.GetBytes(Certificate.ExportCertificatePem()), "This is UTF-16 text" },
            { [.. Encoding.BigEndianUnicode.Preamble, .. Encoding.BigEndianUnicode.GetBytes("-----BEGIN")], "This is UTF-16 text" },
            {
                Certificate.Export(X509ContentType.Pkcs12),
                "This is a PKCS #12 file. Export its certificates: 'openssl pkcs12 -nokeys -in FILE"
            },
            { [.. Certificate.RawData, .. Certificate.RawData], "More bytes follow a first DER element." },
        };

    [Theory]
    [MemberData(nameof(Files))]
    public void It_is_named_and_holds_no_certificate(byte[] content, string name)
    {
        OtherFile.Describe(content).ShouldNotBeNull().ShouldStartWith(name);
        CertificateFile.Read(content).ShouldBeEmpty();
    }

    [Fact]
    public void Certificates_and_other_texts_are_not_mistaken_for_one()
    {
        byte[][] files =
        [
            Certificate.RawData,
            Encoding.ASCII.GetBytes(Certificate.ExportCertificatePem()),
            "<html>"u8.ToArray(),
            new X509Certificate2Collection(Certificate).Export(X509ContentType.Pkcs7)!,
        ];
        files.Select(file => OtherFile.Describe(file)).ShouldAllBe(name => name == null);
    }

    [Fact]
    public void Certificates_of_PKCS_7_under_the_label_of_one_are_not_taken_for_one()
    {
        var text =
            $"-----BEGIN CERTIFICATE-----\n{Convert.ToBase64String(new X509Certificate2Collection(Certificate).Export(X509ContentType.Pkcs7)!)}\n-----END CERTIFICATE-----\n";
        CertificateFile
            .Complaint(Encoding.ASCII.GetBytes(text))
            .ShouldNotBeNull()
            .ShouldContain("it is PKCS #7: convert it with 'openssl pkcs7 -print_certs -in FILE -out chain.pem'");
        CertificateFile.Read(Encoding.ASCII.GetBytes(text)).ShouldBeEmpty();
    }
}
