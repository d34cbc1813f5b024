namespace OriginWatch.Edge;

/// <summary>A question's turn: the first, or the second after a failure.</summary>
internal sealed record EdgeTurn(int Index, EdgeQuestion Question, bool IsConfirmation, DateTimeOffset Due);

/// <summary>Whose turn it is, within the bounds on what is under way. Used by one caller at a time.</summary>
internal sealed class EdgeTurns
{
    private readonly List<EdgeTurn> _waiting;
    private readonly EdgeOutcome[] _outcomes;
    private readonly Dictionary<string, int> _underWay = new(StringComparer.Ordinal);
    private readonly TimeSpan _confirmationDelay;
    private readonly TimeProvider _time;
    private int _running;

    public EdgeTurns(IReadOnlyList<EdgeQuestion> questions, TimeSpan confirmationDelay, TimeProvider time)
    {
        (_confirmationDelay, _time) = (confirmationDelay, time);
        var now = time.GetUtcNow();
        _waiting = [.. questions.Select((question, index) => new EdgeTurn(index, question, IsConfirmation: false, now))];
        _outcomes = [.. questions.Select(question => new EdgeOutcome(question, First: null, Second: null))];
    }

    public bool IsOpen => _waiting.Count > 0;

    public int Answered => _outcomes.Count(outcome => outcome.First is not null);

    public IReadOnlyList<EdgeOutcome> Outcomes => _outcomes;

    /// <summary>Takes the next turn that is due and fits; null where none is.</summary>
    public EdgeTurn? Next()
    {
        var now = _time.GetUtcNow();
        var index = _waiting.FindIndex(turn => turn.Due <= now && Fits(turn));
        if (index < 0)
        {
            return null;
        }

        var next = _waiting[index];
        _waiting.RemoveAt(index);
        _underWay[Place(next)] = _underWay.GetValueOrDefault(Place(next)) + 1;
        _running++;
        return next;
    }

    /// <summary>How long until a turn is due; zero where one fell due since <see cref="Next"/> and fits; null where only the end of another
    /// turn helps.</summary>
    public TimeSpan? UntilDue()
    {
        var now = _time.GetUtcNow();
        return _waiting
            .Where(turn => turn.Due > now || Fits(turn))
            .Select(turn => (TimeSpan?)(turn.Due > now ? turn.Due - now : TimeSpan.Zero))
            .Min();
    }

    /// <summary>Confirmations wait before everything else.</summary>
    public void Done(EdgeTurn turn, EdgeAnswer? answer)
    {
        _running--;
        _underWay[Place(turn)]--;
        var outcome = _outcomes[turn.Index];
        _outcomes[turn.Index] = turn.IsConfirmation ? outcome with { Second = answer } : outcome with { First = answer };
        if (!turn.IsConfirmation && _outcomes[turn.Index].NeedsConfirmation)
        {
            _waiting.Insert(0, new(turn.Index, turn.Question, IsConfirmation: true, _time.GetUtcNow() + _confirmationDelay));
        }
    }

    private bool Fits(EdgeTurn turn) =>
        _running < EdgeLimits.InAll && _underWay.GetValueOrDefault(Place(turn)) < EdgeLimits.PerDistribution;

    private static string Place(EdgeTurn turn) => turn.Question.Origin.Distribution.Id;
}
