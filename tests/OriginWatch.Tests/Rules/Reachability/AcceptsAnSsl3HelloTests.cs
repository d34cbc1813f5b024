using System.Net;
using OriginWatch.Probing;
using OriginWatch.Rules;
using OriginWatch.Rules.Reachability;
using OriginWatch.Tls;

namespace OriginWatch.Tests.Rules.Reachability;

public class AcceptsAnSsl3HelloTests
{
    private static readonly ProtocolSet Ssl3 = new(TlsProtocol.Ssl3);
    private static readonly ProtocolSet Newer = new(TlsProtocol.Tls12, TlsProtocol.Tls13);

    [Fact]
    public void Only_the_hello_without_SSLv3_works_is_High_and_cites_what_AWS_documents() =>
        Judge(Alert(), Given.Handshake())
            .ShouldBeOfType<Verdict.Fail>()
            .Detail.ShouldBe(
                "only a ClientHello without SSLv3 works (it negotiates TLSv1.3); AWS documents an SSLv3-only ClientHello, which fails: alert 70"
            );

    [Fact]
    public void Both_hellos_work_passes() => Judge(Given.Handshake(), Given.Handshake()).ShouldBeOfType<Verdict.Pass>();

    [Fact]
    public void Only_SSLv3_works_passes() => Judge(Given.Handshake(), Alert()).ShouldBeOfType<Verdict.Pass>();

    [Fact]
    public void Neither_works_is_another_rules_to_report() =>
        Judge(Alert(), Alert()).ShouldBeOfType<Verdict.NotApplicable>().IsUnreached.ShouldBeTrue();

    [Fact]
    public void Does_not_apply_without_SSLv3_in_the_list() => Judge(null, Given.Handshake()).ShouldBeOfType<Verdict.NotApplicable>();

    private static Verdict Judge(ProbeResult? ssl3, ProbeResult newer)
    {
        HelloObservation[] hellos = [.. ssl3 is null ? [] : new[] { Hello(Ssl3, ssl3) }, Hello(Newer, newer)];
        var target = Given.Seen(new AddressObservation(IPAddress.Loopback, hellos));
        target = target with
        {
            Name = target.Name with { Target = target.Name.Target with { Protocols = new(hellos.SelectMany(hello => hello.Offered)) } },
        };
        return new AcceptsAnSsl3Hello().Judge(Given.Observation(null, target)).ShouldHaveSingleItem().Verdict;
    }

    private static HelloObservation Hello(ProtocolSet offered, ProbeResult result) => new(offered, Given.Attempt(result), null);

    private static ProbeFailure Alert() =>
        new()
        {
            Stage = ProbeStage.Handshake,
            Reason = FailureReason.AlertReceived,
            Detail = "alert 70",
        };
}
