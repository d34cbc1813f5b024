namespace OriginWatch.Trust;

/// <summary>
/// What s2n asks of every certificate that was sent, needed or not: it decodes each one and its key before it builds a path, and ends the
/// handshake where it cannot
/// (s2n_x509_validator_read_cert_chain). OpenSSL decodes each certificate as well, the keys of those alone that it needs.
/// </summary>
internal sealed class SentListCheck(ServedChain served)
{
    private const string Remedy = "Take it out of the chain, or install it again complete, and reload the server.";

    public IEnumerable<ChainFault> Faults()
    {
        foreach (var certificate in served.Certificates)
        {
            if (certificate.ParseError is { } error)
            {
                yield return new(ChainFaultKind.Unparseable, $"certificate {certificate.Position}: {error}", Remedy, certificate.Position);
            }
            else if ((certificate.Parsed?.Notes.Unreadable ?? certificate.Parsed?.PublicKey.WhyUndecodable) is { } problem)
            {
                yield return new(ChainFaultKind.Unparseable, $"{certificate.Description}: {problem}", Remedy, certificate.Position)
                {
                    Who = RejectedBy.AmazonAlone,
                };
            }
        }
    }
}
