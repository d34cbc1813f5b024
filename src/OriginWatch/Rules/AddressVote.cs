using OriginWatch.Probing;

namespace OriginWatch.Rules;

/// <summary>Merges what a rule says of attempts and addresses into one verdict for the target.</summary>
internal static class AddressVote
{
    /// <summary>Opens the evidence of a failure that did not hold on the retry.</summary>
    public const string Intermittent = "intermittent: ";

    /// <summary>A failure that did not hold on the retry is "intermittent", Medium.</summary>
    public static Verdict OfHello(HelloObservation hello, Severity own, Func<SeenAttempt, Verdict> judge)
    {
        var first = judge(hello.First);
        if (hello.Confirmation is null)
        {
            return first;
        }

        var second = judge(hello.Confirmation);
        return first is Verdict.Fail fail && second is Verdict.Pass
            ? fail with
            {
                Detail = $"{Intermittent}{fail.Detail}; the retry succeeded",
                Severity = Lower(fail.Severity ?? own, Severity.Medium),
            }
            : second;
    }

    public static bool HasNoRoute(AddressObservation address) =>
        address.Decisive.Last.Result is ProbeFailure { Reason: FailureReason.NoRouteForFamily };

    public static Verdict Merge(IReadOnlyList<AddressObservation> all, Severity own, Func<AddressObservation, Verdict> judge)
    {
        var addresses = all.Count == 1 ? all : Reachable(all);
        if (addresses is [var only])
        {
            return judge(only);
        }

        var votes = addresses.Select(address => (Address: address, Verdict: judge(address))).ToList();
        var fails = votes.Where(vote => vote.Verdict is Verdict.Fail).ToList();
        if (fails.Count > 0)
        {
            var merged = MergeFails(
                fails.ConvertAll(vote => (vote.Address, (Verdict.Fail)vote.Verdict)),
                votes.Count,
                own,
                votes.Exists(vote => vote.Verdict is Verdict.Pass)
            );
            return fails.TrueForAll(vote => vote.Address.IsGone) && fails.Count < votes.Count
                ? merged with
                {
                    UnconfirmedBecause = LeftTheName(fails.Count),
                }
                : merged;
        }

        votes = votes.Exists(vote => !vote.Address.IsGone) ? votes.FindAll(vote => !vote.Address.IsGone) : votes;
        return MergeUnknown(votes) ?? MergePasses(votes);
    }

    private static Verdict? MergeUnknown(List<(AddressObservation Address, Verdict Verdict)> votes)
    {
        var unknown = votes.FindAll(vote => vote.Verdict is Verdict.Undetermined);
        var unreached = votes.FindAll(vote => vote.Verdict is Verdict.NotApplicable { IsUnreached: true });
        return (unknown, unreached) switch
        {
            ([var first, ..], _) when first.Verdict is Verdict.Undetermined undetermined => undetermined with
            {
                Reason = Of(unknown, undetermined.Reason),
            },
            (_, [var first, ..]) when first.Verdict is Verdict.NotApplicable not => not with { Reason = Of(unreached, not.Reason) },
            _ => null,
        };

        string Of(List<(AddressObservation Address, Verdict Verdict)> some, string reason) =>
            some.Count == votes.Count ? reason : $"{OnAddresses(some.ConvertAll(vote => vote.Address), votes.Count)}: {reason}";
    }

    private static Verdict MergePasses(List<(AddressObservation Address, Verdict Verdict)> votes) =>
        votes.Select(vote => vote.Verdict).OfType<Verdict.Pass>().FirstOrDefault() is { } pass
            ? new Verdict.Pass(
                pass.Remark ?? votes.Select(vote => (vote.Verdict as Verdict.Pass)?.Remark).FirstOrDefault(remark => remark is not null)
            )
            {
                WithoutHandshake = votes.Exists(vote => vote.Verdict is Verdict.Pass { WithoutHandshake: true }),
            }
            : votes[0].Verdict;

    /// <summary>
    /// Without a route for IPv6 the IPv6 addresses of a dual-stack name stay unseen every night; those that were seen speak for it.
    /// <see cref="Reachability.AcceptsConnections"/> says so.
    /// </summary>
    private static IReadOnlyList<AddressObservation> Reachable(IReadOnlyList<AddressObservation> addresses) =>
        addresses.Where(address => !HasNoRoute(address)).ToList() is { Count: > 0 } seen ? seen : addresses;

    /// <summary>Some viewers are served only where some address passes; addresses that nobody could judge serve no one for
    /// certain.</summary>
    private static Verdict.Fail MergeFails(
        List<(AddressObservation Address, Verdict.Fail Fail)> fails,
        int addresses,
        Severity own,
        bool othersPass
    )
    {
        var worst = fails.MaxBy(vote => vote.Fail.Severity ?? own).Fail;
        return fails.Count == addresses
            ? worst
            : worst with
            {
                Detail = $"{OnAddresses(fails.ConvertAll(vote => vote.Address), addresses)}: {worst.Detail}",
                Severity = othersPass ? Lower(worst.Severity ?? own, Severity.High) : worst.Severity,
            };
    }

    private static string LeftTheName(int addresses) =>
        $"on retry, DNS no longer returned {(addresses == 1 ? "this address" : "these addresses")}";

    private static string OnAddresses(List<AddressObservation> some, int all) =>
        $"on {some.Count} of {all} addresses ({string.Join(", ", some.Select(address => address.Address))})";

    private static Severity Lower(Severity severity, Severity bound) => severity < bound ? severity : bound;
}
