using System.Net;
using OriginWatch.Probing;
using OriginWatch.Rules;
using OriginWatch.Targets;
using OriginWatch.Tests.Trust;
using OriginWatch.Tls;

namespace OriginWatch.Tests.Rules.Reachability;

/// <summary>A server that refuses the viewer's name before it sends a certificate, in every way that servers do.</summary>
public sealed class AcceptsTheServerNameTests : IDisposable
{
    private static readonly RuleCatalog Catalog = new(new());
    private readonly TestPki _pki = new();

    public static TheoryData<FailureReason, int?> Refusals =>
        new()
        {
            { FailureReason.AlertReceived, TlsAlerts.HandshakeFailure },
            { FailureReason.AlertReceived, TlsAlerts.InternalError },
            { FailureReason.AlertReceived, TlsAlerts.UnrecognizedName },
            { FailureReason.AlertReceived, TlsAlerts.ProtocolVersion },
            { FailureReason.ClosedBeforeServerHello, null },
            { FailureReason.ResetBeforeServerHello, null },
            { FailureReason.HandshakeTimeout, null },
            { FailureReason.NotTls, null },
        };

    [Theory]
    [MemberData(nameof(Refusals))]
    public void A_refusal_under_the_viewers_name_alone_is_about_the_name_and_nothing_else(FailureReason reason, int? alert)
    {
        var verdicts = Judge(Failure(reason, alert), Works());

        var fail = verdicts["OW218"].ShouldBeOfType<Verdict.Fail>();
        fail.Remediation.ShouldNotBeNull()
            .ShouldStartWith("Stop forwarding Host to this origin: use the managed origin request policy AllViewerExceptHostHeader");
        fail.Detail.ShouldContain("under origin.example.com, the origin's own name, the handshake and the certificate are good");
        verdicts
            .Where(verdict => verdict.Key != "OW218")
            .Select(verdict => verdict.Value)
            .Where(verdict => verdict is Verdict.Fail or Verdict.Undetermined { IsConsequence: false })
            .ShouldBeEmpty();
    }

    [Theory]
    [InlineData(FailureReason.AlertReceived, 40, "OW206")]
    [InlineData(FailureReason.AlertReceived, 80, "OW207")]
    [InlineData(FailureReason.AlertReceived, 70, "OW205")]
    [InlineData(FailureReason.NotTls, null, "OW204")]
    public void What_fails_under_both_names_is_not_about_the_name(FailureReason reason, int? alert, string rule)
    {
        var verdicts = Judge(Failure(reason, alert), Given.Address("192.0.2.1", Failure(reason, alert)));

        verdicts[rule].ShouldBeOfType<Verdict.Fail>();
        verdicts["OW218"].ShouldBeOfType<Verdict.NotApplicable>().IsUnreached.ShouldBeTrue();
    }

    [Fact]
    public void Another_address_that_works_under_the_own_name_says_nothing_of_this_one() =>
        Judge(Failure(FailureReason.ClosedBeforeServerHello), Works("192.0.2.2"))["OW203"]
            .ShouldBeOfType<Verdict.Undetermined>()
            .IsConsequence.ShouldBeFalse();

    [Fact]
    public void Where_the_own_name_has_no_good_certificate_Host_must_not_just_be_left_out()
    {
        using var other = _pki.Issuing.IssueLeaf("other.example.net");

        var fail = Judge(Failure(FailureReason.AlertReceived, 40), GivenChain.Seen("192.0.2.1", GivenChain.Chain(_pki, other)))["OW218"]
            .ShouldBeOfType<Verdict.Fail>();

        fail.Detail.ShouldEndWith("it continues, but the certificate sent there does not cover origin.example.com");
        fail.Remediation.ShouldNotBeNull().ShouldStartWith("Add a site and a certificate for the viewers' names");
    }

    [Fact]
    public void The_alert_for_an_unknown_name_is_enough_by_itself() =>
        Judge(Failure(FailureReason.AlertReceived, TlsAlerts.UnrecognizedName))["OW218"]
            .ShouldBeOfType<Verdict.Fail>()
            .Remediation.ShouldNotBeNull()
            .ShouldStartWith("Stop forwarding Host to this origin and add a site");

    [Fact]
    public void An_origin_that_refuses_its_own_name_needs_a_site_for_it() =>
        Judge(Failure(FailureReason.AlertReceived, TlsAlerts.UnrecognizedName), asked: "origin.example.com")["OW218"]
            .ShouldBeOfType<Verdict.Fail>()
            .Remediation.ShouldNotBeNull()
            .ShouldStartWith("Add a site and a certificate for the origin domain");

    [Fact]
    public void A_handshake_passes() => Judge(Given.Handshake())["OW218"].ShouldBeOfType<Verdict.Pass>();

    public void Dispose() => _pki.Dispose();

    private AddressObservation Works(string address = "192.0.2.1") => GivenChain.Seen(address, GivenChain.Chain(_pki, _pki.Leaf));

    private static ProbeFailure Failure(FailureReason reason, int? alert = null) =>
        new()
        {
            Stage = ProbeStage.Handshake,
            Reason = reason,
            Detail = "what happened",
            Seen = new() { Alerts = alert is { } number ? [new(Received: true, Fatal: true, number, TlsAlerts.Name(number))] : [] },
        };

    private static Dictionary<string, Verdict> Judge(
        ProbeResult result,
        AddressObservation? underOwnName = null,
        string asked = "www.example.com"
    )
    {
        var target = Given.Seen(
            new AddressObservation(IPAddress.Parse("192.0.2.1"), [new(Given.Tls12And13, Given.Attempt(result), null)])
        ) with
        {
            Name = new(
                Given.Target() with
                {
                    ServerName = asked,
                },
                asked == "origin.example.com" ? ServerNameRole.OriginDomain : ServerNameRole.Alias,
                Decides: true
            ),
            UnderOwnName = underOwnName is null ? [] : [underOwnName],
        };
        return Catalog
            .Rules.Where(rule => rule.Metadata.Id.StartsWith("OW2", StringComparison.Ordinal))
            .ToDictionary(
                rule => rule.Metadata.Id,
                rule => rule.Judge(Given.Observation(null, target)).ShouldHaveSingleItem().Verdict,
                StringComparer.Ordinal
            );
    }
}
