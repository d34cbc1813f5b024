using System.Globalization;
using System.Text;
using System.Text.Json;
using OriginWatch.Trust;

namespace OriginWatch.Reporting;

/// <summary>What <c>check-chain</c> says, for programs.</summary>
public static class ChainCheckJson
{
    public static string Write(ChainCheck check)
    {
        ArgumentNullException.ThrowIfNull(check);
        return ToText(json => Write(json, check));
    }

    internal static string ToText(Action<Utf8JsonWriter> write)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream, new JsonWriterOptions { Indented = true }))
        {
            json.WriteStartObject();
            write(json);
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(stream.ToArray()) + "\n";
    }

    internal static void WriteStore(Utf8JsonWriter json, TrustStore store, DateTimeOffset now)
    {
        json.WriteText("source", store.Source);
        json.WriteText("date", store.Date?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
        json.WriteCount("ageInDays", store.AgeInDays(now));
        json.WriteCount("count", store.Count);
    }

    private static void Write(Utf8JsonWriter json, ChainCheck check)
    {
        var chain = check.Chain;
        json.WriteText("verdict", ChainVerdict.Sentence(check));
        json.WriteString("judgedAt", WireNames.Of(check.At));
        json.WriteBoolean("trusted", chain.IsTrusted);
        json.WriteBoolean("wellServed", check.IsWellServed);
        json.WriteString("diagnosis", WireNames.Of(chain.Diagnosis));
        json.WriteText("root", chain.Path?.Root);
        json.WriteStartObject("roots");
        WriteStore(json, check.Store, check.At);
        json.WriteEndObject();
        json.WriteStartArray("names");
        foreach (var name in check.Names)
        {
            json.WriteStartObject();
            json.WriteText("name", name.Name);
            json.WriteBoolean("covered", name.IsCovered);
            json.WriteBoolean("byCommonName", name.Match.ByCommonName);
            json.WriteText("remark", name.Match.Remark);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        WriteFaults(json, check);
        WriteCertificates(json, "certificates", chain.Served, check.At);
        WriteRepair(json, check);
    }

    private static void WriteFaults(Utf8JsonWriter json, ChainCheck check)
    {
        json.WriteStartArray("faults");
        foreach (var fault in check.Chain.Faults)
        {
            json.WriteStartObject();
            json.WriteString("kind", WireNames.Of(fault.Kind));
            json.WriteText("detail", fault.Detail);
            json.WriteText("remedy", fault.Remedy);
            json.WriteCount("position", fault.Position);
            json.WriteEndObject();
        }

        foreach (var name in check.Names.Where(name => !name.IsCovered))
        {
            json.WriteStartObject();
            json.WriteString("kind", ChainVerdict.NameNotCovered);
            json.WriteText("detail", ChainVerdict.Detail(check, name));
            json.WriteText("remedy", ChainVerdict.NameRemedy);
            json.WriteCount("position", null);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteCertificates(Utf8JsonWriter json, string name, ServedChain chain, DateTimeOffset at)
    {
        json.WriteStartArray(name);
        foreach (var certificate in chain.Certificates)
        {
            json.WriteStartObject();
            json.WriteNumber("position", certificate.Position);
            json.WriteString("sha256", certificate.Sha256);
            json.WriteText("parseError", certificate.ParseError);
            if (certificate.ParseError is null)
            {
                json.WriteText("subject", certificate.Subject);
                json.WriteText("issuer", certificate.Issuer);
                json.WriteString("notBefore", WireNames.Of(certificate.NotBefore));
                json.WriteString("notAfter", WireNames.Of(certificate.NotAfter));
                json.WriteNumber("daysLeft", certificate.DaysLeft(at));
                json.WriteText("keyAlgorithm", certificate.KeyAlgorithm);
                json.WriteNumber("keyBits", certificate.KeyBits);
                json.WriteText("signatureAlgorithm", certificate.SignatureAlgorithm);
            }

            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteRepair(Utf8JsonWriter json, ChainCheck check)
    {
        if (check.Repair is not { } repair)
        {
            return;
        }

        json.WriteStartObject("repair");
        json.WriteTexts("steps", repair.Steps);
        json.WriteText("problem", repair.Problem);
        json.WriteString("bundle", repair.Pem);
        json.WriteEndObject();
    }
}
