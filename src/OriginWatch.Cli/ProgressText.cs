using System.Globalization;
using OriginWatch.Audit;

namespace OriginWatch.Cli;

/// <summary>What is being done, in one line: "probing 120 of 5,084 targets, 23 failing, 1:20 left".</summary>
/// <param name="time">For what is left.</param>
/// <param name="opening">What is done before anything is probed.</param>
internal sealed class ProgressText(TimeProvider time, string opening) : IProgress<AuditProgress>
{
    public const string Listing = "listing distributions";
    public const string Starting = "probing";

    /// <summary>Before this much has passed an estimate would only jump.</summary>
    private static readonly TimeSpan Settling = TimeSpan.FromSeconds(3);

    private readonly Lock _lock = new();
    private AuditProgress? _last;
    private long _phaseStarted;
    private bool _stopping;

    /// <summary>Reports come from many threads at once: a count never goes back.</summary>
    public void Report(AuditProgress value)
    {
        lock (_lock)
        {
            if (_last is not { } last || last.Confirming != value.Confirming || last.AskingEdge != value.AskingEdge)
            {
                _phaseStarted = time.GetTimestamp();
            }
            else if (value.Done < last.Done)
            {
                return;
            }

            _last = value;
        }
    }

    public void Stop()
    {
        lock (_lock)
        {
            _stopping = true;
        }
    }

    /// <summary>At most <paramref name="width"/> columns: what says least goes first.</summary>
    public string Line(int width)
    {
        lock (_lock)
        {
            var parts = Parts().ToList();
            while (parts.Count > 1 && string.Join(", ", parts).Length > width)
            {
                parts.RemoveAt(parts.Count - 1);
            }

            var line = string.Join(", ", parts);
            return line.Length <= width ? line : line[..Math.Max(0, width)];
        }
    }

    private IEnumerable<string> Parts()
    {
        if (_last is not { } last)
        {
            yield return _stopping ? "stopping" : opening;
            yield break;
        }

        if (last.AskingEdge)
        {
            yield return $"{(_stopping ? "stopping; asked" : "asking")} CloudFront: "
                + $"{Number(last.Done)} of {Number(last.Planned)} {(last.Planned == 1 ? "request" : "requests")}";
            yield break;
        }

        if (last.Confirming)
        {
            yield return $"{(_stopping ? "stopping; retried" : "retrying")} "
                + $"{(_stopping ? $"{Number(last.Done)} of {Number(last.Planned)}" : Number(last.Planned))} "
                + $"{(last.Planned == 1 ? "target" : "targets")}";
            if (!_stopping && last.Done > 0)
            {
                yield return $"{Number(last.Done)} done";
            }

            yield break;
        }

        yield return $"{(_stopping ? "stopping; probed" : "probing")} {Number(last.Done)} of {Number(last.Planned)} "
            + $"{(last.Planned == 1 ? "target" : "targets")}";
        if (last.Failing > 0)
        {
            yield return $"{Number(last.Failing)} failing";
        }

        if (!_stopping && Left(last) is { } left)
        {
            yield return $"{left} left";
        }
    }

    private string? Left(AuditProgress last)
    {
        var elapsed = time.GetElapsedTime(_phaseStarted);
        if (last.Done == 0 || last.Done >= last.Planned || elapsed < Settling)
        {
            return null;
        }

        var left = TimeSpan.FromSeconds(Math.Ceiling(elapsed.TotalSeconds / last.Done * (last.Planned - last.Done)));
        return left.TotalHours >= 1
            ? string.Create(CultureInfo.InvariantCulture, $"{(int)left.TotalHours}:{left:mm\\:ss}")
            : string.Create(CultureInfo.InvariantCulture, $"{left:m\\:ss}");
    }

    private static string Number(int number) => number.ToString("N0", CultureInfo.InvariantCulture);
}
