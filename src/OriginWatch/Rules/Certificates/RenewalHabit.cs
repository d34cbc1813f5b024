using System.Text.RegularExpressions;
using OriginWatch.Trust;

namespace OriginWatch.Rules.Certificates;

/// <summary>Who renews a certificate by itself.</summary>
internal enum RenewalKind
{
    /// <summary>AWS Certificate Manager renews what it manages.</summary>
    Acm,

    /// <summary>A client on the server renews by RFC 8555.</summary>
    Acme,
}

/// <summary>When the renewal of a certificate is due, by the habits of its issuer.</summary>
/// <param name="Issuer">For people.</param>
/// <param name="Kind">Who renews.</param>
/// <param name="DueLeft">What is left when the renewal is due.</param>
/// <param name="OverdueLeft">What is left when it can no longer be called late by chance.</param>
internal sealed partial record RenewalHabit(string Issuer, RenewalKind Kind, TimeSpan DueLeft, TimeSpan OverdueLeft)
{
    /// <summary>ACM renews 45 days before the end since certificates last 198 days (2026-02-18), and 60 days before it while they lasted
    /// 395: ACM User Guide, "Managed certificate renewal".</summary>
    private static readonly (int LongerThan, int Due)[] AcmLifetimes = [(300, 60), (180, 45)];

    private static readonly TimeSpan AcmPatience = TimeSpan.FromDays(5);

    /// <summary>Longer ones of CAs that also sell by hand say nothing of a client.</summary>
    private static readonly TimeSpan LongestOfAcme = TimeSpan.FromDays(92);

    /// <summary>A run each night must meet the fault twice before the end, so short certificates are called overdue two days before
    /// it.</summary>
    private static readonly TimeSpan TwoNights = TimeSpan.FromDays(2);

    private static readonly TimeSpan LeastPatience = TimeSpan.FromDays(1);

    /// <summary>By the organization in the issuer's name; the chain is trusted, so the name is true.</summary>
    private static readonly Dictionary<string, string> AcmeIssuers = new(StringComparer.Ordinal)
    {
        ["Amazon"] = "Amazon",
        ["Let's Encrypt"] = "Let's Encrypt",
        ["Google Trust Services"] = "Google Trust Services",
        ["Google Trust Services LLC"] = "Google Trust Services",
        ["ZeroSSL"] = "ZeroSSL",
        ["ZeroSSL GmbH"] = "ZeroSSL",
        ["Sectigo Limited"] = "Sectigo",
        ["DigiCert Inc"] = "DigiCert",
        [@"DigiCert\, Inc."] = "DigiCert",
    };

    /// <summary>Null where nobody can tell when it should have been renewed.</summary>
    public static RenewalHabit? Of(ServedCertificate certificate)
    {
        if (!AcmeIssuers.TryGetValue(Organization().Match(certificate.Issuer).Groups["name"].Value, out var issuer))
        {
            return null;
        }

        if (certificate.Lifetime <= LongestOfAcme)
        {
            return Acme(issuer, certificate.Lifetime);
        }

        var (_, due) = Array.Find(AcmLifetimes, habit => certificate.Lifetime.TotalDays > habit.LongerThan);
        return issuer == "Amazon" && due > 0
            ? new(issuer, RenewalKind.Acm, TimeSpan.FromDays(due), TimeSpan.FromDays(due) - AcmPatience)
            : null;
    }

    private static RenewalHabit Acme(string issuer, TimeSpan lifetime)
    {
        var due = lifetime / 3;
        var patience = lifetime / 20 > LeastPatience ? lifetime / 20 : LeastPatience;
        var overdue = due - patience;
        return new(
            issuer,
            RenewalKind.Acme,
            due,
            overdue > TwoNights ? overdue
                : due < TwoNights ? due
                : TwoNights
        );
    }

    [GeneratedRegex(@"(^|,)O=(?<name>(\\.|[^,\\])*)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Organization();
}
