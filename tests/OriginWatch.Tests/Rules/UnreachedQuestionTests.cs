using System.Security.Cryptography.X509Certificates;
using OriginWatch.Loopback;
using OriginWatch.Probing;
using OriginWatch.Rules;
using OriginWatch.Trust;

namespace OriginWatch.Tests.Rules;

/// <summary>Walks all rules over observations that stop at each stage: a rule that did not see its evidence does not pass.</summary>
public sealed class UnreachedQuestionTests : IDisposable
{
    private static readonly DateTimeOffset Now = DateTimeOffset.UtcNow;
    private readonly CertificateAuthority _root = CertificateAuthority.CreateRoot("CN=Test Root", Now);

    /// <summary>What can be said for certain before the stage at which the connection ended.</summary>
    public static TheoryData<FailureReason, string> Stages =>
        new()
        {
            { FailureReason.RunDeadline, "" },
            { FailureReason.NameNotFound, "" },
            { FailureReason.ResolverTimeout, "" },
            { FailureReason.ConnectionRefused, "OW201" },
            { FailureReason.ConnectTimeout, "OW201" },
            { FailureReason.ClosedBeforeServerHello, "OW201 OW202" },
            { FailureReason.NotTls, "OW201 OW202 OW203" },
            { FailureReason.NoCommonProtocol, "OW201 OW202 OW203 OW204" },
            { FailureReason.NoCommonCipherSuite, "OW201 OW202 OW203 OW204 OW205" },
        };

    [Theory]
    [MemberData(nameof(Stages))]
    public void No_rule_passes_beyond_the_stage_that_was_reached(FailureReason reason, string reached)
    {
        var failure = new ProbeFailure
        {
            Stage = ProbeStage.Handshake,
            Reason = reason,
            Detail = "it ended here",
        };
        var target = Given.Seen(Given.Address("192.0.2.1", failure));
        PassingOf(target).ShouldBe(reached.Split(' ', StringSplitOptions.RemoveEmptyEntries), ignoreOrder: true);
        BeyondIt(target)
            .Where(verdict =>
                verdict
                    is not (Verdict.Fail or Verdict.NotApplicable { Reason.Length: > 0 } or Verdict.Undetermined { IsConsequence: false })
            )
            .ShouldBeEmpty();
    }

    [Fact]
    public void A_question_that_was_not_reached_at_one_address_is_not_passed_by_another()
    {
        var broken = Given.Address("192.0.2.1", Given.Refused());
        using var leaf = _root.IssueLeaf("origin.example.com");
        var good = Seen(leaf).Addresses[0] with { Address = System.Net.IPAddress.Parse("192.0.2.2") };
        var expired = Judged(Given.Seen(broken, good))
            .Single(judgement => judgement.Rule.Id == "OW301")
            .Verdict.ShouldBeOfType<Verdict.NotApplicable>();
        expired.IsUnreached.ShouldBeTrue();
        expired.Reason.ShouldStartWith("on 1 of 2 addresses (192.0.2.1): ");
    }

    [Fact]
    public void A_self_signed_certificate_passes_no_rule_about_a_chain()
    {
        using var self = CertificateAuthority.SelfSigned("origin.example.com", Now);
        PassingOf(Seen(self)).Intersect(["OW309", "OW401", "OW402", "OW403", "OW404", "OW405", "OW408", "OW409", "OW412"]).ShouldBeEmpty();
    }

    [Fact]
    public void Without_an_intermediate_nothing_is_said_of_the_root()
    {
        using var intermediate = _root.CreateIntermediate("CN=Test Issuing");
        using var leaf = intermediate.IssueLeaf("origin.example.com");
        PassingOf(Seen(leaf)).Intersect(["OW402", "OW403", "OW404", "OW408", "OW412"]).ShouldBeEmpty();
    }

    [Fact]
    public void A_complete_chain_passes_them()
    {
        using var leaf = _root.IssueLeaf("origin.example.com");
        new[] { "OW309", "OW401", "OW402", "OW403", "OW404", "OW405", "OW408", "OW409", "OW412" }
            .Except(PassingOf(Seen(leaf)))
            .ShouldBeEmpty();
    }

    public void Dispose() => _root.Dispose();

    private TargetObservation Seen(params X509Certificate2[] chain)
    {
        var verifier = new ChainVerifier(TrustStore.FromPem(_root.Certificate.ExportCertificatePem(), "test"));
        var assessed = verifier.Assess(verifier.Parse([.. chain.Select(certificate => (ReadOnlyMemory<byte>)certificate.RawData)]), Now);
        return Given.Seen(
            new AddressObservation(
                System.Net.IPAddress.Parse("192.0.2.1"),
                [new(Given.Tls12And13, Given.Attempt(Given.Handshake(), chain: assessed), Confirmation: null)]
            )
        );
    }

    /// <summary>Rules about the configuration have their evidence without any connection.</summary>
    private static List<string> PassingOf(TargetObservation target) =>
        [
            .. Judged(target)
                .Where(judgement => judgement.Verdict is Verdict.Pass && string.CompareOrdinal(judgement.Rule.Id, "OW2") > 0)
                .Select(judgement => judgement.Rule.Id),
        ];

    /// <summary>What the rules about the connection and the certificates say that do not pass.</summary>
    private static IEnumerable<Verdict> BeyondIt(TargetObservation target) =>
        Judged(target)
            .Where(judgement => judgement.Target is not null && judgement.Verdict is not Verdict.Pass)
            .Select(judgement => judgement.Verdict);

    private static IEnumerable<Judgement> Judged(TargetObservation target) =>
        new RuleCatalog(new()).Rules.SelectMany(rule => rule.Judge(Given.Observation(null, target)));
}
