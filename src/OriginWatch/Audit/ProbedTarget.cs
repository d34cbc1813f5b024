using OriginWatch.Probing;
using OriginWatch.Rules;
using OriginWatch.Targets;
using OriginWatch.Trust;

namespace OriginWatch.Audit;

/// <summary>What was seen of a target, with each chain assessed; independent of the origins that share the target.</summary>
internal sealed record ProbedTarget(IReadOnlyList<AddressObservation> Addresses, int AddressesFound, DateTimeOffset SeenAt)
{
    /// <summary>True when the run ended before the retry that this target should have had.</summary>
    public bool LacksConfirmation { get; init; }

    /// <summary>See <see cref="TargetObservation.UnderOwnName"/>.</summary>
    public IReadOnlyList<AddressObservation> UnderOwnName { get; init; } = [];

    /// <summary>False when the run ended before the target was looked at.</summary>
    public bool WasReached => Reached(Addresses);

    public bool HasFailed => Addresses.Any(address => address.Decisive.Last.Result is ProbeFailure);

    /// <summary>True where the first look met what CloudFront would meet as well: no such name, or a refusal.</summary>
    public bool FailedForCertain =>
        Addresses.Any(address =>
            address.Decisive.First.Result
                is ProbeFailure
                {
                    Reason: FailureReason.ConnectionRefused
                        or FailureReason.InvalidName
                        or FailureReason.NameNotFound
                        or FailureReason.NoAddressOfFamily
                }
        );

    public static bool Reached(IReadOnlyList<AddressObservation> addresses) =>
        addresses.All(address => address.Hellos.All(hello => hello.First.Result is not ProbeFailure { Reason: FailureReason.RunDeadline }));

    public static ProbedTarget Of(
        TargetOutcome outcome,
        Func<IReadOnlyList<ReadOnlyMemory<byte>>, ChainAssessment> assess,
        DateTimeOffset seenAt
    ) =>
        new(
            [
                .. outcome
                    .Attempts.GroupBy(attempt => attempt.Address)
                    .Select(address => new AddressObservation(
                        address.Key,
                        [
                            .. address.Select(attempt => new HelloObservation(
                                attempt.Offered,
                                new(attempt, Assess(attempt, assess)),
                                Confirmation: null
                            )),
                        ]
                    )),
            ],
            outcome.AddressesFound,
            seenAt
        );

    public static ProbedTarget NotReached(ConnectTarget target, DateTimeOffset seenAt)
    {
        var offered = (target as ProbeTarget)?.Protocols ?? new();
        var failure = new ProbeFailure
        {
            Stage = ProbeStage.Resolve,
            Reason = FailureReason.RunDeadline,
            Detail = "the run ended before this target was probed",
        };
        var attempt = new ProbeAttempt(Address: null, offered, IsConfirmation: false, failure);
        return new([new(null, [new(offered, new(attempt, null), Confirmation: null)])], 0, seenAt);
    }

    public TargetObservation Observe(PlannedName name) =>
        new(name, Addresses, AddressesFound) { LacksConfirmation = LacksConfirmation, UnderOwnName = UnderOwnName };

    public HttpObservation Observe(HttpTarget target) => new(target, Addresses, AddressesFound) { LacksConfirmation = LacksConfirmation };

    /// <summary>
    /// Adds the retry, address by address and hello by hello. A lookup that failed or came to life is confirmed as a whole;
    /// an address that left the name in between is gone, and one that joined it speaks for the name as well.
    /// </summary>
    public ProbedTarget ConfirmedBy(ProbedTarget second)
    {
        if (!second.WasReached)
        {
            return this with { LacksConfirmation = true };
        }

        var confirmed = Addresses.Select(address =>
            address with
            {
                Hellos =
                [
                    .. address.Hellos.Select(hello => hello with { Confirmation = second.Find(address, hello) ?? hello.Confirmation }),
                ],
            }
        );
        return Addresses[0].Address is null || second.Addresses[0].Address is null
            ? this with
            {
                Addresses = [.. confirmed],
            }
            : this with
            {
                Addresses =
                [
                    .. confirmed.Select(address => address with { IsGone = !second.Has(address) }),
                    .. second.Addresses.Where(address => !Has(address)).Select(Again),
                ],
            };
    }

    private bool Has(AddressObservation address) => Addresses.Any(other => Equals(other.Address, address.Address));

    private static AddressObservation Again(AddressObservation address) =>
        address with
        {
            Hellos = [.. address.Hellos.Select(hello => hello with { First = Again(hello.First) })],
        };

    private static SeenAttempt Again(SeenAttempt look) => look with { Attempt = look.Attempt with { IsConfirmation = true } };

    private SeenAttempt? Find(AddressObservation address, HelloObservation hello)
    {
        var same =
            Addresses.FirstOrDefault(other => Equals(other.Address, address.Address))
            ?? (address.Address is null || Addresses[0].Address is null ? Addresses[0] : null);
        return same?.Hellos.FirstOrDefault(other => other.Offered.Equals(hello.Offered)) is { First: var look } ? Again(look) : null;
    }

    private static ChainAssessment? Assess(ProbeAttempt attempt, Func<IReadOnlyList<ReadOnlyMemory<byte>>, ChainAssessment> assess) =>
        attempt.Result.Seen.Chain is { Count: > 0 } chain ? assess(chain) : null;
}
