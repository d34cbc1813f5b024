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
            ? fail with { Detail = $"{Intermittent}{fail.Detail}; the retry succeeded", Severity = Lower(fail.Severity ?? own, Severity.Medium) }
            : second;
    }

    public static bool HasNoRoute(AddressObservation address) => address.Decisive.Last.Result is ProbeFailure { Reason: FailureReason.NoRouteForFamily };

    public static Verdict Merge(IReadOnlyList<AddressObservation> all, Severity own, Func<AddressObservation, Verdict> judge)
    {
        var addresses = Reachable(all);
        if (addresses is [var only])
        {
            return judge(only);
        }

        var votes = addresses.Select(address => (Address: address, Verdict: judge(address))).ToList();
        var fails = votes.Where(vote => vote.Verdict is Verdict.Fail).ToList();
        if (fails.Count > 0)
        {
            return MergeFails(fails.ConvertAll(vote => (vote.Address, (Verdict.Fail)vote.Verdict)), votes.Count, own, votes.Exists(vote => vote.Verdict is Verdict.Pass));
        }

        var unknown = votes.Where(vote => vote.Verdict is Verdict.Undetermined).ToList();
        if (unknown.Count > 0)
        {
            var undetermined = (Verdict.Undetermined)unknown[0].Verdict;
            return unknown.Count == votes.Count ? undetermined : undetermined with { Reason = $"{OnAddresses(unknown.ConvertAll(vote => vote.Address), votes.Count)}: {undetermined.Reason}" };
        }

        return votes.Select(vote => vote.Verdict).OfType<Verdict.Pass>().FirstOrDefault() is { } pass
            ? new Verdict.Pass(pass.Remark ?? votes.Select(vote => (vote.Verdict as Verdict.Pass)?.Remark).FirstOrDefault(remark => remark is not null))
            {
                WithoutHandshake = votes.Exists(vote => vote.Verdict is Verdict.Pass { WithoutHandshake: true }),
            }
            : votes[0].Verdict;
    }

    /// <summary>
    /// Without a route for IPv6 the IPv6 addresses of a dual-stack name stay unseen every night; those that were seen speak for it.
    /// <see cref="Reachability.AcceptsConnections"/> says so.
    /// </summary>
    private static IReadOnlyList<AddressObservation> Reachable(IReadOnlyList<AddressObservation> addresses)
        => addresses.Where(address => !HasNoRoute(address)).ToList() is { Count: > 0 } seen ? seen : addresses;

    /// <summary>Some viewers are served only where some address passes; addresses that nobody could judge serve no one for certain.</summary>
    private static Verdict.Fail MergeFails(List<(AddressObservation Address, Verdict.Fail Fail)> fails, int addresses, Severity own, bool othersPass)
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

    private static string OnAddresses(List<AddressObservation> some, int all)
        => $"on {some.Count} of {all} addresses ({string.Join(", ", some.Select(address => address.Address))})";

    private static Severity Lower(Severity severity, Severity bound) => severity < bound ? severity : bound;
}
