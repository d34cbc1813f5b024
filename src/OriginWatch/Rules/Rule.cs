using OriginWatch.Inventory;
using OriginWatch.Probing;
using OriginWatch.Rules.Certificates;
using OriginWatch.Trust;
using OriginWatch.Trust.Paths;

namespace OriginWatch.Rules;

/// <summary>One check. <see cref="Judge"/> answers once per subject: the origin, or each of its targets.</summary>
public abstract class Rule
{
    public abstract RuleMetadata Metadata { get; }

    public abstract IEnumerable<Judgement> Judge(Observation observation);
}

/// <summary>What a rule said of a subject.</summary>
/// <param name="Rule">Who judged.</param>
/// <param name="Target">Null where the subject is the origin itself.</param>
/// <param name="Verdict">The answer.</param>
public readonly record struct Judgement(RuleMetadata Rule, TargetObservation? Target, Verdict Verdict);

/// <summary>A rule about an origin as a whole: its configuration, or its targets compared.</summary>
public abstract class OriginRule : Rule
{
    public sealed override IEnumerable<Judgement> Judge(Observation observation) => [new Judgement(Metadata, null, Evaluate(observation))];

    protected abstract Verdict Evaluate(Observation observation);
}

/// <summary>A rule about the connection to one address; answers of several addresses are merged by <see cref="AddressVote"/>.</summary>
public abstract class ConnectionRule : Rule
{
    /// <summary>False for rules that hold for HTTP-only origins too (lookup of the name).</summary>
    protected virtual bool NeedsTls => true;

    public sealed override IEnumerable<Judgement> Judge(Observation observation) =>
        observation.Targets.Select(target => new Judgement(Metadata, target, Evaluate(target, observation)));

    protected abstract Verdict Evaluate(ProbeResult result, TargetObservation target, Observation observation);

    /// <summary>Lets a rule compare the hellos of an address; by default the decisive one speaks for it.</summary>
    protected virtual Verdict Evaluate(AddressObservation address, TargetObservation target, Observation observation) =>
        AddressVote.OfHello(address.Decisive, Metadata.Severity, attempt => Evaluate(attempt.Result, target, observation));

    private Verdict Evaluate(TargetObservation target, Observation observation) =>
        NeedsTls && observation.IsHttpOnly
            ? new Verdict.NotApplicable("CloudFront connects to this origin over HTTP only")
            : AddressVote.Merge(target.Addresses, Metadata.Severity, address => Evaluate(address, target, observation));
}

/// <summary>A rule about the certificates that were sent; without any it is undetermined, for everyone alike.</summary>
public abstract class CertificateRule : Rule
{
    public sealed override IEnumerable<Judgement> Judge(Observation observation) =>
        observation.Targets.Select(target => new Judgement(Metadata, target, Evaluate(target, observation)));

    /// <summary>True for the one rule that tells of a chain that takes too long to judge.</summary>
    protected virtual bool ReportsUnfinished => false;

    protected abstract Verdict Evaluate(ChainAssessment chain, TargetObservation target, Observation observation);

    private Verdict Evaluate(TargetObservation target, Observation observation) =>
        observation.IsHttpOnly
            ? new Verdict.NotApplicable("CloudFront connects to this origin over HTTP only")
            : AddressVote.Merge(
                target.Addresses,
                Metadata.Severity,
                address => AddressVote.OfHello(address.Decisive, Metadata.Severity, attempt => Evaluate(attempt, target, observation))
            );

    private Verdict Evaluate(SeenAttempt attempt, TargetObservation target, Observation observation) =>
        attempt.Chain is { IsUnfinished: true }
            ? new Verdict.Undetermined(
                $"the certificates could not be judged within {WorkBudget.Most.TotalSeconds:0} seconds",
                IsConsequence: !ReportsUnfinished,
                Remediation: "Send only the server's certificate and its intermediates, and scan again."
            )
        : attempt.Chain is { } chain ? OtherSites.Remedy(Evaluate(chain, target, observation), chain, target, observation.Planned)
        : Verdict.NotReached($"no certificate was seen: {(attempt.Result as ProbeFailure)?.Detail ?? "the server sent none"}");
}
