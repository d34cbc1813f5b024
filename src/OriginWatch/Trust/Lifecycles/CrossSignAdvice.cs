using System.Globalization;

namespace OriginWatch.Trust.Lifecycles;

/// <summary>
/// A chain that ends at, or asks for, a root that is not in Mozilla's list while its key is known under one that is: to append the
/// self-signed root
/// would lead from the first fault to a second, so the advice names the certificate that is accepted.
/// </summary>
internal sealed class CrossSignAdvice(TrustStore store, CrossSigns crossSigns)
{
    public ChainAssessment Add(ChainAssessment chain, DateTimeOffset at)
    {
        if (
            chain.IsTrusted
            || chain.Faults.Count == 0
            || chain.Faults[0] is not { Kind: ChainFaultKind.MissingIntermediate or ChainFaultKind.UntrustedRoot } fault
        )
        {
            return chain;
        }

        if (Find(chain, fault) is not { } cross || DateOnly.FromDateTime(at.UtcDateTime) > cross.NotAfter)
        {
            return chain;
        }

        var kind = chain.Missing is null ? fault.Kind : ChainFaultKind.MissingIntermediate;
        return chain with
        {
            Faults = [new(kind, Detail(fault, chain, cross), Remedy(chain, fault, cross), fault.Position), .. chain.Faults.Skip(1)],
            CrossSign = cross,
        };
    }

    private CrossSign? Find(ChainAssessment chain, ChainFault fault)
    {
        if (chain.Missing is { } missing)
        {
            return crossSigns.Find(missing.Subject, missing.KeyId, store);
        }

        return
            chain.Served.Certificates.FirstOrDefault(certificate => certificate.Position == fault.Position)?.Parsed
                is { Extensions.SubjectKeyId: { } keyId } root
            ? crossSigns.Find(root.Subject.Text, Convert.ToHexStringLower(keyId.Span), store)
            : null;
    }

    private static string Detail(ChainFault fault, ChainAssessment chain, CrossSign cross) =>
        chain.Missing is null
            ? $"{chain.Served.Certificates.First(certificate => certificate.Position == fault.Position).Description}: "
                + $"it is self-signed and not in Mozilla's list; the same key is trusted as signed by {cross.Issuer}"
            : $"{fault.Detail}; the self-signed {cross.Root} is not in Mozilla's list, the same key is trusted as signed by {cross.Issuer}";

    private static string Remedy(ChainAssessment chain, ChainFault fault, CrossSign cross)
    {
        var action = chain.Missing is null
            ? string.Create(CultureInfo.InvariantCulture, $"Replace certificate {fault.Position} with {cross.Name}")
            : $"Append {cross.Name} to the chain";
        var otherwise = cross.Otherwise is { } other ? $", or {other}" : "";
        return $"{action} and reload the server{otherwise}. The self-signed {cross.Root} does not help.";
    }
}
