using OriginWatch.Trust.X509;

namespace OriginWatch.Trust.Paths;

/// <summary>The faults of one path as they are found.</summary>
/// <param name="sent">How a certificate is called in a sentence, and its place in the sent list.</param>
internal sealed class FaultList(SentList sent)
{
    private const string Reissue =
        "Install the chain that the CA provides for this certificate; if that is the one, have the certificate issued by another CA.";
    private readonly List<ChainFault> _faults = [];

    public IReadOnlyList<ChainFault> Faults => _faults;

    public void Add(
        ChainFaultKind kind,
        ParsedCertificate certificate,
        string what,
        string remedy,
        RejectedBy who = RejectedBy.Libraries
    ) => _faults.Add(new(kind, $"{sent.Name(certificate)}: {what}", remedy, sent.Position(certificate)) { Who = who });

    public void AddInvalid(ParsedCertificate certificate, string what, RejectedBy who = RejectedBy.Libraries) =>
        Add(ChainFaultKind.InvalidPath, certificate, what, Reissue, who);

    public void AddPedantic(ParsedCertificate certificate, string what) =>
        Add(ChainFaultKind.Pedantic, certificate, what, "Have it issued again by a CA that follows the profile.");
}
