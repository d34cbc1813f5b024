using OriginWatch.Edge;
using OriginWatch.Probing;
using OriginWatch.Rules;
using OriginWatch.SelfTest;
using OriginWatch.Targets;
using OriginWatch.Tests.Probing;
using OriginWatch.Text;
using OriginWatch.Tls;

namespace OriginWatch.Tests.SelfTest;

public class CanariesTests
{
    private static readonly RuleCatalog Catalog = new(new());
    private readonly CancellationToken _cancel = TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_real_prober_and_the_real_rules_tell_them_apart()
    {
        using var prober = NewProber();
        await new Canaries(prober, Catalog, TimeProvider.System).CheckAsync(_cancel);
    }

    [Fact]
    public async Task A_prober_that_may_go_anywhere_is_found_out()
    {
        using var prober = NewProber(allowPrivate: true);
        (
            await Should.ThrowAsync<OperatorException>(() => new Canaries(prober, Catalog, TimeProvider.System).CheckAsync(_cancel))
        ).Message.ShouldBe(
            "The canaries were evaluated wrongly, so no verdict of this run can be believed: an ordinary origin at a loopback address was connected to. Please report this."
        );
    }

    [Fact]
    public async Task A_prober_that_sees_the_same_server_everywhere_is_found_out()
    {
        using var real = NewProber();
        ProbeTarget? first = null;
        var prober = new AlteredProber(
            (target, cancel) => real.ProbeAsync(target.AllowedEndpoint is null ? target : first ??= target, cancel)
        );
        var message = (
            await Should.ThrowAsync<OperatorException>(() => new Canaries(prober, Catalog, TimeProvider.System).CheckAsync(_cancel))
        ).Message;
        message.ShouldContain("canary.invalid should be");
    }

    [Fact]
    public async Task A_prober_that_cannot_connect_is_found_out()
    {
        var prober = new AlteredProber(
            (target, _) =>
                Task.FromResult(
                    new TargetOutcome(
                        target,
                        [
                            new(
                                null,
                                target.Protocols,
                                IsConfirmation: false,
                                target.AllowedEndpoint is null
                                    ? new ProbeFailure
                                    {
                                        Stage = ProbeStage.Connect,
                                        Reason = FailureReason.AddressNotAllowed,
                                        Detail = "refused",
                                    }
                                    : new ProbeFailure
                                    {
                                        Stage = ProbeStage.Connect,
                                        Reason = FailureReason.ConnectTimeout,
                                        Detail = "no answer",
                                    }
                            ),
                        ]
                    )
                )
        );
        (
            await Should.ThrowAsync<OperatorException>(() => new Canaries(prober, Catalog, TimeProvider.System).CheckAsync(_cancel))
        ).Message.ShouldContain("healthy.canary.invalid should be accepted and was not evaluated");
    }

    [Fact]
    public void A_classifier_that_takes_every_answer_for_a_good_one_is_found_out()
    {
        EdgeCanaries.Problems(Canaries.Listing, AnswerClassifier.Classify).ShouldBeEmpty();

        var problems = EdgeCanaries.Problems(Canaries.Listing, (_, _) => new(EdgeAnswerKind.Reached, "")).ToList();

        problems.ShouldContain("a CloudFront response that means connectionFailed was classified as reached");
        problems.Select(problem => problem.Split(' ')[5]).Distinct().Count().ShouldBe(Enum.GetValues<EdgeAnswerKind>().Length - 1);
    }

    private static TlsProber NewProber(bool allowPrivate = false) =>
        new(new() { AllowPrivateAddresses = allowPrivate }, new Prober.NoResolver(), TimeProvider.System);

    private sealed class AlteredProber(Func<ProbeTarget, CancellationToken, Task<TargetOutcome>> probe) : IProber
    {
        public Task<TargetOutcome> ProbeAsync(ProbeTarget target, CancellationToken cancellationToken) => probe(target, cancellationToken);

        public Task<TargetOutcome> ConnectAsync(HttpTarget target, CancellationToken cancellationToken) =>
            throw new NotSupportedException();

        public Task<AcceptedVersions> ScanVersionsAsync(
            ProbeTarget target,
            IReadOnlyList<TlsProtocol> versions,
            CancellationToken cancellationToken
        ) => throw new NotSupportedException();
    }
}
