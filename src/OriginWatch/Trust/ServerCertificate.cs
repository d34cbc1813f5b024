namespace OriginWatch.Trust;

/// <summary>Which of the certificates sent is the server's own.</summary>
internal static class ServerCertificate
{
    /// <summary>
    /// The first, as TLS has it, unless it is a CA and the only certificate sent that is none descends from it by name: then the list
    /// stands on its head.
    /// Null when there is none that could be parsed.
    /// </summary>
    public static ServedCertificate? Find(ServedChain chain)
    {
        if (chain.FirstSent is not { Parsed: not null } first)
        {
            return null;
        }

        if (!first.IsCa)
        {
            return first;
        }

        var others = chain.Certificates.Where(certificate => certificate is { Parsed: not null, IsCa: false }).ToList();
        return others.Find(certificate => Descends(chain, certificate, first)) ?? first;
    }

    private static bool Descends(ServedChain chain, ServedCertificate certificate, ServedCertificate ancestor)
    {
        var current = certificate;
        for (var step = 0; step < chain.Certificates.Count && current is not null; step++)
        {
            if (current.Parsed!.Issuer.Matches(ancestor.Parsed!.Subject))
            {
                return true;
            }

            current = chain.Certificates.FirstOrDefault(other =>
                other is { IsCa: true, Parsed: not null }
                && !ReferenceEquals(other, current)
                && other.Parsed.Subject.Matches(current.Parsed.Issuer)
            );
        }

        return false;
    }
}
