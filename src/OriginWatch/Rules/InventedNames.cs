using OriginWatch.Probing;
using OriginWatch.Trust;

namespace OriginWatch.Rules;

/// <summary>
/// Under a wildcard alone a made-up name is all there is to ask for. What works under it works; what fails may fail for that name alone,
/// unless the certificate
/// that came covers it, or the server fails under its own name too.
/// </summary>
internal static class InventedNames
{
    private const string ToJudge =
        "Give a name that viewers use: "
        + "list it as an alternate domain name beside the wildcard, or run 'originwatch probe HOST:PORT --sni NAME' with it.";

    public static Judgement Doubt(Judgement judgement) =>
        judgement is { Target: { Name: { IsInvented: true, Decides: true } } target, Rule.RejectsTraffic: true, Verdict: Verdict.Fail fail }
        && DependsOnName(target)
            ? judgement with
            {
                Verdict = new Verdict.Undetermined(
                    "only a wildcard is listed, and no viewer is known to request the generated name "
                        + $"{target.Name.Target.ServerName}; under it: {fail.Detail}",
                    Remediation: ToJudge
                ),
            }
            : judgement;

    private static bool DependsOnName(TargetObservation target) =>
        target.Addresses.Any(address =>
            address.Decisive.Last switch
            {
                { Chain: { } chain } => chain.ServerCertificate is { ParseError: null } leaf
                    && !HostName.Match(leaf, target.Name.Target.ServerName).IsMatch,
                { Result: ProbeFailure { Stage: ProbeStage.Handshake } } => target.UnderOwnName.Count == 0
                    || target.UnderOwnName.Any(own => own.Decisive.Last is { Chain: not null } or { Result: Handshake }),
                _ => false,
            }
        );
}
