using System.Security.Cryptography.X509Certificates;
using OriginWatch.Rules;
using OriginWatch.Targets;
using OriginWatch.Tests.Rules;
using OriginWatch.Tests.Trust;
using OriginWatch.Trust;

namespace OriginWatch.Tests;

/// <summary>Asks one rule about one chain that an origin served.</summary>
internal static class GivenChain
{
    public static Verdict Judge(
        Rule rule,
        ChainAssessment chain,
        string serverName = TestPki.Name,
        ServerNameRole role = ServerNameRole.OriginDomain,
        DateTimeOffset? now = null
    )
    {
        var target = Given.Seen(Seen("192.0.2.1", chain));
        target = target with
        {
            Name = new(
                role == ServerNameRole.OriginDomain ? Given.Target(serverName) : Given.Target() with { ServerName = serverName },
                role,
                Decides: true
            ),
        };
        return Judge(rule, Given.Observation(null, target) with { Now = now ?? TestPki.Now });
    }

    public static Verdict Judge(Rule rule, Observation observation) => rule.Judge(observation).ShouldHaveSingleItem().Verdict;

    public static AddressObservation Seen(string address, ChainAssessment? chain) =>
        new(
            System.Net.IPAddress.Parse(address),
            [new(Given.Tls12And13, Given.Attempt(chain is null ? Given.Refused() : Given.Handshake(), address, chain), null)]
        );

    public static ChainAssessment Chain(TestPki pki, X509Certificate2 leaf, DateTimeOffset? at = null) =>
        pki.Assess(at ?? TestPki.Now, leaf, pki.Issuing.Certificate, pki.Upper.Certificate);

    /// <summary>Every rule of the certificate and chain blocks that does not pass, and how much it weighs.</summary>
    public static IReadOnlyList<(string Id, Severity Severity)> Failing(ChainAssessment chain, string serverName = TestPki.Name) =>
        [.. Fails(chain, serverName).Select(answer => (answer.Rule.Id, answer.Fail.Severity ?? answer.Rule.Severity))];

    /// <summary>What is to be done about them.</summary>
    public static IReadOnlyList<string> Remedies(ChainAssessment chain, string serverName = TestPki.Name) =>
        [.. Fails(chain, serverName).Select(answer => answer.Fail.Remediation ?? answer.Rule.Remediation)];

    private static IEnumerable<(RuleMetadata Rule, Verdict.Fail Fail)> Fails(ChainAssessment chain, string serverName) =>
        new RuleCatalog(new())
            .Rules.Where(rule => rule.Metadata.Id[2] is '3' or '4')
            .Select(rule => (rule.Metadata, Fail: Judge(rule, chain, serverName) as Verdict.Fail))
            .Where(answer => answer.Fail is not null)
            .Select(answer => (answer.Metadata, answer.Fail!));
}
