using OriginWatch.Inventory;
using OriginWatch.Probing;
using OriginWatch.Rules.Configuration;
using OriginWatch.Tests.Targets;
using OriginWatch.Tls;
using static OriginWatch.Tests.Rules.Configuration.ConfigurationRules;

namespace OriginWatch.Tests.Rules.Configuration;

public class Ssl3IsNotAllowedTests
{
    [Theory]
    [InlineData(TlsProtocol.Tls12)]
    [InlineData(TlsProtocol.Tls10, TlsProtocol.Tls12)]
    public void Passes_without_it(params TlsProtocol[] listed) => Judge<Ssl3IsNotAllowed>(Sample.Origin(protocols: listed)).Passes();

    [Theory]
    [InlineData("\"TLSv1.2\"", TlsProtocol.Ssl3)]
    [InlineData("\"TLSv1\",\"TLSv1.2\"", TlsProtocol.Ssl3, TlsProtocol.Tls10, TlsProtocol.Tls12)]
    public void Fails_with_it_and_keeps_the_rest_in_the_remedy(string rest, params TlsProtocol[] listed)
    {
        var fail = Judge<Ssl3IsNotAllowed>(Sample.Origin(protocols: listed)).Fails();
        fail.Detail.ShouldContain("offers only SSLv3");
        fail.Remediation.ShouldNotBeNull().ShouldContain($"\"Items\":[{rest}]");
    }

    [Fact]
    public void Does_not_apply_to_http_only() =>
        Judge<Ssl3IsNotAllowed>(Sample.Origin(policy: OriginProtocolPolicy.HttpOnly, protocols: [TlsProtocol.Ssl3])).IsNotApplicable();

    [Fact]
    public void Holds_for_a_vpc_origin_too() => Judge<Ssl3IsNotAllowed>(VpcUse(OriginProtocolPolicy.HttpsOnly, TlsProtocol.Ssl3)).Fails();

    [Fact]
    public void Is_undetermined_for_a_vpc_origin_that_could_not_be_read() => Judge<Ssl3IsNotAllowed>(VpcUse(null)).IsUndetermined();
}

public class Tls10AndTls11AreNotAllowedTests
{
    [Fact]
    public void Passes_with_Tls_1_2_alone() => Judge<Tls10AndTls11AreNotAllowed>(Sample.Origin()).Passes();

    [Theory]
    [InlineData("OriginSslProtocols lists TLSv1 and not TLSv1.2", TlsProtocol.Tls10)]
    [InlineData("OriginSslProtocols lists TLSv1.1", TlsProtocol.Tls11, TlsProtocol.Tls12)]
    [InlineData("OriginSslProtocols lists TLSv1, TLSv1.1", TlsProtocol.Tls12, TlsProtocol.Tls11, TlsProtocol.Tls10)]
    public void Fails_with_one_of_them(string detail, params TlsProtocol[] listed) =>
        Judge<Tls10AndTls11AreNotAllowed>(Sample.Origin(protocols: listed)).Fails().Detail.ShouldBe(detail);

    [Fact]
    public void Leaves_Sslv3_to_its_own_rule() => Judge<Tls10AndTls11AreNotAllowed>(Sample.Origin(protocols: [TlsProtocol.Ssl3])).Passes();

    [Fact]
    public void Does_not_apply_to_http_only() =>
        Judge<Tls10AndTls11AreNotAllowed>(Sample.Origin(policy: OriginProtocolPolicy.HttpOnly, protocols: [TlsProtocol.Tls10]))
            .IsNotApplicable();

    [Fact]
    public void Is_undetermined_for_a_vpc_origin_that_could_not_be_read() =>
        Judge<Tls10AndTls11AreNotAllowed>(VpcUse(null)).IsUndetermined();
}

public class SslProtocolsAreStatedTests
{
    [Fact]
    public void Passes_with_a_list() => Judge<SslProtocolsAreStated>(Sample.Origin()).Passes();

    [Fact]
    public void Fails_without_one_and_says_what_was_probed() =>
        Judge<SslProtocolsAreStated>(Sample.Origin().With(config => config with { OriginSslProtocols = [] }))
            .Fails()
            .Detail.ShouldContain("probed with TLSv1.2 and TLSv1.3");

    [Fact]
    public void Fails_with_a_name_that_nobody_knows_here() =>
        Judge<SslProtocolsAreStated>(Sample.Origin().With(config => config with { UnknownSslProtocols = ["TLSv2"] }))
            .Fails()
            .Detail.ShouldContain("\"TLSv2\"");

    [Fact]
    public void Does_not_apply_to_http_only() =>
        Judge<SslProtocolsAreStated>(
                Sample.Origin(policy: OriginProtocolPolicy.HttpOnly).With(config => config with { OriginSslProtocols = [] })
            )
            .IsNotApplicable();

    [Fact]
    public void Is_undetermined_for_a_vpc_origin_that_could_not_be_read() => Judge<SslProtocolsAreStated>(VpcUse(null)).IsUndetermined();
}
