using OriginWatch.Rules;
using OriginWatch.Rules.Certificates;
using OriginWatch.Targets;
using OriginWatch.Tests.Trust;
using OriginWatch.Trust;

namespace OriginWatch.Tests.Rules.Certificates;

public sealed class CertificateCoversServerNameTests : IDisposable
{
    private readonly TestPki _pki = new();
    private readonly CertificateCoversServerName _rule = new();

    [Theory]
    [InlineData("origin.example.com", "origin.example.com", ServerNameRole.OriginDomain, null)]
    [InlineData("www.example.com", "origin.example.com", ServerNameRole.OriginDomain, Severity.Critical)]
    [InlineData("www.example.com", "www.example.com", ServerNameRole.Alias, null)]
    [InlineData("origin.example.com", "www.example.com", ServerNameRole.Alias, Severity.Medium)]
    [InlineData("other.example.com", "www.example.com", ServerNameRole.Alias, Severity.Critical)]
    [InlineData("*.example.com", "www.example.com", ServerNameRole.TenantDomain, null)]
    [InlineData("origin.example.com", "d111.cloudfront.net", ServerNameRole.DistributionDomain, Severity.Medium)]
    public void Has_three_answers(string certified, string asked, ServerNameRole role, Severity? expected)
    {
        using var leaf = _pki.Issuing.IssueLeaf(certified);

        var verdict = GivenChain.Judge(_rule, GivenChain.Chain(_pki, leaf), asked, role);

        (verdict is Verdict.Fail fail ? fail.Severity ?? _rule.Metadata.Severity : (Severity?)null).ShouldBe(expected);
    }

    [Theory]
    [InlineData("w*.example.com", "www.example.com", Severity.High)]
    [InlineData("*w.example.com", "www.example.com", Severity.High)]
    [InlineData("www*.example.com", "www.example.com", Severity.High)]
    [InlineData("www*w.example.com", "www.example.com", Severity.Critical)]
    [InlineData("w*w.example.com", "www.example.com", Severity.Critical)]
    [InlineData("x*.example.com", "www.example.com", Severity.Critical)]
    [InlineData("w*.com", "www.com", Severity.Critical)]
    [InlineData("w*.example.com", "api.www.example.com", Severity.Critical)]
    [InlineData("xn--*.example.com", "xn--4ca.example.com", Severity.Critical)]
    public void A_wildcard_for_a_part_of_a_label_is_refused_by_s2n_alone(string certified, string asked, Severity expected)
    {
        using var leaf = _pki.Issuing.IssueLeaf("other.example.com", new() { DnsNames = [certified] });

        var fail = GivenChain.Judge(_rule, GivenChain.Chain(_pki, leaf), asked).ShouldBeOfType<Verdict.Fail>();

        (fail.Severity ?? _rule.Metadata.Severity).ShouldBe(expected);
        fail.Detail.Contains("s2n-tls, Amazon's TLS library, rejects it; OpenSSL does not", StringComparison.Ordinal)
            .ShouldBe(expected == Severity.High);
    }

    [Fact]
    public void So_is_a_common_name_beside_an_address()
    {
        var root = Forged.Root(Recipe.Authority("CN=R"));
        var leaf = root.Issue(
            new()
            {
                Subject = "CN=www.example.com",
                IpAddresses = [System.Net.IPAddress.Parse("192.0.2.7")],
                DnsNames = [],
            }
        );
        var chain = new ChainVerifier(TestPki.StoreOf(root.Certificate)).Assess(TestPki.Chain(leaf.Certificate), TestPki.Now);

        var fail = GivenChain.Judge(_rule, chain, "www.example.com").ShouldBeOfType<Verdict.Fail>();

        fail.Severity.ShouldBe(Severity.High);
    }

    [Fact]
    public void Says_which_names_the_certificate_has()
    {
        using var leaf = _pki.Issuing.IssueLeaf(
            "a.example",
            new() { DnsNames = ["a.example", "b.example", "c.example", "d.example", "e.example"] }
        );

        var verdict = GivenChain.Judge(_rule, GivenChain.Chain(_pki, leaf));

        verdict
            .ShouldBeOfType<Verdict.Fail>()
            .Detail.ShouldBe("it is for a.example, b.example, c.example and 2 more, not for origin.example.com");
    }

