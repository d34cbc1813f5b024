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

    [Fact]
    public void Says_which_names_the_certificate_has()
    {
        using var leaf = _pki.Issuing.IssueLeaf("a.example", new() { DnsNames = ["a.example", "b.example", "c.example", "d.example", "e.example"] });

        var verdict = GivenChain.Judge(_rule, GivenChain.Chain(_pki, leaf));

        verdict.ShouldBeOfType<Verdict.Fail>().Detail.ShouldBe("it is for a.example, b.example, c.example and 2 more, not for origin.example.com");
    }

    [Fact]
    public void Explains_that_nobody_certifies_a_load_balancers_own_name()
    {
        var verdict = GivenChain.Judge(_rule, GivenChain.Chain(_pki, _pki.Leaf), "lb-1.eu-west-1.elb.amazonaws.com");

        verdict.ShouldBeOfType<Verdict.Fail>().Remediation.ShouldNotBeNull().ShouldStartWith("No public CA issues certificates for names under elb.amazonaws.com");
    }

    [Fact]
    public void Is_undetermined_without_a_readable_certificate()
        => GivenChain.Judge(_rule, new ChainVerifier(_pki.Store).Assess(ServedChain.Parse([new byte[3]]), TestPki.Now)).ShouldBeOfType<Verdict.Undetermined>().IsConsequence.ShouldBeTrue();

    public void Dispose() => _pki.Dispose();
}
