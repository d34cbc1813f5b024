using OriginWatch.Text;
using OriginWatch.Trust;

namespace OriginWatch.Conformance;

/// <summary>What the verifier said of a case.</summary>
public enum LimboResult
{
    Success,
    Failure,
    Skipped,
}

/// <summary>Runs cases of x509-limbo through the verifier, strictly.</summary>
public static class LimboRunner
{
    /// <summary>Trusted, and yet no Mozilla-trusting browser would: these facts count as FAILURE here and are findings of their own in the
    /// product.</summary>
    public static readonly IReadOnlyList<ChainFaultKind> FactsThatFail = [ChainFaultKind.WeakSignature, ChainFaultKind.WeakKey];

    public static (LimboResult Result, string Reason) Run(LimboCase limbo, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(limbo);
        if (limbo.ValidationKind != "SERVER" || limbo.MaxChainDepth is not null || limbo.Crls is { Count: > 0 })
        {
            return (LimboResult.Skipped, "client certificate, CRL or depth limit");
        }

        try
        {
            return Verify(limbo, limbo.ValidationTime ?? now);
        }
        catch (OperatorException exception)
        {
            return (LimboResult.Failure, exception.Message);
        }
#pragma warning disable CA1031 // A case that crashes the verifier is a result too, and the other cases are still to be run.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            return (LimboResult.Failure, $"the verifier crashed: {exception}");
        }
    }

    private static (LimboResult Result, string Reason) Verify(LimboCase limbo, DateTimeOffset at)
    {
        var store = TrustStore.FromPem(string.Concat(limbo.TrustedCertificates), "trusted_certs");
        var verifier = new ChainVerifier(store, strict: true);
        var raw = PemCertificates
            .Read(string.Concat([limbo.PeerCertificate, .. limbo.Intermediates]))
            .Select(der => (ReadOnlyMemory<byte>)der)
            .ToList();
        var chain = verifier.Assess(verifier.Parse(raw), at);
        if (!chain.IsTrusted)
        {
            return (LimboResult.Failure, chain.Faults[0].Detail);
        }

        if (chain.Faults.FirstOrDefault(fault => FactsThatFail.Contains(fault.Kind)) is { } weak)
        {
            return (LimboResult.Failure, weak.Detail);
        }

        return limbo.ExpectedPeerName is { } name ? MatchName(chain.ServerCertificate!, name.Value) : (LimboResult.Success, "");
    }

    private static (LimboResult Result, string Reason) MatchName(ServedCertificate leaf, string name)
    {
        var match = HostName.Match(leaf, name);
        return match switch
        {
            { IsMatch: false } => (LimboResult.Failure, $"it is not for {name}"),
            { Remark: { } remark } => (LimboResult.Failure, remark),
            { ByCommonName: true } => (LimboResult.Failure, "only its common name matches"),
            _ => (LimboResult.Success, ""),
        };
    }
}
