using OriginWatch.Audit;
using OriginWatch.Reporting;
using OriginWatch.Rules;
using OriginWatch.Targets;
using OriginWatch.Tests.Reporting;
using OriginWatch.Trust;

namespace OriginWatch.Tests;

/// <summary>Text that an attacker would put into a certificate, a name or a comment.</summary>
internal static class HostileText
{
    public const string Script = "<script>window.owned=1</script><img src=x onerror=window.owned=1>\"'><svg onload=window.owned=1>";
    public const string Terminal = "\u001b[2J\u001b]8;;https://evil.example\u0007click\u202egnp.exe\r\nFix: nothing to do";
    public const string Formula = "=HYPERLINK(\"https://evil.example\",\"ok\")";
    public const string Markdown = "[click](https://evil.example) ![x](https://evil.example/x.png) @octocat | `code` </details>";
    public const string Closing = "</style></script></title><!-- -->]]>&lt;script&gt;javascript:alert(1)";
    public const string All = $"{Script}{Terminal}{Formula}{Markdown}{Closing}";

    /// <summary>A report with hostile text in every place that anybody but the operator of this program writes.</summary>
    public static AuditReport Report()
    {
        var chain = SampleChains.Good("x", -3);
        var leaf = chain.Served.Certificates[0] with
        {
            Subject = $"CN={All}",
            Issuer = $"O={Markdown}{Script}",
            CommonName = All,
            DnsNames = [All],
            KeyAlgorithm = Script,
        };
        var broken = leaf with { Position = 1, ParseError = $"cannot parse {All}" };
        var hostile = chain with
        {
            Served = new([leaf, broken]),
            IsTrusted = false,
            Path = new([leaf], All),
            Faults =
            [
                new(ChainFaultKind.Expired, $"certificate 0 ({All}) expired", All, 0),
                new(ChainFaultKind.MissingIntermediate, All, All, 1),
            ],
            FirstToExpire = leaf,
        };
        var remedy = $"Renew {All}\n  aws cloudfront get-distribution-config --id {All}";
        var report = SampleReports.Of(
            new SampleOrigin
            {
                DistributionId = Formula,
                Id = All,
                DomainName = $"{Script}.example",
                Comment = All,
                Chain = hostile,
                Verdict = OriginVerdict.Rejects,
                OfTarget = [(SampleRules.NotExpired, new Verdict.Fail(All, Remediation: remedy))],
            },
            new SampleOrigin
            {
                DistributionId = Formula,
                Id = Formula,
                DomainName = Formula,
                OfOrigin = [(SampleRules.HttpOnly, new Verdict.Fail(Formula, Remediation: remedy))],
                NotProbedBecause = All,
                Verdict = OriginVerdict.NotProbed,
            },
            new SampleOrigin
            {
                DistributionId = "-1+1",
                Id = Markdown,
                Kind = OriginKind.Custom,
                DomainName = Closing,
                Chain = hostile,
                OfOrigin = [(SampleRules.OldProtocols, new Verdict.Undetermined(All))],
                OfTarget = [(SampleRules.NoSuperfluous, new Verdict.Pass(All)), (SampleRules.NoAnswer, new Verdict.Undetermined(Terminal))],
            }
        );
        return report with { Run = report.Run with { Remarks = [All], AccountId = Script, TrustStore = All, IncompleteBecause = All } };
    }
}
