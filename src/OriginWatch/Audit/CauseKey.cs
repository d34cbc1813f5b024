using OriginWatch.Rules;
using OriginWatch.Targets;

namespace OriginWatch.Audit;

/// <summary>What one fix removes. Findings with equal keys are one item on the page, the terminal, in Markdown and in the mail.</summary>
internal static class CauseKey
{
    /// <summary>What the rule itself names, one certificate, or else one endpoint, under one rule is one cause; one setting on many origins
    /// is one habit.</summary>
    public static string Of(PlannedOrigin planned, Judgement judgement, FindingStatus status) =>
        string.Join('/', new[] { judgement.Rule.Id, $"{status}", SubjectOf(planned, judgement) }.OfType<string>());

    private static string? SubjectOf(PlannedOrigin planned, Judgement judgement) =>
        judgement switch
        {
            { Verdict: Verdict.Fail { Cause: { } named } } => named,
            { Target: { } target } => judgement.Rule.IsAboutCertificates && ServerCertificateOf(target) is { } hash
                ? hash
                : target.Name.Target.DomainAndPort,
            { Rule.RejectsTraffic: true } => planned.HttpTargets is [var http] ? http.DomainAndPort : OriginKey.Of(planned),
            _ => null,
        };

    private static string? ServerCertificateOf(TargetObservation target) =>
        target.Addresses.Select(address => address.Decisive.Last.Chain?.ServerCertificate?.Sha256).FirstOrDefault(hash => hash is not null);
}
