using OriginWatch.Text;
using OriginWatch.Trust.Paths;
using OriginWatch.Trust.X509;

namespace OriginWatch.Trust;

/// <summary>Why no path reaches a root: one cause.</summary>
internal sealed class DeadEnd(ServedChain served, SentList sent)
{
    private const int LongestKeyId = 64;

    public (ChainFault Fault, MissingIssuer? Missing) Explain(
        CandidatePath path,
        (ParsedCertificate Certificate, ParsedCertificate Issuer)? brokenLink
    )
    {
        var top = path.Top;
        if (top.IsSelfIssued && SignatureVerifier.Verify(top, top.PublicKey, new()) == SignatureCheck.Valid)
        {
            return (path.Certificates.Count == 1 ? SelfSigned(top) : UntrustedRoot(top), null);
        }

        if (brokenLink is { } link && ReferenceEquals(link.Certificate, top))
        {
            return (Broken(link.Certificate, link.Issuer), null);
        }

        if (served.Certificates.FirstOrDefault(certificate => certificate.ParseError is not null) is { } unreadable)
        {
            return (
                new(
                    ChainFaultKind.Unparseable,
                    $"certificate {unreadable.Position}: {unreadable.ParseError}, and without it no path reaches a root",
                    "Install the chain that the CA provides, complete, and reload the server.",
                    unreadable.Position
                ),
                null
            );
        }

        return MissingOrPrivate(path);
    }

    private ChainFault SelfSigned(ParsedCertificate top) =>
        new(ChainFaultKind.SelfSignedLeaf, $"{sent.Name(top)} is self-signed", Remedies.PublicCertificate, sent.Position(top));

    private ChainFault UntrustedRoot(ParsedCertificate top) =>
        new(
            ChainFaultKind.UntrustedRoot,
            $"{sent.Name(top)}: it is the root of the chain and is not trusted: {WhoseRoot()}",
            IsPubliclyIssued
                ? "Ask the CA for a chain that ends in a root that Mozilla trusts today, or have the certificate issued by another CA."
                : $"{Remedies.PublicCertificate} CloudFront does not trust private CAs.",
            sent.Position(top)
        );

    private ChainFault Broken(ParsedCertificate certificate, ParsedCertificate issuer) =>
        new(
            ChainFaultKind.InvalidPath,
            $"{sent.Name(certificate)}: its signature does not verify with the key of {sent.Name(issuer)}, which it names as its issuer",
            "Install the chain that the CA provides for exactly this certificate.",
            sent.Position(certificate)
        );

    /// <summary>
    /// An unknown root that was not sent looks like an intermediate that was not sent. Public CAs say where the issuer is offered;
    /// a server that sent an intermediate without saying so has a private root above it, one that sent nothing at all forgot the chain.
    /// </summary>
    private (ChainFault Fault, MissingIssuer? Missing) MissingOrPrivate(CandidatePath path)
    {
        var top = path.Top;
        var facts = top.Extensions;
        var issuer = Describe.Name(top.Issuer.Text);
        var keyId = facts.AuthorityKeyId is { } id ? Convert.ToHexStringLower(id.Span) : null;
        var missing = new MissingIssuer(top.Issuer.Text, keyId, facts.IssuerAddresses);
        var isMarked = facts.IssuerAddresses.Count > 0 || IsPubliclyIssued;
        if (path.Certificates.Count > 1 && !isMarked)
        {
            return (
                new(
                    ChainFaultKind.UntrustedRoot,
                    $"{sent.Name(top)}: its issuer {issuer} is not among the trusted roots and is missing from the chain; "
                        + "nothing in the chain says that a public CA issued it",
                    $"{Remedies.PublicCertificate} CloudFront does not trust private CAs. "
                        + "If the CA is public, append the intermediate that is missing.",
                    sent.Position(top)
                ),
                missing
            );
        }

        var key = keyId is null ? "" : $", key identifier {keyId[..Math.Min(keyId.Length, LongestKeyId)]}";
        var offered = facts.IssuerAddresses.Count == 0 ? "" : $"; available at {Describe.Name(facts.IssuerAddresses[0])}";
        return (
            new(
                ChainFaultKind.MissingIntermediate,
                $"{sent.Name(top)}: its issuer {issuer}{key} is missing from the chain{offered}",
                $"Append the certificate of {issuer} to the chain, after {sent.Name(top)}, and reload the server. "
                    + "Browsers download it, CloudFront does "
                    + $"not.{(isMarked ? "" : " If that is a private CA, have the certificate issued by a public one.")}",
                sent.Position(top)
            ),
            missing
        );
    }

    private bool IsPubliclyIssued => sent.Certificates.Any(certificate => certificate.Extensions.IsPubliclyIssued);

    private string WhoseRoot() =>
        IsPubliclyIssued
            ? "the chain looks like a public CA's, so Mozilla removed this root or never included it"
            : "it looks like a private CA";
}
