namespace OriginWatch.Rules;

/// <summary>What a rule is, for the catalogue, the report and the README.</summary>
public sealed record RuleMetadata
{
    /// <summary>Stable and never reused: OW1xx configuration, OW2xx reachability and handshake, OW3xx certificate, OW4xx chain and trust,
    /// OW5xx readiness.</summary>
    public required string Id { get; init; }

    public required Severity Severity { get; init; }

    /// <summary>What should hold, at most 100 characters, no full stop: "Origin certificates should not be expired".</summary>
    public required string Title { get; init; }

    /// <summary>What is wrong where the rule fails, at most 70 characters, no full stop: "Certificate expired".</summary>
    public required string Fault { get; init; }

    /// <summary>What CloudFront does where the rule fails.</summary>
    public required string Rationale { get; init; }

    /// <summary>The one change that fixes it.</summary>
    public required string Remediation { get; init; }

    /// <summary>The page or RFC that the rule rests on.</summary>
    public required Uri Reference { get; init; }

    /// <summary>True where CloudFront returns an error to viewers while the rule fails at High or above.</summary>
    public bool RejectsTraffic { get; init; }

    /// <summary>True where a failure means that a lookup or a connection failed, so that it rests on silence and on no answer of the
    /// origin.</summary>
    public bool JudgesConnecting { get; init; }

    /// <summary>What the rule looks at, as the block of its id says.</summary>
    public RuleBlock Block =>
        Id[2] switch
        {
            '1' => RuleBlock.Configuration,
            '2' => RuleBlock.Reachability,
            '3' => RuleBlock.Certificate,
            '4' => RuleBlock.Chain,
            '5' => RuleBlock.Readiness,
            _ => RuleBlock.Other,
        };

    /// <summary>True where the root is the matter: its findings have one cause, whatever certificates lead to it.</summary>
    public bool IsAboutRoots { get; init; }

    /// <summary>True for rules about what the origin served, whichever address served it.</summary>
    public bool IsAboutCertificates => Block is RuleBlock.Certificate or RuleBlock.Chain;

    /// <summary>True where the rule judges what CloudFront itself returned or counted.</summary>
    public bool IsAboutEdge { get; init; }

    /// <summary>Under which heading a report puts what fails while viewers are still served.</summary>
    public RuleTopic Topic { get; init; }

    /// <summary>The Security Hub control that looks at the same configuration, e.g. <c>CloudFront.9</c>.</summary>
    public string? SecurityHubControl { get; init; }
}

/// <summary>The blocks of rule ids: OW1xx, OW2xx, and so on.</summary>
public enum RuleBlock
{
    Other,
    Configuration,
    Reachability,
    Certificate,
    Chain,
    Readiness,
}

/// <summary>What the fault of a rule leads to, as long as viewers are still served.</summary>
public enum RuleTopic
{
    /// <summary>It works, against policy or habit.</summary>
    Policy,

    /// <summary>It stops working at a known date.</summary>
    Expiry,

    /// <summary>Traffic crosses the internet without encryption.</summary>
    ClearText,
}
