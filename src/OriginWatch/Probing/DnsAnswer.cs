using System.Net;
using DnsClient;
using DnsClient.Protocol;

namespace OriginWatch.Probing;

/// <summary>
/// What of a response answers the question that was asked: anybody who guesses a port and an id can send a response, and a broken resolver
/// may mix them up
/// (RFC 5452, section 9.1; RFC 2181, section 5.4.1).
/// </summary>
internal static class DnsAnswer
{
    /// <summary>A longer chain of aliases is one that resolvers do not follow either.</summary>
    private const int MaxAliases = 16;

    /// <summary>It is a response, and repeats the question: name, type and class.</summary>
    public static bool BelongsTo(IDnsQueryResponse response, string name, QueryType type) =>
        response.Header.HasQuery
        && response.Questions is [var question]
        && Same(question.QueryName, name)
        && question.QuestionType == type
        && question.QuestionClass == QueryClass.IN;

    /// <summary>The addresses of the name itself, or of the name that its aliases lead to.</summary>
    public static IEnumerable<IPAddress> Addresses(IDnsQueryResponse response, string name, QueryType type)
    {
        var owner = LastAlias(response, name) ?? name;
        return Internet(response)
            .OfType<AddressRecord>()
            .Where(record =>
                Same(record.DomainName, owner)
                && record.RecordType == (type == QueryType.A ? ResourceRecordType.A : ResourceRecordType.AAAA)
            )
            .Select(record => record.Address);
    }

    /// <summary>Where the CNAME records of the name lead in the end; null where it has none.</summary>
    public static string? LastAlias(IDnsQueryResponse response, string name)
    {
        string? last = null;
        for (
            var aliases = 0;
            aliases < MaxAliases
                && Internet(response).OfType<CNameRecord>().FirstOrDefault(record => Same(record.DomainName, last ?? name)) is { } alias;
            aliases++
        )
        {
            last = alias.CanonicalName.Value;
        }

        return last;
    }

    private static IEnumerable<DnsResourceRecord> Internet(IDnsQueryResponse response) =>
        response.Answers.Where(record => record.RecordClass == QueryClass.IN);

    private static bool Same(DnsString left, string right) =>
        string.Equals(left.Value.TrimEnd('.'), right.TrimEnd('.'), StringComparison.OrdinalIgnoreCase);
}
