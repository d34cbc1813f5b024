using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using OriginWatch.Probing;
using OriginWatch.Rules;
using OriginWatch.Tls;
using OriginWatch.Trust;

namespace OriginWatch.Reporting.Contract;

/// <summary>One connection, and the handshake on it.</summary>
internal sealed record AttemptJson
{
    [Description("Null when the lookup failed.")]
    public required string? Address { get; init; }

    public required IReadOnlyList<string> Offered { get; init; }

    [Description("The retry after a failure.")]
    public required bool Confirmation { get; init; }

    [Description("In CloudFront's words, such as TLSv1.2; null where none was negotiated.")]
    public required string? Protocol { get; init; }

    [Description("As on AWS's page of ciphers towards origins, which are OpenSSL's names; of TLS 1.3, IANA's.")]
    public required string? CipherSuite { get; init; }

    public required string? NamedGroup { get; init; }
    public required string? SignatureScheme { get; init; }

    [Description("In the order in which they were sent.")]
    public required IReadOnlyList<CertificateJson> Chain { get; init; }

    public required FailureJson? Failure { get; init; }

    public static AttemptJson Of(SeenAttempt attempt)
    {
        var seen = attempt.Result.Seen;
        return new()
        {
            Address = attempt.Attempt.Address?.ToString(),
            Offered = Bounded.Texts(attempt.Attempt.Offered.Select(protocol => protocol.CloudFrontName())),
            Confirmation = attempt.Attempt.IsConfirmation,
            Protocol = seen.Protocol?.CloudFrontName(),
            CipherSuite = seen.CipherSuite is { } suite ? TlsNames.CipherSuite(suite) : null,
            NamedGroup = seen.NamedGroup is { } group ? TlsNames.NamedGroup(group) : null,
            SignatureScheme = seen.SignatureScheme is { } scheme ? TlsNames.SignatureScheme(scheme) : null,
            Chain = [.. (attempt.Chain?.Served.Certificates ?? []).Select(CertificateJson.Of)],
            Failure = FailureJson.Of(attempt.Result as ProbeFailure),
        };
    }
}

/// <summary>One connection to an HTTP port.</summary>
internal sealed record HttpAttemptJson
{
    [Description("Null when the lookup failed.")]
    public required string? Address { get; init; }

    [Description("The retry after a failure.")]
    public required bool Confirmation { get; init; }

    public required FailureJson? Failure { get; init; }

    public static HttpAttemptJson Of(SeenAttempt attempt) =>
        new()
        {
            Address = attempt.Attempt.Address?.ToString(),
            Confirmation = attempt.Attempt.IsConfirmation,
            Failure = FailureJson.Of(attempt.Result as ProbeFailure),
        };
}

internal sealed record CertificateJson
{
    [Description("RFC 4514.")]
    public required string Subject { get; init; }

    public required string Issuer { get; init; }

    [DataType(DataType.DateTime)]
    public required string? NotBefore { get; init; }

    [DataType(DataType.DateTime)]
    public required string? NotAfter { get; init; }

    [RegularExpression("^[0-9a-f]{64}$")]
    public required string Sha256 { get; init; }

    public required string? ParseError { get; init; }

    public static CertificateJson Of(ServedCertificate certificate)
    {
        var parsed = certificate.ParseError is null;
        return new()
        {
            Subject = Bounded.Text(certificate.Subject),
            Issuer = Bounded.Text(certificate.Issuer),
            NotBefore = parsed ? WireNames.Of(certificate.NotBefore) : null,
            NotAfter = parsed ? WireNames.Of(certificate.NotAfter) : null,
            Sha256 = certificate.Sha256,
            ParseError = Bounded.Text(certificate.ParseError),
        };
    }
}

internal sealed record FailureJson
{
    public required ProbeStage Stage { get; init; }
    public required FailureReason Reason { get; init; }
    public required string Detail { get; init; }

    public static FailureJson? Of(ProbeFailure? failure) =>
        failure is null
            ? null
            : new()
            {
                Stage = failure.Stage,
                Reason = failure.Reason,
                Detail = Bounded.Text(failure.Detail),
            };
}
