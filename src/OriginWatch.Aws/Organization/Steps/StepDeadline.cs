using Amazon.Lambda.Core;

namespace OriginWatch.Aws.Organization.Steps;

/// <summary>Ends a step a little before Lambda does, so that it can still say so.</summary>
internal static class StepDeadline
{
    private static readonly TimeSpan LastWords = TimeSpan.FromSeconds(2);

    public static CancellationTokenSource Of(ILambdaContext context, TimeProvider time) => new(Left(context, LastWords), time);

    /// <summary>What is left before <paramref name="reserve"/>; never nothing.</summary>
    public static TimeSpan Left(ILambdaContext context, TimeSpan reserve) =>
        context.RemainingTime - reserve is var left && left > TimeSpan.FromMilliseconds(1) ? left : TimeSpan.FromMilliseconds(1);
}