    [Theory]
    [InlineData("lb-1.eu-west-1.elb.amazonaws.com", "Elastic Load Balancing")]
    [InlineData("net-1.elb.us-east-1.amazonaws.com", "Elastic Load Balancing")]
    [InlineData("lb-1.cn-north-1.elb.amazonaws.com.cn", "Elastic Load Balancing")]
    [InlineData("ec2-203-0-113-7.compute-1.amazonaws.com", "Amazon EC2")]
    [InlineData("ec2-203-0-113-7.eu-west-1.compute.amazonaws.com", "Amazon EC2")]
    [InlineData("shop.us-east-1.elasticbeanstalk.com", "AWS Elastic Beanstalk")]
    [InlineData("app.azurewebsites.net", "Microsoft Azure")]
    [InlineData("web.corp.internal", "a private network")]
    public void A_name_that_no_public_CA_certifies_is_to_be_replaced(string domain, string owner)
    {
        var remedy = GivenChain
            .Judge(_rule, GivenChain.Chain(_pki, _pki.Leaf), domain)
            .ShouldBeOfType<Verdict.Fail>()
            .Remediation.ShouldNotBeNull();

        remedy.ShouldStartWith("Use a name of your own domain as origin domain");
        remedy.ShouldContain(owner);
    }

    [Fact]
    public void A_name_that_its_owner_can_certify_needs_a_certificate() =>
        GivenChain
            .Judge(_rule, GivenChain.Chain(_pki, _pki.Leaf), "vm.westeurope.cloudapp.azure.com")
            .ShouldBeOfType<Verdict.Fail>()
            .Remediation.ShouldBeNull();

    [Theory]
    [InlineData("TRAEFIK DEFAULT CERT", "0123.traefik.default", "Traefik")]
    [InlineData("Kubernetes Ingress Controller Fake Certificate", "ingress.local", "the Kubernetes ingress controller")]
    [InlineData("Plesk", "Plesk", "Plesk")]
    [InlineData("localhost", "localhost", "the server")]
    public void A_proxys_default_certificate_is_named_as_such(string commonName, string dnsName, string product)
    {
        using var leaf = _pki.Issuing.IssueLeaf(commonName, new() { DnsNames = [dnsName] });

        GivenChain
            .Judge(_rule, GivenChain.Chain(_pki, leaf), "www.example.com", ServerNameRole.Alias)
            .ShouldBeOfType<Verdict.Fail>()
            .Detail.ShouldStartWith($"it is the default certificate of {product} ");
    }

    [Fact]
    public void With_a_good_certificate_under_its_own_name_the_remedy_is_to_stop_forwarding_Host()
    {
        using var other = _pki.Issuing.IssueLeaf("other.example.net");

        var fail = UnderBothNames(other, _pki.Leaf);

        fail.Remediation.ShouldNotBeNull().ShouldStartWith("Stop forwarding Host to this origin");
        fail.Detail.ShouldEndWith("under origin.example.com, the origin's own name, the certificate is good");
    }

    [Fact]
    public void Where_its_own_name_is_no_better_the_server_needs_the_viewers_names()
    {
        using var other = _pki.Issuing.IssueLeaf("other.example.net");

        UnderBothNames(other, other).Remediation.ShouldNotBeNull().ShouldStartWith("Add a site and a certificate for the viewers' names");
    }

    [Fact]
    public void Faults_of_another_sites_certificate_have_the_same_remedy()
    {
        using var expired = _pki.Issuing.IssueLeaf(
            "other.example.net",
            new()
            {
                DnsNames = ["other.example.net"],
                NotBefore = TestPki.Now.AddDays(-90),
                NotAfter = TestPki.Now.AddDays(-1),
            }
        );

        UnderBothNames(expired, _pki.Leaf, new CertificateIsNotExpired())
            .Remediation.ShouldNotBeNull()
            .ShouldStartWith("Stop forwarding Host to this origin");
    }

    private Verdict.Fail UnderBothNames(
        System.Security.Cryptography.X509Certificates.X509Certificate2 viewers,
        System.Security.Cryptography.X509Certificates.X509Certificate2 own,
        Rule? rule = null
    )
    {
        var target = Given.Seen(GivenChain.Seen("192.0.2.1", GivenChain.Chain(_pki, viewers))) with
        {
            Name = new(Given.Target("origin.example.com") with { ServerName = "www.example.com" }, ServerNameRole.Alias, Decides: true),
            UnderOwnName = [GivenChain.Seen("192.0.2.1", GivenChain.Chain(_pki, own))],
        };
        return GivenChain.Judge(rule ?? _rule, Given.Observation(null, target) with { Now = TestPki.Now }).ShouldBeOfType<Verdict.Fail>();
    }

    [Fact]
    public void Is_undetermined_without_a_readable_certificate() =>
        GivenChain
            .Judge(_rule, new ChainVerifier(_pki.Store).Assess(ServedChain.Parse([new byte[3]]), TestPki.Now))
            .ShouldBeOfType<Verdict.NotApplicable>()
            .IsUnreached.ShouldBeTrue();

    public void Dispose() => _pki.Dispose();
}
