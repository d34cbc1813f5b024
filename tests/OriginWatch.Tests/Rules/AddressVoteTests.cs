using OriginWatch.Probing;
using OriginWatch.Rules;

namespace OriginWatch.Tests.Rules;

public class AddressVoteTests
{
    private const string A = "192.0.2.1";
    private const string B = "192.0.2.2";

    [Fact]
    public void One_failing_address_of_one_keeps_the_rules_own_severity() =>
        Merge(Given.Address(A, Given.Refused())).ShouldBe(new Verdict.Fail("refused"));

    [Fact]
    public void Some_failing_addresses_are_counted_and_named_and_weigh_High() =>
        Merge(Given.Address(A, Given.Refused()), Given.Address(B, Given.Handshake()))
            .ShouldBe(new Verdict.Fail("on 1 of 2 addresses (192.0.2.1): refused", Severity.High));

    [Fact]
    public void A_rule_that_is_only_Low_does_not_grow_by_failing_on_some_addresses() =>
        AddressVote
            .Merge([Given.Address(A, Given.Refused()), Given.Address(B, Given.Handshake())], Severity.Low, Judge)
            .ShouldBeOfType<Verdict.Fail>()
            .Severity.ShouldBe(Severity.Low);

    [Fact]
    public void A_failure_that_passes_the_second_look_is_intermittent_and_Medium()
    {
        var fail = Merge(Given.Address(A, Given.Refused(), Given.Handshake())).ShouldBeOfType<Verdict.Fail>();
        fail.Severity.ShouldBe(Severity.Medium);
        fail.Detail.ShouldBe("intermittent: refused; the retry succeeded");
    }

    [Fact]
    public void A_failure_that_fails_again_stays_what_it_is() =>
        Merge(Given.Address(A, Given.Refused(), Given.Refused())).ShouldBe(new Verdict.Fail("refused"));

    [Fact]
    public void An_address_that_cannot_be_judged_keeps_the_target_from_passing() =>
        Merge(Given.Address(A, Silent()), Given.Address(B, Given.Handshake()))
            .ShouldBe(new Verdict.Undetermined("on 1 of 2 addresses (192.0.2.1): silent"));

    [Fact]
    public void Addresses_without_a_route_leave_the_word_to_those_that_were_seen() =>
        Merge(Given.Address("2001:db8::1", NoRoute()), Given.Address(A, Given.Handshake())).ShouldBe(new Verdict.Pass("spoke"));

    [Fact]
    public void Without_any_route_the_target_cannot_be_judged() =>
        Merge(Given.Address("2001:db8::1", NoRoute()), Given.Address("2001:db8::2", NoRoute())).ShouldBeOfType<Verdict.Undetermined>();

    [Fact]
    public void A_failure_outweighs_an_address_that_cannot_be_judged() =>
        Merge(Given.Address(A, Silent()), Given.Address(B, Given.Refused()))
            .ShouldBe(
                new Verdict.Fail("on 1 of 2 addresses (192.0.2.2): refused"),
                "no address is known to serve anybody, so nothing softens it"
            );

    [Fact]
    public void All_passing_addresses_pass_with_the_first_remark() =>
        Merge(Given.Address(A, Given.Handshake()), Given.Address(B, Given.Handshake())).ShouldBe(new Verdict.Pass("spoke"));

    private static ProbeFailure Silent() =>
        new()
        {
            Stage = ProbeStage.Connect,
            Reason = FailureReason.ConnectTimeout,
            Detail = "no answer",
        };

    private static ProbeFailure NoRoute() =>
        new()
        {
            Stage = ProbeStage.Connect,
            Reason = FailureReason.NoRouteForFamily,
            Detail = "no route",
        };

    private static Verdict Merge(params AddressObservation[] addresses) => AddressVote.Merge(addresses, Severity.Critical, Judge);

    private static Verdict Judge(AddressObservation address) =>
        AddressVote.OfHello(
            address.Decisive,
            Severity.Critical,
            attempt =>
                attempt.Result switch
                {
                    Handshake => new Verdict.Pass("spoke"),
                    ProbeFailure { Reason: FailureReason.ConnectionRefused } => new Verdict.Fail("refused"),
                    _ => new Verdict.Undetermined("silent"),
                }
        );
}
