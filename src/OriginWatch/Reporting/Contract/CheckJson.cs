using System.Globalization;
using System.Text.Json.Serialization;
using OriginWatch.Trust;
using OriginWatch.Trust.Repair;

namespace OriginWatch.Reporting.Contract;

/// <summary>What <c>check-chain</c> says.</summary>
internal sealed record CheckJson
{
    public required string Verdict { get; init; }
    public required string JudgedAt { get; init; }
    public required bool Trusted { get; init; }
    public required bool WellServed { get; init; }
    public required ChainFaultKind Diagnosis { get; init; }
    public required string? Root { get; init; }
    public required StoreJson Roots { get; init; }
    public required IReadOnlyList<CheckedNameJson> Names { get; init; }
    public required IReadOnlyList<FaultJson> Faults { get; init; }
    public required IReadOnlyList<CheckedCertificateJson> Certificates { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public RepairJson? Repair { get; init; }

    public static CheckJson Of(ChainCheck check) =>
        new()
        {
            Verdict = Bounded.Text(ChainVerdict.Sentence(check)),
            JudgedAt = WireNames.Of(check.At),
            Trusted = check.Chain.IsTrusted,
            WellServed = check.IsWellServed,
            Diagnosis = check.Chain.Diagnosis,
            Root = Bounded.Text(check.Chain.Path?.Root),
            Roots = StoreJson.Of(check.Store, check.At),
            Names = [.. check.Names.Select(CheckedNameJson.Of)],
            Faults =
            [
                .. check.Chain.Faults.Select(FaultJson.Of),
                .. check.Names.Where(name => !name.IsCovered).Select(name => FaultJson.Of(check, name)),
            ],
            Certificates = [.. check.Chain.Served.Certificates.Select(certificate => CheckedCertificateJson.Of(certificate, check.At))],
            Repair = RepairJson.Of(check.Repair),
        };
}

/// <summary>Whose roots were trusted.</summary>
internal sealed record StoreJson
{
    public required string Source { get; init; }
    public required string? Date { get; init; }
    public required int? AgeInDays { get; init; }
    public required int Count { get; init; }

    public static StoreJson Of(TrustStore store, DateTimeOffset now) =>
        new()
        {
            Source = Bounded.Text(store.Source),
            Date = store.Date?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
            AgeInDays = store.AgeInDays(now),
            Count = store.Count,
        };
}

internal sealed record CheckedNameJson
{
    public required string Name { get; init; }
    public required bool Covered { get; init; }
    public required bool ByCommonName { get; init; }
    public required string? Remark { get; init; }

    public static CheckedNameJson Of(CheckedName name) =>
        new()
        {
            Name = Bounded.Text(name.Name),
            Covered = name.IsCovered,
            ByCommonName = name.Match.ByCommonName,
            Remark = Bounded.Text(name.Match.Remark),
        };
}

internal sealed record FaultJson
{
    public required string Kind { get; init; }
    public required string Detail { get; init; }
    public required string? Remedy { get; init; }
    public required int? Position { get; init; }

    public static FaultJson Of(ChainFault fault) =>
        new()
        {
            Kind = WireNames.Of(fault.Kind),
            Detail = Bounded.Text(fault.Detail),
            Remedy = Bounded.Text(fault.Remedy),
            Position = fault.Position,
        };

    public static FaultJson Of(ChainCheck check, CheckedName uncovered) =>
        new()
        {
            Kind = ChainVerdict.NameNotCovered,
            Detail = Bounded.Text(ChainVerdict.Detail(check, uncovered)),
            Remedy = ChainVerdict.NameRemedy,
            Position = null,
        };
}

/// <summary>Without what could not be read.</summary>
internal sealed record CheckedCertificateJson
{
    public required int Position { get; init; }
    public required string Sha256 { get; init; }
    public required string? ParseError { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Subject { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Issuer { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? NotBefore { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? NotAfter { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? DaysLeft { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? KeyAlgorithm { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? KeyBits { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? SignatureAlgorithm { get; init; }

    public static CheckedCertificateJson Of(ServedCertificate certificate, DateTimeOffset at)
    {
        var unread = new CheckedCertificateJson
        {
            Position = certificate.Position,
            Sha256 = certificate.Sha256,
            ParseError = Bounded.Text(certificate.ParseError),
        };
        return certificate.ParseError is not null
            ? unread
            : unread with
            {
                Subject = Bounded.Text(certificate.Subject),
                Issuer = Bounded.Text(certificate.Issuer),
                NotBefore = WireNames.Of(certificate.NotBefore),
                NotAfter = WireNames.Of(certificate.NotAfter),
                DaysLeft = certificate.DaysLeft(at),
                KeyAlgorithm = Bounded.Text(certificate.KeyAlgorithm),
                KeyBits = certificate.KeyBits,
                SignatureAlgorithm = Bounded.Text(certificate.SignatureAlgorithm),
            };
    }
}

internal sealed record RepairJson
{
    public required IReadOnlyList<string> Steps { get; init; }
    public required string? Problem { get; init; }
    public required string Bundle { get; init; }

    public static RepairJson? Of(RepairedChain? repair) =>
        repair is null
            ? null
            : new()
            {
                Steps = Bounded.Texts(repair.Steps),
                Problem = Bounded.Text(repair.Problem),
                Bundle = repair.Pem,
            };
}
