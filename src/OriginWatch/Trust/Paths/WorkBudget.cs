using OriginWatch.Trust.X509;

namespace OriginWatch.Trust.Paths;

/// <summary>How much may be spent on one chain, so that a hostile list costs no more than a long honest one.</summary>
/// <param name="time">Null where only the work counts.</param>
/// <param name="spent">What other chains of the same target took.</param>
internal sealed class WorkBudget(TimeProvider? time = null, TimeSpan spent = default)
{
    /// <summary>For all chains of one look at a target. Ten times what the dearest list of certificates takes on an idle
    /// processor.</summary>
    public static readonly TimeSpan Most = TimeSpan.FromSeconds(10);
    private readonly long _start = time?.GetTimestamp() ?? 0;
    private const int MaxSteps = 2_000;
    private const int MaxComparisons = 4_000_000;
    private int _signatures;
    private int _steps;
    private int _comparisons;

    /// <summary>True once something was left out because the time was over: what was concluded then is not known.</summary>
    public bool IsTimedOut { get; private set; }

    public bool IsSpent => IsOver() || _steps >= MaxSteps || _signatures >= SignatureCost.MostOfChain;

    public bool TakeStep() => !IsOver() && ++_steps <= MaxSteps;

    /// <summary>One signature, at its price; one that is too dear alone is not tried and costs nothing.</summary>
    public bool TakeSignature(int cost)
    {
        if (IsOver() || cost > SignatureCost.MostOfOne || _signatures >= SignatureCost.MostOfChain)
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
        return !IsOver() && _comparisons <= MaxComparisons;
    }

    private bool IsOver() => IsTimedOut |= time is not null && spent + time.GetElapsedTime(_start) > Most;
}
