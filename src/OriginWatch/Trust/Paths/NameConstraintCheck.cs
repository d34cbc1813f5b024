using OriginWatch.Text;
using OriginWatch.Trust.X509;

namespace OriginWatch.Trust.Paths;

/// <summary>A name that a CA above may not certify.</summary>
internal sealed record NameViolation(string Text, RejectedBy Who = RejectedBy.Libraries);

/// <summary>
/// Are the names of a certificate within what a CA above it may certify (RFC 5280, section 4.2.1.10), as AWS-LC compares them (v3_ncons.c)?
/// A name whose form no constraint has is free.
/// </summary>
internal static class NameConstraintCheck
{
    private const int MostComparisons = 1 << 20;

    /// <summary>Null when they are; otherwise why not, as a clause that a CA's name completes.</summary>
    /// <param name="certificate">Whose names.</param>
    /// <param name="constraints">Of a CA above.</param>
    /// <param name="isLeaf">True for the server's own; OpenSSL asks the common name of no other.</param>
    /// <param name="budget">How much may be spent.</param>
    public static NameViolation? Violation(ParsedCertificate certificate, NameConstraints constraints, bool isLeaf, WorkBudget budget)
    {
        var alternatives = certificate.Extensions.SubjectAltNames?.All ?? [];
        var comparisons = (long)(alternatives.Count + certificate.Subject.Attributes.Count) * constraints.Count;
        if (comparisons > MostComparisons || !budget.TakeComparisons((int)comparisons))
        {
            return new("it has too many names to compare with the name constraints");
        }

        return SubjectViolation(certificate.Subject, constraints)
            ?? alternatives.Select(name => Violation(name, constraints)).FirstOrDefault(violation => violation is not null)
            ?? (
                CommonNameViolation(certificate, constraints) is not { } violation ? null
                : isLeaf ? violation
                : violation with { Who = RejectedBy.AmazonAlone }
            );
    }

    private static NameViolation? SubjectViolation(DistinguishedName subject, NameConstraints constraints)
    {
        if (subject.IsEmpty)
        {
            return null;
        }

        return Violation(new GeneralName(NameForm.Directory, default, subject), constraints)
            ?? subject
                .Emails.Select(email =>
                    email.Tag == NameAttribute.Ia5
                        ? Violation(new GeneralName(NameForm.Email, email.Raw), constraints)
                        : new("the e-mail address in its subject is not an IA5String and cannot be compared with the name constraints")
                )
                .FirstOrDefault(violation => violation is not null);
    }

    /// <summary>Where no DNS name stands beside it, a common name that looks like a host's must obey as one.</summary>
    private static NameViolation? CommonNameViolation(ParsedCertificate certificate, NameConstraints constraints)
    {
        if (certificate.Extensions.SubjectAltNames is { Dns.Count: > 0 })
        {
            return null;
        }

        foreach (var commonName in certificate.Subject.CommonNames)
        {
            var violation = (commonName.IsText ? HostLikeName.Read(commonName.Text) : HostLikeName.Kind.Unreadable) switch
            {
                HostLikeName.Kind.Host => Violation(
                    new GeneralName(NameForm.Dns, System.Text.Encoding.Latin1.GetBytes(commonName.Text.TrimEnd('\0'))),
                    constraints
                ),
                HostLikeName.Kind.Unreadable => new NameViolation(
                    $"its common name {Describe.Name(commonName.Text)} cannot be compared with the name constraints",
                    RejectedBy.AmazonAlone
                ),
                _ => null,
            };
            if (violation is not null)
            {
                return violation;
            }
        }

        return null;
    }

    private static NameViolation? Violation(GeneralName name, NameConstraints constraints)
    {
        bool? isPermitted = null;
        foreach (var subtree in constraints.Permitted.Where(subtree => subtree.Base.Form == name.Form))
        {
            if (subtree.IsLimited)
            {
                return Unreadable(name, "a constraint with a minimum or maximum");
            }

            if (isPermitted != true)
            {
                var match = SubtreeMatch.Compare(name, subtree, isExcluding: false);
                if (match.Problem is { } problem)
                {
                    return Unreadable(name, problem, match.Who);
                }

                isPermitted = match.IsWithin;
            }
        }

        return isPermitted == false ? new($"{Kind(name)} {Describe.Name($"{name}")} is not permitted") : Exclusion(name, constraints);
    }

    private static NameViolation? Exclusion(GeneralName name, NameConstraints constraints)
    {
        foreach (var subtree in constraints.Excluded.Where(subtree => subtree.Base.Form == name.Form))
        {
            var match = subtree.IsLimited
                ? SubtreeMatch.Unreadable("a constraint with a minimum or maximum")
                : SubtreeMatch.Compare(name, subtree, isExcluding: true);
            if (match.Problem is { } problem)
            {
                return Unreadable(name, problem, match.Who);
            }

            if (match.IsWithin)
            {
                return new($"{Kind(name)} {Describe.Name($"{name}")} is excluded");
            }
        }

        return null;
    }

    private static NameViolation Unreadable(GeneralName name, string problem, RejectedBy who = RejectedBy.Libraries) =>
        new($"{Kind(name)} {Describe.Name($"{name}")} cannot be compared with {problem} set", who);

    private static string Kind(GeneralName name) =>
        name.Form switch
        {
            NameForm.Dns => "DNS name",
            NameForm.IpAddress => "IP address",
            NameForm.Email => "e-mail address",
            NameForm.Uri => "URI",
            NameForm.Directory => "directory name",
            _ => $"a name of the form {name.Form}",
        };
}
