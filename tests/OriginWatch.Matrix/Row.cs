using OriginWatch.Probing;
using OriginWatch.Tls;

namespace OriginWatch.Matrix;

/// <summary>One line of the plan: a server, what it is set up to serve, and what is offered to it.</summary>
/// <param name="Server">Who answers, e.g. <c>nginx</c>.</param>
/// <param name="Port">On 127.0.0.1.</param>
/// <param name="Protocol">The one version.</param>
/// <param name="Suite">The one suite.</param>
/// <param name="Chain">The files sent, by name.</param>
/// <param name="OfferOne">The server has many suites, so that only this one is offered; sslscan then sees more than we ask for.</param>
internal sealed record Row(string Server, int Port, TlsProtocol Protocol, string Suite, string Chain, bool OfferOne)
{
    /// <summary>Tab-separated, as <c>tests/matrix/run.sh</c> writes it.</summary>
    public static Row Parse(string line) =>
        line.Split('\t') is [var server, var port, var protocol, var suite, var chain, var offerOne]
            ? new(
                server,
                int.Parse(port, System.Globalization.CultureInfo.InvariantCulture),
                TlsProtocols.Parse(protocol) ?? throw new FormatException(line),
                suite,
                chain,
                offerOne == "one"
            )
            : throw new FormatException($"not a row: {line}");
}

/// <summary>What was seen of a row.</summary>
internal sealed record Sight(Row Row, ProbeResult Result, bool? SslScanAgrees, bool ChainIsAsSent, AmazonAgreement Amazon)
{
    public bool IsAsPlanned =>
        Result is Handshake
        && ChainIsAsSent
        && Result.Seen.Protocol == Row.Protocol
        && Result.Seen.CipherSuite is { } suite
        && TlsNames.CipherSuite(suite) == Row.Suite;

    public string Saw =>
        Result is ProbeFailure failure
            ? $"{failure.Reason}: {failure.Detail}"
            : $"{Result.Seen.Protocol?.CloudFrontName()} {TlsNames.CipherSuite(Result.Seen.CipherSuite ?? 0)}{(ChainIsAsSent ? "" : ", chain not as sent")}";
}
