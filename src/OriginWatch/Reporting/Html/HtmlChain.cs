using OriginWatch.Audit;
using OriginWatch.Trust;

namespace OriginWatch.Reporting.Html;

/// <summary>Draws a chain in the order sent: who issued whom, what is missing, what is out of order.</summary>
internal static class HtmlChain
{
    private const int DrawnCertificates = 10;

    public static Markup Draw(ChainAssessment? chain, DateTimeOffset now)
    {
        if (chain is null or { Served.Certificates.Count: 0 })
        {
            return Markup.None;
        }

        var sent = chain.Served.Certificates;
        return Markup.Of(
            $"""
            <figure class="chain-figure">
            <figcaption>The chain as sent: {Phrases.Count(sent.Count, "certificate")}</figcaption>
            <ol class="chain">
            {Markup.Join(sent.Take(DrawnCertificates).Select(certificate => Card(certificate, chain, now)), "\n")}
            {Markup.If(
                sent.Count > DrawnCertificates,
                $"""<li class="link muted">and {Phrases.Number(sent.Count - DrawnCertificates)} more</li>"""
            )}
            {End(chain)}
            </ol>
            </figure>
            """
        );
    }

    private static Markup Card(ServedCertificate certificate, ChainAssessment chain, DateTimeOffset now)
    {
        var faults = chain.Faults.Where(fault => fault.Position == certificate.Position).ToList();
        var (state, mark) =
            faults.Exists(fault => fault.Kind.Breaks()) ? ("bad", "✗")
            : faults.Count > 0 ? ("note", "!")
            : ("ok", "✓");
        return Markup.Of(
            $"""
            <li class="card {state}"><span class="mark" aria-hidden="true">{mark}</span>
            <b>{certificate.Position}</b> {Body(certificate, now)}
            {Markup.Join(faults.Select(fault => Markup.Of($"""<span class="fault">{fault.Detail}</span>""")))}</li>
            {Link(certificate, chain.Served.Certificates, chain.IsTrusted)}
            """
        );
    }

    private static Markup Body(ServedCertificate certificate, DateTimeOffset now) =>
        certificate.ParseError is { } error
            ? Markup.Of($"""<span class="subject">not a certificate: {error}</span><span class="hash">{certificate.Sha256}</span>""")
            : Markup.Of(
                $"""
                <span class="subject">{certificate.Subject}</span>
                <span class="muted">{Phrases.Date(certificate.NotBefore)} to {Phrases.Date(certificate.NotAfter)} ({Phrases.Distance(
                    certificate.NotAfter,
                    now
                )}), {Phrases.Key(certificate)}</span>
                <span class="hash" title="SHA-256">{certificate.Sha256}</span>
                """
            );

    /// <summary>What stands between a card and the next: the issuer by name, and whether it follows.</summary>
    private static Markup Link(ServedCertificate certificate, IReadOnlyList<ServedCertificate> sent, bool trusted)
    {
        if (certificate.ParseError is not null || certificate.IsSelfIssued)
        {
            return Markup.If(certificate.IsSelfIssued, $"""<li class="link{(trusted ? "" : " broken")}">self-signed</li>""");
        }

        var issuer = sent.FirstOrDefault(other => other.Subject == certificate.Issuer && other.Position != certificate.Position);
        var follows = issuer?.Position == certificate.Position + 1;
        return issuer is null
            ? Markup.Of(
                $"""<li class="link{(certificate.Position + 1 < sent.Count ? " broken" : "")}">issued by {certificate.Issuer}{Markup.If(certificate.Position + 1 < sent.Count, $", which is not the next certificate")}</li>"""
            )
            : Markup.Of(
                $"""<li class="link{(follows ? "" : " broken")}">issued by {issuer.Position}{Markup.If(!follows, $", which is not the next certificate")}</li>"""
            );
    }

    private static Markup End(ChainAssessment chain)
    {
        var missing = chain.Fault(ChainFaultKind.MissingIntermediate);
        var offered = chain.Missing is { Addresses: [var first, ..] } ? first : null;
        var untrusted =
            chain.Fault(ChainFaultKind.UntrustedRoot)
            ?? chain.Fault(ChainFaultKind.DistrustedRoot)
            ?? chain.Fault(ChainFaultKind.SelfSignedLeaf);
        return missing is not null
                ? Markup.Of(
                    $"""<li class="card missing"><span class="mark" aria-hidden="true">✗</span>missing: {chain.Missing?.Subject ?? chain.Served.Certificates[^1].Issuer}{Markup.If(offered is not null, $"""<span class="muted">its CA offers it at {offered}</span>""")}</li>"""
                )
            : untrusted is not null
                ? Markup.Of($"""<li class="card missing"><span class="mark" aria-hidden="true">✗</span>no root of the trust store</li>""")
            : chain.Path is { } path
                ? Markup.Of(
                    $"""<li class="card root"><span class="mark" aria-hidden="true">✓</span>root: {path.Root}<span class="muted">in the trust store; it need not be sent</span></li>"""
                )
            : Markup.None;
    }
}
