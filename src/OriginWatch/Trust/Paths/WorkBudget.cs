namespace OriginWatch.Trust.Paths;

/// <summary>How much may be spent on one chain, so that a hostile list costs no more than a long honest one.</summary>
internal sealed class WorkBudget
{
    private const int MaxSignatures = 192;
    private const int MaxSteps = 2_000;
    private const int MaxComparisons = 500_000;
    private int _signatures;
    private int _steps;
    private int _comparisons;

    public bool IsSpent => _steps >= MaxSteps || _signatures >= MaxSignatures;

    public bool TakeStep() => ++_steps <= MaxSteps;

    public bool TakeSignature() => ++_signatures <= MaxSignatures;

    /// <summary>Comparisons of names with constraints.</summary>
    public bool TakeComparisons(int count)
    {
        _comparisons += count;
        return _comparisons <= MaxComparisons;
    }
}
