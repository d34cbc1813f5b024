using System.Text.Json;
using OriginWatch.History;
using OriginWatch.Text;

namespace OriginWatch.Mail;

/// <summary>What is sent after a run that evaluated nothing: the mail, and the same for machines.</summary>
public static class FaultMail
{
    /// <summary>As an attribute, for filter policies: nobody knows how bad it is.</summary>
    private const string Severity = "unknown";

    /// <param name="sentence">Why, for the operator.</param>
    /// <param name="accountId">Whose origins.</param>
    /// <param name="environment">See <see cref="DigestSettings.Environment"/>.</param>
    /// <param name="id">The run's.</param>
    /// <param name="isOrganization">True where the run was to be over all accounts of an organization.</param>
    public static DigestMessage Of(string sentence, string accountId, string? environment, string id, bool isOrganization = false)
    {
        var scope = isOrganization ? DigestAttributes.OrganizationScope : DigestAttributes.AccountScope;
        var subject = DigestSubject.OfFault(accountId, environment);
        return new()
        {
            Id = id,
            Subject = subject,
            Text = Text(sentence),
            Json = JsonSerializer.Serialize(
                new FaultPayload
                {
                    Id = id,
                    AccountId = accountId,
                    Environment = environment,
                    Subject = subject,
                    Severity = Severity,
                    Scope = scope,
                    Fault = Escape.Json(sentence),
                },
                DigestJsonContext.Relaxed.FaultPayload
            ),
            Attributes = new Dictionary<string, string>(StringComparer.Ordinal)
            {
                ["severity"] = Severity,
                ["hasNew"] = "false",
                ["scope"] = scope,
                ["accountId"] = accountId,
            },
        };
    }

    private static string Text(string sentence) =>
        new MailText()
            .Paragraph("This run failed. No origin was evaluated.")
            .Blank()
            .Line(sentence)
            .Blank()
            .Paragraph("The next run starts on schedule. To run now, invoke the function.")
            .ToString();
}

/// <summary>The members that the other mails have too are named as there.</summary>
internal sealed record FaultPayload
{
    public int Schema { get; init; } = 1;
    public required string Id { get; init; }
    public required string AccountId { get; init; }
    public string? Environment { get; init; }
    public required string Subject { get; init; }
    public required string Severity { get; init; }
    public required string Scope { get; init; }
    public bool Complete { get; init; }
    public required string Fault { get; init; }
}
