using OriginWatch.Probing;
using OriginWatch.Rules;
using OriginWatch.Targets;
using OriginWatch.Tests.Trust;
using OriginWatch.Trust;

namespace OriginWatch.Tests.Rules;

/// <summary>Under a wildcard alone, the name that is asked for is one that nobody is known to use.</summary>
public sealed class InventedNamesTests : IDisposable
{
    private const string Invented = "originwatch-probe.example.com";
    private readonly TestPki _pki = new();

    [Fact]
    public void A_refusal_of_the_made_up_name_is_undetermined_and_says_what_was_seen()
    {
        var judged = Judge(Given.Address("192.0.2.1", Closed()), own: GivenChain.Seen("192.0.2.1", GivenChain.Chain(_pki, _pki.Leaf)));

        judged.Verdict.ShouldBe(OriginVerdict.Undetermined);
        var doubt = judged.Judgements.Single(judgement => judgement.Rule.Id == "OW218").Verdict.ShouldBeOfType<Verdict.Undetermined>();
        doubt.IsConsequence.ShouldBeFalse();
        doubt.Reason.ShouldContain($"the generated name {Invented}; under it: the server ends the handshake");
        doubt.Remediation.ShouldNotBeNull().ShouldStartWith("Give a name that viewers use");
    }

    [Fact]
    public void Another_sites_certificate_under_the_made_up_name_is_undetermined()
    {
        using var other = _pki.Issuing.IssueLeaf("other.example.net");

        Judge(GivenChain.Seen("192.0.2.1", GivenChain.Chain(_pki, other))).Verdict.ShouldBe(OriginVerdict.Undetermined);
    }

    [Fact]
    public void A_fault_of_the_certificate_that_covers_the_wildcard_is_certain()
    {
        using var expired = _pki.Issuing.IssueLeaf(
            "example.com",
            new()
            {
                DnsNames = ["*.example.com"],
                NotBefore = TestPki.Now.AddDays(-90),
                NotAfter = TestPki.Now.AddDays(-1),
            }
        );

        Judge(GivenChain.Seen("192.0.2.1", GivenChain.Chain(_pki, expired))).Verdict.ShouldBe(OriginVerdict.Rejects);
    }

    [Fact]
    public void A_closed_port_is_certain_under_any_name() =>
        Judge(Given.Address("192.0.2.1", Given.Refused())).Verdict.ShouldBe(OriginVerdict.Rejects);

    [Fact]
    public void What_fails_under_the_own_name_too_is_certain()
    {
        var version = new ProbeFailure
        {
            Stage = ProbeStage.Handshake,
            Reason = FailureReason.NoCommonProtocol,
            Detail = "too old",
        };

        Judge(Given.Address("192.0.2.1", version), own: Given.Address("192.0.2.1", version)).Verdict.ShouldBe(OriginVerdict.Rejects);
    }

    [Fact]
    public void A_good_certificate_is_accepted()
    {
        using var wildcard = _pki.Issuing.IssueLeaf("example.com", new() { DnsNames = ["*.example.com"] });

        Judge(GivenChain.Seen("192.0.2.1", GivenChain.Chain(_pki, wildcard))).Verdict.ShouldBe(OriginVerdict.Accepts);
    }

    public void Dispose() => _pki.Dispose();

    private static ProbeFailure Closed() =>
        new()
        {
            Stage = ProbeStage.Handshake,
            Reason = FailureReason.ClosedBeforeServerHello,
            Detail = "closed",
        };

    private static JudgedOrigin Judge(AddressObservation seen, AddressObservation? own = null)
    {
        var target = Given.Seen(seen) with
        {
            Name = new(Given.Target() with { ServerName = Invented }, ServerNameRole.Alias, Decides: true) { IsInvented = true },
            UnderOwnName = own is null ? [] : [own],
        };
        var use = Given.Use(Given.Distribution() with { Aliases = ["*.example.com"] }) with
        {
            HostForwarding = HostForwarding.Forwarded,
            Names = [target.Name],
        };
        return new OriginJudge(new RuleCatalog(new()).Rules).Judge(Given.Observation(use, target) with { Now = TestPki.Now });
    }
}
