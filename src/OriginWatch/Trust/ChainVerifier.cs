using OriginWatch.Trust.Lifecycles;
using OriginWatch.Trust.Paths;
using OriginWatch.Trust.X509;

namespace OriginWatch.Trust;

/// <summary>
/// Decides whether a client that trusts the store and gets no help would trust what a server sends: no download by AIA, no store of the
/// operating system.
/// It judges as s2n-tls with AWS-LC does: README.md beside this room. .NET's X509Chain is not used: user stores complete its paths, and
/// weak keys and hashes pass.
/// One instance serves a run; it is thread-safe and remembers which certificate signed which, and what it concluded of a target's chains.
/// </summary>
/// <param name="store">The roots.</param>
/// <param name="strict">True where faults of form that clients accept (<see cref="ChainFaultKind.Pedantic"/>) are rejections.</param>
public sealed class ChainVerifier(TrustStore store, bool strict = false)
{
    private readonly LinkCache _links = new();
    private readonly CertificateCache _certificates = new();
    private readonly AssessmentCache _assessments = new();

    public TrustStore Store => store;

    /// <summary>For the deadline (<see cref="WorkBudget.Most"/>).</summary>
    internal TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>The cross-signed certificates that advice may name.</summary>
    internal CrossSigns CrossSigns { get; init; } = CrossSigns.Shipped;

    /// <summary>Never throws: what is no certificate is carried with its <see cref="ServedCertificate.ParseError"/>. A certificate that was
    /// seen before in the run is not parsed again.</summary>
    public ServedChain Parse(IReadOnlyList<ReadOnlyMemory<byte>> raw)
    {
        ArgumentNullException.ThrowIfNull(raw);
        return new([.. raw.Select(_certificates.Read)]);
    }

    /// <summary>Judges a chain as of <paramref name="at"/>, to the second, both ends of each validity included.</summary>
    public ChainAssessment Assess(ServedChain served, DateTimeOffset at) => Assess(served, at, TimeSpan.Zero);

    /// <summary>
    /// Judges the chains of one target, one after the other: every address and every hello may be answered with another chain, and all of
    /// them have one deadline together.
    /// </summary>
    public Func<IReadOnlyList<ReadOnlyMemory<byte>>, ChainAssessment> OfOneTarget(DateTimeOffset at)
    {
        var spent = TimeSpan.Zero;
        return raw =>
        {
            var start = Time.GetTimestamp();
            var chain = _assessments.Get(raw, at, () => Assess(Parse(raw), at, spent));
            spent += Time.GetElapsedTime(start);
            return chain;
        };
    }

    private ChainAssessment Assess(ServedChain served, DateTimeOffset at, TimeSpan spent)
    {
        ArgumentNullException.ThrowIfNull(served);
        var sent = new SentList(served);
        var leaf = ServerCertificate.Find(served);
        if (leaf?.Parsed is not { } parsed)
        {
            return ChainDiagnosis.WithoutLeaf(served);
        }

        var budget = new WorkBudget(Time, spent);
        var judge = new PathValidator(strict, at, sent, _links, budget);
        var certificates = served.Certificates.Select(certificate => certificate.Parsed).OfType<ParsedCertificate>().ToList();
        var walked = judge.Judge(new AmazonWalk(store, certificates, judge.IsInTime).From(parsed));
        var search = new PathSearch(store, _links, judge, sent.Certificates, budget);
        search.Run(parsed, walked.Path.Anchor is null ? null : walked);
        var chain = new ChainDiagnosis(served, sent, leaf, strict).Conclude(search, walked, judge);
        if (budget.IsTimedOut)
        {
            return chain with { IsTrusted = false, IsUnfinished = true };
        }

        return chain.IsTrusted
            ? WithForecast(
                chain,
                new RootForecast(store, CrossSigns).Of(parsed, (walked.Path.Anchor ?? search.Best!.Path.Anchor)!, certificates, judge, at),
                at
            )
            : new CrossSignAdvice(store, CrossSigns).Add(chain, at);
    }

    private static ChainAssessment WithForecast(ChainAssessment chain, RootRetirement? retirement, DateTimeOffset at) =>
        retirement is null
            ? chain
            : chain with
            {
                Retirement = retirement,
                Faults = [.. chain.Faults.Append(retirement.ToFault(at)).OrderBy(fault => fault.Kind.Rank())],
            };
}
