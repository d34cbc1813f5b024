using OriginWatch.Conformance;

namespace OriginWatch.Tests.Trust;

/// <summary>Runs the public vectors where they lie beside the repository; they are never copied into it.</summary>
public sealed class ConformanceTests : IDisposable
{
    /// <summary>Two suites contradict each other, or the rule is one that no client can keep; each stays as it is for the reason
    /// given.</summary>
    private static readonly Dictionary<string, string> Known = new(StringComparer.Ordinal)
    {
        ["rfc5280::nc::permitted-dns-match-noncritical"] = "webpki::nc::permitted-dns-match-noncritical wants the opposite",
        ["rfc5280::ca-as-leaf"] =
            "webpki::ca-as-leaf wants the opposite, and s2n-tls refuses it: its key may sign certificates and nothing else",
        ["webpki::cn::punycode-not-in-san"] = "a common name beside SANs is read by nobody",
        ["webpki::cn::utf8-vs-punycode-mismatch"] = "a common name beside SANs is read by nobody",
        ["webpki::cn::case-mismatch"] = "a common name beside SANs is read by nobody",
        ["webpki::san::public-suffix-private-namespace-wildcard-san"] = "needs the public suffix list, which is not shipped",
    };

    private readonly string _results = Path.GetTempFileName();

    [Fact]
    public void X509_limbo_is_right_but_for_what_is_known()
    {
        using var output = new StringWriter();
        CommandLine.Run(["limbo", Vectors("limbo-dev.json.gz"), "--results", _results, "--verbose"], output, output, TimeProvider.System);

        var wrong = output
            .ToString()
            .Split('\n')
            .Where(line => line.StartsWith("false ", StringComparison.Ordinal))
            .Select(line => line.Split(": ")[1].Trim());
        wrong.ShouldBe(Known.Keys, ignoreOrder: true);
        output.ToString().TrimEnd().ShouldEndWith($"passed, {Known.Count} failed");
        File.ReadAllText(_results).ShouldContain("\"rfc5280::validity::expired-leaf\":\"FAILURE\"");
        File.ReadAllText(_results).ShouldContain("\"pathlen::max-chain-depth-0\":\"SKIPPED\"");
    }

    /// <summary>s2n-tls's own verdicts; the chains that only AWS's pages decide about are among them.</summary>
    [Fact]
    public void Every_chain_is_judged_as_s2n_does()
    {
        using var output = new StringWriter();
        CommandLine
            .Run(["s2n", Vectors("s2n-dev.json.gz"), "--results", _results, "--verbose"], output, output, TimeProvider.System)
            .ShouldBe(0, output.ToString());
        output.ToString().TrimEnd().ShouldEndWith("112 passed, 0 failed");
        File.ReadAllText(_results).ShouldContain("\"01-any-eku-only\":\"REJECT\"");
        File.ReadAllText(_results).ShouldContain("\"21-pss-psssalt0\":\"ACCEPT\"");
    }

    [Fact]
    public void Every_host_name_that_suites_agree_on_is_right()
    {
        using var output = new StringWriter();
        CommandLine.Run(["names", Vectors("names-dev.json"), "--results", _results], output, output, TimeProvider.System).ShouldBe(0);
        output.ToString().TrimEnd().ShouldEndWith("162 passed, 0 failed");
        File.ReadAllText(_results).ShouldStartWith("[false,false,true");
    }

    [Fact]
    public void Wrong_usage_is_told()
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        CommandLine.Run(["limbo"], output, error, TimeProvider.System).ShouldBe(2);
        error.ToString().ShouldStartWith("usage: limbo FILE");
        CommandLine.Run(["names", "/nonexistent.json"], output, error, TimeProvider.System).ShouldBe(1);
    }

    public void Dispose() => File.Delete(_results);

    private static string Vectors(string name) => PublicData.Find("conformance", name);
}
