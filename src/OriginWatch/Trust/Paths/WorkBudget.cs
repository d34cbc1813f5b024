using OriginWatch.Trust.X509;

namespace OriginWatch.Trust.Paths;

/// <summary>How much may be spent on one chain, so that a hostile list costs no more than a long honest one.</summary>
internal sealed class WorkBudget
{
    private const int MaxSteps = 2_000;
    private const int MaxComparisons = 4_000_000;
    private int _signatures;
    private int _steps;
    private int _comparisons;

    public bool IsSpent => _steps >= MaxSteps || _signatures >= SignatureCost.MostOfChain;

    public bool TakeStep() => ++_steps <= MaxSteps;

    /// <summary>One signature, at its price; one that is too dear alone is not tried and costs nothing.</summary>
    public bool TakeSignature(int cost)
    {
        if (cost > SignatureCost.MostOfOne || _signatures >= SignatureCost.MostOfChain)
        {
            return false;
        }

        _signatures += cost;
        return true;
    }

    /// <summary>Comparisons of names with constraints.</summary>
    public bool TakeComparisons(int count)
    {
        _comparisons = (int)Math.Min(int.MaxValue, (long)_comparisons + count);
        return _comparisons <= MaxComparisons;
    }
}
