using OriginWatch.Text;
using OriginWatch.Trust.Paths;
using OriginWatch.Trust.X509;

namespace OriginWatch.Trust;

/// <summary>A good path exists and s2n does not take it: at one step it takes another certificate with the same name, or another root, and
/// never comes back.</summary>
internal sealed class TwinFault(SentList sent, JudgedPath best, JudgedPath walked)
{
    public ChainFault Describe()
    {
        var (wrong, right) = Parting();
        var what =
            wrong is null ? "CloudFront may find no issuer"
            : right is null ? $"CloudFront may take {sent.Name(wrong)}"
            : $"CloudFront may take {sent.Name(wrong)} instead of {sent.Name(right)}";
        var why = walked.Path.Anchor is null
            ? $"that path ends at {sent.Name(walked.Path.Top)}, "
                + $"whose issuer {Text.Describe.Name(walked.Path.Top.Issuer.Text)} is not trusted"
            : $"on that path {Refusal.Detail}";
        var remedy =
            wrong is not null && sent.Position(wrong) is not null
                ? $"Take {sent.Name(wrong)} out of the chain."
                : "Install the chain that the CA provides today, and nothing else.";
        return new(
            ChainFaultKind.WrongTwinFirst,
            $"{what}, the first that fits: {why}",
            remedy,
            wrong is null ? null : sent.Position(wrong)
        )
        {
            Who = Who,
        };
    }

    private ChainFault Refusal => walked.Faults.First(fault => fault.Kind.IsRejection());

    private RejectedBy Who =>
        walked.Path.Anchor is not null
        && walked.Faults.Where(fault => fault.Kind.IsRejection()).All(fault => fault.Who == RejectedBy.AmazonAlone)
            ? RejectedBy.AmazonAlone
            : RejectedBy.Libraries;

    /// <summary>Where the two paths part: what s2n takes there, and what it should have taken.</summary>
    private (ParsedCertificate? Wrong, ParsedCertificate? Right) Parting()
    {
        var (taken, good) = (walked.Path.Certificates, best.Path.Certificates);
        var step = 0;
        while (step < taken.Count && step < good.Count && taken[step].IsSame(good[step]))
        {
            step++;
        }

        return (step < taken.Count ? taken[step] : null, step < good.Count ? good[step] : null);
    }
}
