using System.Net;
using System.Security.Cryptography;
using OriginWatch.Tls;

namespace OriginWatch.Probing.Recorded;

/// <summary>Between an attempt and its plain texts; bounds are those of the prober.</summary>
internal static class AttemptDocuments
{
    private const int LongestText = 4096;

    public static string KeyOf(ReadOnlyMemory<byte> certificate) => Convert.ToHexStringLower(SHA256.HashData(certificate.Span));

    public static IEnumerable<ReadOnlyMemory<byte>> Chains(ProbeRecord record) =>
        record.Looks.SelectMany(look => look.Attempts).SelectMany(attempt => attempt.Result.Seen.Chain);

    public static ProtocolSet Protocols(IEnumerable<string> names) =>
        new(names.Select(name => TlsProtocols.Parse(name) ?? throw new FormatException()));

    public static AttemptDocument Of(ProbeAttempt attempt)
    {
        var (result, seen) = (attempt.Result, attempt.Result.Seen);
        var failure = result as ProbeFailure;
        return new()
        {
            Address = attempt.Address?.ToString(),
            Offered = [.. attempt.Offered.Select(protocol => protocol.CloudFrontName())],
            ConnectTime = result.ConnectTime,
            HandshakeTime = result.HandshakeTime,
            Stage = failure?.Stage,
            Reason = failure?.Reason,
            Detail = failure?.Detail,
            Connected = result is Connected,
            Protocol = seen.Protocol?.CloudFrontName(),
            CipherSuite = seen.CipherSuite,
            NamedGroup = seen.NamedGroup,
            SignatureScheme = seen.SignatureScheme,
            Chain = NullIfEmpty(seen.Chain.Select(KeyOf)),
            OcspStapled = seen.OcspStapled,
            SecureRenegotiation = seen.SecureRenegotiation,
            ClientCertificateRequested = seen.ClientCertificateRequested,
            AcceptableClientAuthorities = NullIfEmpty(seen.AcceptableClientAuthorities),
            Alerts = NullIfEmpty(seen.Alerts),
            LongestHandshakeMessage = seen.LongestHandshakeMessage,
            SpokeInstead = seen.SpokeInstead,
        };
    }

    /// <exception cref="FormatException">No prober has seen this.</exception>
    public static ProbeAttempt Read(AttemptDocument document, IReadOnlyDictionary<string, byte[]> certificates)
    {
        var seen = Seen(document, certificates);
        ProbeResult result = document switch
        {
            { Reason: { } reason, Stage: { } stage, Detail: { } detail } => new ProbeFailure
            {
                Stage = Known(stage),
                Reason = Known(reason),
                Detail = Bounded(detail),
            },
            { Reason: null, Stage: null, Detail: null, Connected: true } => new Connected(),
            { Reason: null, Stage: null, Detail: null, Address: not null } => new Handshake(),
            _ => throw new FormatException(),
        };
        return new(
            document.Address is { } address ? IPAddress.Parse(address) : null,
            Protocols(document.Offered),
            IsConfirmation: false,
            result with
            {
                ConnectTime = document.ConnectTime,
                HandshakeTime = document.HandshakeTime,
                Seen = seen,
            }
        );
    }

    private static ServerFlight Seen(AttemptDocument document, IReadOnlyDictionary<string, byte[]> certificates) =>
        document.Chain?.Count > ProbeLimits.CertificatesPerChain
        || document.Alerts?.Count > ProbeLimits.AlertsKept
        || document.AcceptableClientAuthorities?.Count > ProbeLimits.AuthoritiesKept
            ? throw new FormatException()
            : new()
            {
                Protocol = document.Protocol is { } name ? TlsProtocols.Parse(name) ?? throw new FormatException() : null,
                CipherSuite = document.CipherSuite,
                NamedGroup = document.NamedGroup,
                SignatureScheme = document.SignatureScheme,
                Chain = [.. (document.Chain ?? []).Select(key => new ReadOnlyMemory<byte>(certificates[key]))],
                OcspStapled = document.OcspStapled,
                SecureRenegotiation = document.SecureRenegotiation,
                ClientCertificateRequested = document.ClientCertificateRequested,
                AcceptableClientAuthorities = [.. (document.AcceptableClientAuthorities ?? []).Select(Bounded)],
                Alerts = [.. (document.Alerts ?? []).Select(alert => alert with { Name = Bounded(alert.Name) })],
                LongestHandshakeMessage = document.LongestHandshakeMessage,
                SpokeInstead = document.SpokeInstead is { } spoke ? Bounded(spoke) : null,
            };

    private static T Known<T>(T value)
        where T : struct, Enum => Enum.IsDefined(value) ? value : throw new FormatException();

    private static string Bounded(string text) => text.Length <= LongestText ? text : throw new FormatException();

    private static List<T>? NullIfEmpty<T>(IEnumerable<T> items) => items.ToList() is { Count: > 0 } list ? list : null;
}
