using OriginWatch.Probing;
using OriginWatch.Tls;

namespace OriginWatch.Rules.Readiness;

internal sealed class OldVersionsAreNeeded : Rule
{
    public override RuleMetadata Metadata { get; } =
        new()
        {
            Id = "OW502",
            Severity = Severity.Informational,
            Title = "Origins should list versions before TLS 1.2 only where they need them",
            Fault = "Versions before TLS 1.2 are listed but not needed",
            Rationale = "An origin that negotiates TLS 1.2 never uses the older versions in its list; without them nobody can force one.",
            Remediation = "Set OriginSslProtocols to TLSv1.2 alone.",
            Reference = new("https://www.rfc-editor.org/rfc/rfc8996"),
            SecurityHubControl = "CloudFront.10",
        };

    public override IEnumerable<Judgement> Judge(Observation observation)
    {
        var old = (observation.Planned.Origin.CustomOriginConfig?.OriginSslProtocols ?? [])
            .Where(protocol => protocol < TlsProtocol.Tls12)
            .ToList();
        return observation.Targets.Select(target => new Judgement(Metadata, target, Evaluate(new(old), target, observation)));
    }

    private static Verdict Evaluate(ProtocolSet old, TargetObservation target, Observation observation)
    {
        if (observation.IsHttpOnly || old.Count == 0)
        {
            return new Verdict.NotApplicable("no version before TLS 1.2 is in use");
        }

        var results = target
            .Addresses.SelectMany(address => address.Hellos)
            .Where(hello => hello.Offered is not [TlsProtocol.Ssl3])
            .Select(hello => hello.Last.Result)
            .ToList();
        if (results.Find(result => result is ProbeFailure) is ProbeFailure failure)
        {
            return Verdict.NotReached($"nothing can be removed safely until this is fixed: {failure.Detail}");
        }

        var highest = results.Select(result => result.Seen.Protocol ?? TlsProtocol.Ssl3).DefaultIfEmpty(TlsProtocol.Ssl3).Min();
        return highest switch
        {
            TlsProtocol.Tls12 => Removable(old),
            TlsProtocol.Tls13 => BesidesTls13(old, observation.AlsoAccepts),
            _ => new Verdict.Pass($"of the versions offered it takes {highest.CloudFrontName()} at best"),
        };
    }

    /// <summary>What the version scan found; undetermined where it did not get that far.</summary>
    private static Verdict BesidesTls13(ProtocolSet old, AcceptedVersions? versions) =>
        versions?.Accepted.Contains(TlsProtocol.Tls12) == true ? Removable(old)
        : versions?.Refused.Contains(TlsProtocol.Tls12) == true ? new Verdict.Pass("it takes TLSv1.3 and not TLSv1.2")
        : new Verdict.Undetermined("it negotiates TLSv1.3; whether it takes TLSv1.2 too was not found out", IsConsequence: true);

    private static Verdict.Fail Removable(ProtocolSet old) => new($"{old} can be removed from the origin's list: it negotiates TLSv1.2");
}
