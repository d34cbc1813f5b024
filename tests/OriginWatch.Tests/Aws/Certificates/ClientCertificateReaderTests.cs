using Amazon.CertificateManager;
using OriginWatch.Aws.Certificates;
using OriginWatch.Inventory;
using OriginWatch.Tests.Trust;

namespace OriginWatch.Tests.Aws.Certificates;

[Collection(nameof(SharedPlainMoto))]
public sealed class ClientCertificateReaderTests(SharedPlainMoto shared)
{
    private const string Arn = "arn:aws:acm:us-east-1:123456789012:certificate/11111111-2222-3333-4444-555555555555";
    private const string Json = "application/x-amz-json-1.1";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Reads_what_ACM_says_and_asks_once_for_each_certificate()
    {
        await using var acm = new LoopbackHttp(_ =>
            new(
                200,
                """
                {"Certificate":{"CertificateArn":"x","NotBefore":1.764E9,"NotAfter":1795651200.5,"Status":"ISSUED","Type":"IMPORTED","KeyAlgorithm":"RSA_2048","ExtendedKeyUsages":[{"Name":"TLS_WEB_CLIENT_AUTHENTICATION","OID":"1.3.6.1.5.5.7.3.2"}],"Unknown":{"a":[1]}}}
                """,
                Json
            )
        );

        var read = await ReadAsync(acm, Arn, Arn);

        read.ShouldAllBe(certificate =>
            certificate!.Problem == null
            && certificate.Status == "ISSUED"
            && certificate.Type == "IMPORTED"
            && certificate.KeyAlgorithm == "RSA_2048"
        );
        read[0]!.NotAfter.ShouldBe(DateTimeOffset.FromUnixTimeMilliseconds(1795651200500));
        read[0]!.ExtendedKeyUsages.ShouldBe(["1.3.6.1.5.5.7.3.2"]);
        acm.Calls.ShouldHaveSingleItem()
            .ShouldSatisfyAllConditions(
                call => call.Body.ShouldBe($$"""{"CertificateArn":"{{Arn}}"}"""),
                call => call.Headers["X-Amz-Target"].ShouldBe("CertificateManager.DescribeCertificate"),
                call => call.Headers["Authorization"].ShouldContain("/us-east-1/acm/aws4_request")
            );
    }

    [Theory]
    [InlineData(
        400,
        "AccessDeniedException",
        "User: x is not authorized to perform: acm:DescribeCertificate",
        "AWS denied acm:DescribeCertificate (AccessDeniedException: User: x is not authorized to perform: acm:DescribeCertificate). Allow the action acm:DescribeCertificate to this identity"
    )]
    [InlineData(
        400,
        "ResourceNotFoundException",
        "Could not find certificate",
        "acm:DescribeCertificate failed (ResourceNotFoundException: Could not find certificate)"
    )]
    public async Task A_refusal_is_said_of_the_certificate_and_ends_nothing(int status, string code, string message, string problem)
    {
        await using var acm = new LoopbackHttp(_ =>
            new(status, $$"""{"__type":"com.amazonaws.acm#{{code}}","message":"{{message}}"}""", Json)
        );
        (await ReadAsync(acm, Arn))[0]!.Problem.ShouldBe(problem);
    }

    [Fact]
    public async Task An_answer_that_is_no_JSON_is_said_of_the_certificate()
    {
        await using var acm = new LoopbackHttp(_ => new(200, "<html>", Json));
        (await ReadAsync(acm, Arn))[0]!.Problem.ShouldNotBeNull();
    }

    [Theory]
    [InlineData(
        "arn:aws:acm:eu-west-1:123456789012:certificate/1",
        "it names the region eu-west-1, and CloudFront takes client certificates from us-east-1 alone"
    )]
    [InlineData("arn:aws:acm:us-east-1:999999999999:certificate/1", "it belongs to account 999999999999, whose ACM this run cannot ask")]
    [InlineData("certificate/1", "it is not the ARN of an ACM certificate")]
    public async Task A_certificate_of_another_place_is_not_asked_for(string arn, string problem)
    {
        await using var acm = new LoopbackHttp(_ => new(500, ""));
        (await ReadAsync(acm, arn))[0]!.Problem.ShouldBe(problem);
        acm.Calls.ShouldBeEmpty();
    }

    [Fact]
    public async Task Without_mutual_TLS_nothing_is_asked()
    {
        await using var acm = new LoopbackHttp(_ => new(500, ""));
        (await ReadAsync(acm, [null]))[0].ShouldBeNull();
        acm.Calls.ShouldBeEmpty();
    }

    [Fact]
    public async Task Motos_ACM_answers_as_the_reader_expects()
    {
        var moto = await shared.StartedAsync(Token);
        var client = Forged.Root(
            new()
            {
                Subject = "CN=CloudFront",
                ExtendedKeyUsage = ["1.3.6.1.5.5.7.3.2"],
                RsaBits = 2048,
            }
        );
        var arn = await moto.RunAsync(
            "import",
            client.Certificate.ExportCertificatePem(),
            ((System.Security.Cryptography.RSA)client.Key).ExportPkcs8PrivateKeyPem()
        );

        using var certificates = LoopbackClients.On(moto.Url).Certificates();
        var read = await new ClientCertificateReader(certificates).AddToAsync(Listing(arn), Token);

        var certificate = read.Distributions[0].Origins[0].CustomOriginConfig!.ClientCertificate.ShouldNotBeNull();
        (certificate.Problem, certificate.Status, certificate.Type).ShouldBe((null, "ISSUED", "IMPORTED"));
        certificate.NotAfter!.Value.ShouldBe(new DateTimeOffset(client.Certificate.NotAfter.ToUniversalTime()));
    }

    private static async Task<IReadOnlyList<ClientCertificate?>> ReadAsync(LoopbackHttp acm, params string?[] arns)
    {
        using var certificates = LoopbackClients.On(acm.Url).Certificates();
        var listing = await new ClientCertificateReader(certificates).AddToAsync(Listing(arns), Token);
        return [.. listing.Distributions[0].Origins.Select(origin => origin.CustomOriginConfig!.ClientCertificate)];
    }

    private static Listing Listing(params string?[] arns) =>
        new()
        {
            AccountId = "123456789012",
            Distributions =
            [
                Given.Distribution([
                    .. arns.Select(
                        (arn, index) =>
                            Given.Origin($"o{index}") with
                            {
                                CustomOriginConfig = new()
                                {
                                    OriginProtocolPolicy = OriginProtocolPolicy.HttpsOnly,
                                    ClientCertificateArn = arn,
                                    HasOriginMtls = arn is not null,
                                },
                            }
                    ),
                ]),
            ],
        };
}
